// What a server's refusal means to the caller: kind, the server's own words, and what to do next
// (docs/errors.md). Any thread.
#pragma once

#include <string>
#include <string_view>

#include "dockerhub/kernel.hpp"
#include "http/message.hpp"

namespace dockerhub {

// The bytes of an answer's body that are read for its words.
inline constexpr std::size_t kMaxErrorBody = 64 * 1024;

// method: of the request; hint: in place of the general one, or empty.
Error api_error(std::string_view method, const http::Response& response, std::string_view body,
                std::string_view hint = {});

}  // namespace dockerhub
