#include "request/answer_data.hpp"

#include <utility>

#include "base/base64.hpp"
#include "base/json.hpp"
#include "base/utf8.hpp"

namespace dockerhub {
namespace {

std::string encoded(const std::string& bytes) {
  json::Buffer buffer;
  json::Writer writer(buffer);
  writer.StartObject();
  writer.Key("encoding");
  writer.String("base64");
  writer.Key("data");
  json::put(writer, to_base64(bytes));
  writer.Key("size");
  writer.Uint64(bytes.size());
  writer.EndObject();
  return {buffer.GetString(), buffer.GetSize()};
}

bool says(const http::Response& response, std::string_view type) {
  return response.headers.find("Content-Type").value_or("").find(type) != std::string_view::npos;
}

}  // namespace

Error no_json(int status_code) {
  Error error;
  error.kind = ErrorKind::api;
  error.status_code = status_code;
  error.message = "the server answered HTTP " + std::to_string(status_code) +
                  " with something that is not the JSON it should be";
  error.hint =
      "Check that the configured address is the API and no proxy answers in its place. If the "
      "call changes something, look whether it was done before you repeat it.";
  return error;
}

bool is_body(const http::Answer& answer, std::string_view expectation) {
  if (answer.body.empty() || expectation == "bytes" || expectation == "text") return false;
  return says(answer.response, "json") || says(answer.response, "html");
}

Result<std::string> answer_data(const http::Answer& answer, std::string_view expectation) {
  const std::string& body = answer.body;
  if (body.empty()) return "null";
  if (expectation == "bytes") return encoded(body);
  if (is_body(answer, expectation)) {
    if (json::is_valid(body)) return body;
    return Failure(no_json(answer.response.status_code));
  }
  return valid_utf8(body) == body ? json::quote(body) : encoded(body);
}

std::string file_headers(const http::Response& response) {
  json::Buffer buffer;
  json::Writer writer(buffer);
  writer.StartObject();
  for (const char* name : {"Content-Type", "Content-Disposition"}) {
    const auto value = response.headers.find(name);
    if (!value) continue;
    writer.Key(name);
    json::put(writer, valid_utf8(*value));
  }
  writer.EndObject();
  return {buffer.GetString(), buffer.GetSize()};
}

}  // namespace dockerhub
