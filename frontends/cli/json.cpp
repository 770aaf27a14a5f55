#include "json.hpp"

#include <rapidjson/memorystream.h>
#include <rapidjson/prettywriter.h>
#include <rapidjson/reader.h>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include "dockerhub/bounded_json.hpp"

namespace dockerhub::cli::json {

namespace {

// The reader hands numbers over as they are written; RapidJSON's own writer would make texts of them.
class IndentedWriter : public rapidjson::PrettyWriter<rapidjson::StringBuffer> {
 public:
  using PrettyWriter::PrettyWriter;

  bool RawNumber(const char* text, rapidjson::SizeType size, bool) {
    return RawValue(text, size, rapidjson::kNumberType);
  }
};

std::string text_in(const rapidjson::StringBuffer& buffer) {
  return {buffer.GetString(), buffer.GetSize()};
}

}  // namespace

std::optional<Document> parse(std::string_view text) {
  Document document;
  if (bounded_json::parse(text, document)) return std::nullopt;
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
  IndentedWriter writer(buffer);
  writer.SetIndent(' ', 2);
  rapidjson::MemoryStream stream(text.data(), text.size());
  rapidjson::Reader reader;
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
