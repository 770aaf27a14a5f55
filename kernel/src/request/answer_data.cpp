#include "request/answer_data.hpp"

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

bool says_json(const http::Response& response) {
  return response.headers.find("Content-Type").value_or("").find("json") != std::string_view::npos;
}

}  // namespace

std::string answer_data(const http::Answer& answer, std::string_view expectation) {
  const std::string& body = answer.body;
  if (body.empty()) return "null";
  if (expectation == "bytes") return encoded(body);
  // Also what claims to be JSON and is not: shown as the text that it is.
  if (expectation != "text" && says_json(answer.response) && json::is_valid(body)) return body;
  return valid_utf8(body) == body ? json::quote(body) : encoded(body);
}

}  // namespace dockerhub
