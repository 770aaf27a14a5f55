#include "base/json.hpp"

namespace dockerhub::json {

Result<Document> parse(std::string_view text) {
  Document document;
  if (const auto fault = bounded_json::parse(text, document)) {
    Error error;
    error.kind = ErrorKind::parameter;
    error.message = "not valid JSON: " + fault->text();
    error.hint = "Give one complete JSON value in UTF-8.";
    return Failure(std::move(error));
  }
  return document;
}

bool is_valid(std::string_view text) {
  rapidjson::BaseReaderHandler<> sink;
  return !bounded_json::read(text, sink);
}

std::string write(const Value& value) {
  Buffer buffer;
  Writer writer(buffer);
  value.Accept(writer);
  return {buffer.GetString(), buffer.GetSize()};
}

std::string quote(std::string_view text) {
  Buffer buffer;
  Writer writer(buffer);
  put(writer, text);
  return {buffer.GetString(), buffer.GetSize()};
}

const Value* find(const Value& object, std::string_view name) {
  if (!object.IsObject()) return nullptr;
  const auto member = object.FindMember(Value(ref(name)));
  return member == object.MemberEnd() ? nullptr : &member->value;
}

std::string_view text_of(const Value& object, std::string_view name, std::string_view fallback) {
  const Value* value = find(object, name);
  return value != nullptr && value->IsString() ? view(*value) : fallback;
}

bool flag_of(const Value& object, std::string_view name, bool fallback) {
  const Value* value = find(object, name);
  return value != nullptr && value->IsBool() ? value->GetBool() : fallback;
}

}  // namespace dockerhub::json
