// A request of a program itself, to an address that its user named: outside of all modules and without a
// credential of the configuration, but over the kernel's client with its limits, proxies and trust. Plain
// values; Kernel::exchange sends them.
#pragma once

#include <chrono>
#include <functional>
#include <stop_token>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "dockerhub/error.hpp"

namespace dockerhub {

using WebHeaders = std::vector<std::pair<std::string, std::string>>;

// The head of an answer.
struct WebAnswer {
  int status_code = 0;
  WebHeaders headers;

  // The first header of that name (any case); empty where there is none.
  DOCKERHUB_API std::string_view header(std::string_view name) const;
};

struct WebRequest {
  std::string method = "GET";
  std::string url;  // https, or http on this machine: nobody on the way can read or change anything
  WebHeaders headers;  // neither Host nor Authorization nor those of the framing
  std::string body;
  std::string bearer;  // goes into Authorization, and is masked wherever it would show; empty: none
  std::chrono::milliseconds timeout{0};  // of the whole exchange; zero: the configured one
  std::stop_token stop;
  // Gets the body as it comes, on the caller's thread; false: it is enough, the rest is not read.
  std::function<bool(const WebAnswer& head, std::string_view bytes)> take;
};

}  // namespace dockerhub
