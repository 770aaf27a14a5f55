// What the requests for tokens have in common. Free functions; any thread.
#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "dockerhub/kernel.hpp"
#include "http/message.hpp"

namespace dockerhub {

// Of a log-in, its repeats included.
inline constexpr std::chrono::milliseconds kLoginTime{30'000};
// Bytes of an answer with a token.
inline constexpr std::size_t kLoginAnswerLimit = 256 * 1024;

// Never redirected: an answer from elsewhere is nobody's token. Repeats do no harm, since a token more or less
// changes nothing.
http::Request login_request(std::string method, http::Url url);

// Adds "&NAME=VALUE" to a form, the value encoded, in a way that no copy of it stays anywhere but in the form.
void append_secret(std::string& form, std::string_view name, const Secret& value);

// For an answer that is no success: `refused` and its hint where the service refuses the log-in (401, 403; the
// error is ErrorKind::auth), else ErrorKind::api. The server's own words are in neither, as they may
// repeat what was sent.
Error login_error(const http::Request& request, const http::Answer& answer, std::string refused,
                  std::string hint);

}  // namespace dockerhub
