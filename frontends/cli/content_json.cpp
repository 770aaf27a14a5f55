#include "content_json.hpp"

#include <openssl/evp.h>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <array>
#include <string_view>

namespace dockerhub::cli {

namespace {

using Writer = rapidjson::Writer<rapidjson::StringBuffer>;

constexpr std::array<std::string_view, 5> kKinds{"text", "image", "audio", "resource", "link"};

std::string base64(const std::string& bytes) {
  // EVP_EncodeBlock adds a terminator.
  std::string text((bytes.size() + 2) / 3 * 4 + 1, '\0');
  const int size = EVP_EncodeBlock(reinterpret_cast<unsigned char*>(text.data()),
                                   reinterpret_cast<const unsigned char*>(bytes.data()),
                                   static_cast<int>(bytes.size()));
  text.resize(static_cast<std::size_t>(size));
  return text;
}

void put(Writer& writer, const char* key, std::string_view text) {
  if (text.empty()) return;
  writer.Key(key);
  writer.String(text.data(), static_cast<rapidjson::SizeType>(text.size()));
}

void put(Writer& writer, const Content& part) {
  writer.StartObject();
  put(writer, "type", kKinds.at(static_cast<std::size_t>(part.kind)));
  put(writer, "text", part.text);
  put(writer, "data", base64(part.data));
  put(writer, "media_type", part.media_type);
  put(writer, "uri", part.uri);
  put(writer, "name", part.name);
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
  for (const Content& part : contents) put(writer, part);
  writer.EndArray();
  envelope.pop_back();
  return envelope.append(",\"content\":").append(buffer.GetString(), buffer.GetSize()).append("}");
}

}  // namespace dockerhub::cli
