// What HTTP/1.1 fixes (RFC 9110 section 15, RFC 9112), as far as several files here need it.
#pragma once

#include <string_view>

namespace dockerhub::http {

inline constexpr std::string_view kLineEnd = "\r\n";
inline constexpr int kHexadecimal = 16;  // the base of chunk sizes and of percent signs
inline constexpr int kFirstFinal = 200;  // status codes below are of interim answers
inline constexpr int kProxyLogin = 407;  // Proxy Authentication Required
inline constexpr int kMostInterim = 5;   // that are read before one answer

// Not std::isdigit: that asks the locale.
constexpr bool is_digit(char letter) {
  return letter >= '0' && letter <= '9';
}

}  // namespace dockerhub::http
