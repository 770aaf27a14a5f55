#include "json.hpp"

#include <rapidjson/memorystream.h>
#include <rapidjson/prettywriter.h>
#include <rapidjson/reader.h>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

namespace dockerhub::cli::json {

namespace {

constexpr std::size_t kMaxDepth = 128;

constexpr unsigned kParseFlags = rapidjson::kParseValidateEncodingFlag |
                                 rapidjson::kParseFullPrecisionFlag |
                                 rapidjson::kParseIterativeFlag;

// Writing a value is recursive, so the depth of what is taken in has to have an end.
std::size_t depth(std::string_view text) {
  std::size_t now = 0, deepest = 0;
  bool in_text = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (in_text) {
      if (c == '\\') ++i;
      if (c == '"') in_text = false;
    } else if (c == '"') {
      in_text = true;
    } else if (c == '{' || c == '[') {
      deepest = std::max(deepest, ++now);
    } else if ((c == '}' || c == ']') && now > 0) {
      --now;
    }
  }
  return deepest;
}

std::string text_in(const rapidjson::StringBuffer& buffer) {
  return {buffer.GetString(), buffer.GetSize()};
}

}  // namespace

std::optional<Document> parse(std::string_view text) {
  if (depth(text) > kMaxDepth) return std::nullopt;
  Document document;
  document.Parse<kParseFlags>(text.data(), text.size());
  if (document.HasParseError()) return std::nullopt;
  return document;
}

std::string write(const Value& value) {
  rapidjson::StringBuffer buffer;
  rapidjson::Writer<rapidjson::StringBuffer> writer(buffer);
  value.Accept(writer);
  return text_in(buffer);
}

std::string indented(std::string_view text) {
  rapidjson::StringBuffer buffer;
  rapidjson::PrettyWriter<rapidjson::StringBuffer> writer(buffer);
  writer.SetIndent(' ', 2);
  rapidjson::MemoryStream stream(text.data(), text.size());
  rapidjson::Reader reader;
  // Numbers go through as they are written, however many digits they have.
  const auto result =
      reader.Parse<rapidjson::kParseNumbersAsStringsFlag | rapidjson::kParseIterativeFlag>(stream,
                                                                                           writer);
  return result.IsError() ? std::string(text) : text_in(buffer);
}

std::string quote(std::string_view text) {
  rapidjson::StringBuffer buffer;
  rapidjson::Writer<rapidjson::StringBuffer> writer(buffer);
  writer.String(text.empty() ? "" : text.data(), static_cast<rapidjson::SizeType>(text.size()));
  return text_in(buffer);
}

const Value* find(const Value& object, std::string_view name) {
  if (!object.IsObject()) return nullptr;
  for (const auto& member : object.GetObject()) {
    if (view(member.name) == name) return &member.value;
  }
  return nullptr;
}

std::string_view text_of(const Value& object, std::string_view name, std::string_view fallback) {
  const Value* value = find(object, name);
  return value != nullptr && value->IsString() ? view(*value) : fallback;
}

}  // namespace dockerhub::cli::json
