// The body of an answer as the data of an envelope. Any thread.
#pragma once

#include <string>
#include <string_view>

#include "http/message.hpp"

namespace dockerhub {

// JSON: the body itself where its type is JSON, null for an empty one, a string for text, and
// {"encoding": "base64", "data", "size"} for what is no text. expectation: "json", "text" or "bytes".
std::string answer_data(const http::Answer& answer, std::string_view expectation);

}  // namespace dockerhub
