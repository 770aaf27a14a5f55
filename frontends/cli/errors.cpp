#include "errors.hpp"

#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

namespace dockerhub::cli {

namespace {

using Writer = rapidjson::Writer<rapidjson::StringBuffer>;

constexpr double kMillisecondsPerSecond = 1000.0;

void put_member(Writer& writer, const char* key, std::string_view text) {
  writer.Key(key);
  writer.String(text.empty() ? "" : text.data(), static_cast<rapidjson::SizeType>(text.size()));
}

std::string retry_text(const Error& error) {
  if (!error.retry_after) return {};
  const auto seconds = std::chrono::ceil<std::chrono::seconds>(*error.retry_after).count();
  return "Try again in " + std::to_string(seconds) + " s.";
}

std::string next_step(const Error& error) {
  const std::string retry = retry_text(error);
  if (error.hint.empty() || retry.empty()) return error.hint + retry;
  return error.hint + " " + retry;
}

}  // namespace

std::string error_json(const Error& error) {
  rapidjson::StringBuffer buffer;
  Writer writer(buffer);
  writer.StartObject();
  writer.Key("error");
  writer.StartObject();
  put_member(writer, "type", type_name(error.kind));
  put_member(writer, "message", error.message);
  put_member(writer, "hint", error.hint);
  if (!error.parameter.empty()) put_member(writer, "parameter", error.parameter);
  if (error.status_code != 0) {
    writer.Key("status_code");
    writer.Int(error.status_code);
  }
  if (error.retry_after) {
    writer.Key("retry_after");
    writer.Double(static_cast<double>(error.retry_after->count()) / kMillisecondsPerSecond);
  }
  if (!error.request.empty()) put_member(writer, "request", error.request);
  writer.EndObject();
  writer.EndObject();
  return {buffer.GetString(), buffer.GetSize()};
}

void print_error(Messages& messages, const Error& error) {
  messages.error(visible(error.message));
  if (!error.request.empty()) messages.line("Request: " + visible(error.request));
  const std::string next = next_step(error);
  if (!next.empty()) messages.line(visible(next));
}

}  // namespace dockerhub::cli
