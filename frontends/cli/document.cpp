#include "document.hpp"

#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>
#include <yaml-cpp/yaml.h>

#include <stdexcept>

#include "json.hpp"
#include "option_parser.hpp"
#include "values.hpp"

namespace dockerhub::cli {

namespace {

using Writer = rapidjson::Writer<rapidjson::StringBuffer>;

void put_text(Writer& writer, std::string_view text) {
  writer.String(text.empty() ? "" : text.data(), static_cast<rapidjson::SizeType>(text.size()));
}

class YamlToJson {
 public:
  explicit YamlToJson(Writer& writer) : writer_(writer) {}

  void write(const YAML::Node& node, std::size_t depth = 0) {
    if (depth > kMaxDepth) throw std::length_error("it is nested too deeply");
    if (++nodes_ > kMaxNodes) throw std::length_error("it has too many nodes");
    if (node.IsMap()) {
      write_map(node, depth);
    } else if (node.IsSequence()) {
      writer_.StartArray();
      for (const YAML::Node& item : node) write(item, depth + 1);
      writer_.EndArray();
    } else if (node.IsScalar()) {
      write_scalar(node);
    } else {
      writer_.Null();
    }
  }

 private:
  static constexpr std::size_t kMaxDepth = 128;
  static constexpr std::size_t kMaxNodes = 200000;

  void write_map(const YAML::Node& map, std::size_t depth) {
    writer_.StartObject();
    for (const auto& member : map) {
      const std::string key = member.first.as<std::string>();
      writer_.Key(key.c_str(), static_cast<rapidjson::SizeType>(key.size()));
      write(member.second, depth + 1);
    }
    writer_.EndObject();
  }

  void write_scalar(const YAML::Node& node) {
    const std::string& text = node.Scalar();
    // "!" is the tag of a quoted scalar: it is text whatever it looks like.
    if (node.Tag() == "!" || node.Tag() == "tag:yaml.org,2002:str") return put_text(writer_, text);
    if (text.empty() || text == "~" || text == "null" || text == "Null" || text == "NULL") {
      writer_.Null();
    } else if (text == "true" || text == "True" || text == "TRUE") {
      writer_.Bool(true);
    } else if (text == "false" || text == "False" || text == "FALSE") {
      writer_.Bool(false);
    } else if (is_json_number(text)) {
      writer_.RawValue(text.data(), text.size(), rapidjson::kNumberType);
    } else {
      put_text(writer_, text);
    }
  }

  Writer& writer_;
  std::size_t nodes_ = 0;
};

Failure not_readable(std::string_view origin, const std::string& why) {
  return Failure(usage_error(std::string(origin) + " is neither JSON nor YAML: " + why + ".",
                             "Mend the document; a JSON or YAML checker shows the place."));
}

}  // namespace

Result<std::string> document_json(std::string_view text, std::string_view origin) {
  if (const auto document = json::parse(text)) return json::write(*document);
  try {
    rapidjson::StringBuffer buffer;
    Writer writer(buffer);
    YamlToJson(writer).write(YAML::Load(std::string(text)));
    return std::string(buffer.GetString(), buffer.GetSize());
  } catch (const YAML::Exception& failure) {
    return not_readable(origin,
                        "line " + std::to_string(failure.mark.line + 1) + ": " + failure.msg);
  } catch (const std::exception& failure) {
    return not_readable(origin, failure.what());
  }
}

}  // namespace dockerhub::cli
