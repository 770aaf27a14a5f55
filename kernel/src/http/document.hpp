// A text that everybody may read: by GET, without a credential. Free functions; any thread.
#pragma once

#include <chrono>
#include <cstddef>
#include <stop_token>
#include <string>
#include <string_view>

#include "http/client.hpp"

namespace dockerhub::http {

struct DocumentLimits {
  std::size_t bytes;
  std::chrono::milliseconds time;  // repeats included
};

// An address where nobody on the way can change what is read: https, or of this machine.
Result<Url> safe_address(std::string_view url);

// Errors: those of the client; parameter for an address that is not safe, api for a status other than 200.
// Redirects are not followed: an answer from elsewhere is not what was asked for.
Result<std::string> fetch_document(Client& client, std::string_view url,
                                   const DocumentLimits& limits, const std::stop_token& stop);

}  // namespace dockerhub::http
