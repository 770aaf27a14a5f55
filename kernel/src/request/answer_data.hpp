// The body of an answer as the data of an envelope. Any thread.
#pragma once

#include <string>
#include <string_view>

#include "http/message.hpp"

namespace dockerhub {

// JSON: the body itself where it is JSON and its type says so, null for an empty one, a string for text, and
// {"encoding": "base64", "data", "size"} for what is no text. expectation: "json", "text" or "bytes".
// An error (ErrorKind::api) where JSON is expected and the body only says to be JSON, or is a page for a
// browser: a proxy or a log-in page answered, or the answer is damaged. Whether the request was carried
// out cannot be told from such an answer.
Result<std::string> answer_data(const http::Answer& answer, std::string_view expectation);

// Whether the data is the body, as it is, because that says to be JSON.
bool is_body(const http::Answer& answer, std::string_view expectation);

// What there is to say of a body that is not the JSON that it says to be.
Error no_json(int status_code);

// What a server says of a file that it gives: a JSON object with Content-Type and Content-Disposition (which
// has the file's name), as far as they are there.
std::string file_headers(const http::Response& response);

}  // namespace dockerhub
