// One YAML document as JSON, aliases followed.
#include <yaml-cpp/yaml.h>

#include <stdexcept>
#include <string>

#include "conversions.hpp"
#include "dockerhub/bounded_json.hpp"
#include "dockerhub/json_runs.hpp"

namespace dockerhub::yaml {
namespace {

using json_runs::Writer;

void put_text(Writer& writer, const std::string& text) {
  writer.String(text.c_str(), static_cast<rapidjson::SizeType>(text.size()));
}

class YamlToJson {
 public:
  explicit YamlToJson(Writer& writer) : writer_(writer) {}

  void write(const YAML::Node& node, std::size_t depth = 0) {
    if (depth > kMostLevels) throw std::length_error("it is nested too deeply");
    if (++nodes_ > kMostNodes) throw std::length_error("it has too many nodes");
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
  static constexpr std::size_t kMostLevels = bounded_json::kMaxDepth;
  static constexpr std::size_t kMostNodes = 200'000;

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
    } else if (bounded_json::is_number(text)) {
      writer_.RawValue(text.data(), text.size(), rapidjson::kNumberType);
    } else {
      put_text(writer_, text);
    }
  }

  Writer& writer_;
  std::size_t nodes_ = 0;
};

}  // namespace

Read<std::string> json_of(std::string_view text) {
  try {
    json_runs::Buffer buffer;
    Writer writer(buffer);
    YamlToJson(writer).write(YAML::Load(std::string(text)));
    return std::string(buffer.GetString(), buffer.GetSize());
  } catch (const YAML::Exception& fault) {
    return tl::unexpected(Problem{line_of(fault.mark), {}, fault.msg, {}});
  } catch (const std::exception& fault) {
    return tl::unexpected(Problem{0, {}, fault.what(), {}});
  }
}

}  // namespace dockerhub::yaml
