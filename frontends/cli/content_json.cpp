#include "content_json.hpp"

#include <nettle/base64.h>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <array>
#include <cstdint>
#include <string_view>

namespace dockerhub::cli {

namespace {

using Writer = rapidjson::Writer<rapidjson::StringBuffer>;

constexpr std::array<std::string_view, 5> kKindNames{"text", "image", "audio", "resource", "link"};

std::string base64(const std::string& bytes) {
  std::string text(BASE64_ENCODE_RAW_LENGTH(bytes.size()), '\0');
  base64_encode_raw(text.data(), bytes.size(), reinterpret_cast<const std::uint8_t*>(bytes.data()));
  return text;
}

void put_filled(Writer& writer, const char* key, std::string_view text) {
  if (text.empty()) return;
  writer.Key(key);
  writer.String(text.data(), static_cast<rapidjson::SizeType>(text.size()));
}

void put_filled(Writer& writer, const Content& part) {
  writer.StartObject();
  put_filled(writer, "type", kKindNames.at(static_cast<std::size_t>(part.kind)));
  put_filled(writer, "text", part.text);
  put_filled(writer, "data", base64(part.data));
  put_filled(writer, "media_type", part.media_type);
  put_filled(writer, "uri", part.uri);
  put_filled(writer, "name", part.name);
  if (!part.annotations.empty()) {
    writer.Key("annotations");
    writer.RawValue(part.annotations.data(), part.annotations.size(), rapidjson::kObjectType);
  }
  writer.EndObject();
}

}  // namespace

std::string with_content(std::string envelope, const std::vector<Content>& contents) {
  if (contents.empty() || envelope.empty() || envelope.back() != '}') return envelope;
  rapidjson::StringBuffer buffer;
  Writer writer(buffer);
  writer.StartArray();
  for (const Content& part : contents) put_filled(writer, part);
  writer.EndArray();
  envelope.pop_back();
  return envelope.append(",\"content\":").append(buffer.GetString(), buffer.GetSize()).append("}");
}

}  // namespace dockerhub::cli
