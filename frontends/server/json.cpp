#include "json.hpp"

#include <algorithm>
#include <cstring>

namespace dockerhub::server::json {

tl::expected<Document, Fault> parse(std::string_view text) {
  Document document;
  if (auto fault = bounded_json::parse(text, document)) return tl::unexpected(*fault);
  return document;
}

Document copy(const Value& value) {
  Document document;
  document.CopyFrom(value, document.GetAllocator());
  return document;
}

std::string write(const Value& value) {
  Buffer buffer;
  Writer writer(buffer);
  value.Accept(writer);
  return {buffer.GetString(), buffer.GetSize()};
}

void wipe(std::string& text) {
  explicit_bzero(text.data(), text.size());
  text.clear();
}

void wipe(Value& value) {
  if (value.IsString()) {
    // A parsed text belongs to its document.
    explicit_bzero(const_cast<char*>(value.GetString()), value.GetStringLength());
  } else if (value.IsArray()) {
    for (Value& each : value.GetArray()) wipe(each);
  } else if (value.IsObject()) {
    std::for_each(value.MemberBegin(), value.MemberEnd(),
                  [](Value::Member& member) { wipe(member.value); });
  }
}

std::string quote(std::string_view text) {
  Buffer buffer;
  Writer writer(buffer);
  put(writer, text);
  return {buffer.GetString(), buffer.GetSize()};
}

const Value* find(const Value* object, std::string_view name) {
  if (object == nullptr || !object->IsObject()) return nullptr;
  const Value key(name.data(), static_cast<rapidjson::SizeType>(name.size()));
  const auto member = object->FindMember(key);
  return member == object->MemberEnd() ? nullptr : &member->value;
}

const Value* find_present(const Value* object, std::string_view name) {
  const Value* value = find(object, name);
  return value == nullptr || value->IsNull() ? nullptr : value;
}

std::string_view text_of(const Value* object, std::string_view name) {
  const Value* value = find(object, name);
  return value != nullptr && value->IsString() ? view(*value) : std::string_view();
}

}  // namespace dockerhub::server::json
