#include "open_api.hpp"

#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <array>

namespace dockerhub::test {
namespace {

class Document {
 public:
  explicit Document(const std::string& file) : root_(YAML::LoadFile(file)) {}

  std::vector<Operation> operations() const {
    std::vector<Operation> all;
    for (const auto& path : root_["paths"]) {
      for (const auto& member : path.second) {
        const auto method = member.first.as<std::string>();
        if (is_method(method)) {
          all.push_back(
              operation(method, path.first.as<std::string>(), path.second, member.second));
        }
      }
    }
    return all;
  }

 private:
  static bool is_method(const std::string& key) {
    constexpr std::array<const char*, 6> kMethods = {"get", "head",  "post",
                                                     "put", "patch", "delete"};
    return std::find(kMethods.begin(), kMethods.end(), key) != kMethods.end();
  }

  // What a $ref names; keys beside it count for nothing.
  YAML::Node resolved(const YAML::Node& node) const {
    if (!node.IsDefined() || !node.IsMap() || !node["$ref"]) return node;
    const auto reference = node["$ref"].as<std::string>();
    std::vector<YAML::Node> steps = {root_};
    for (std::size_t at = 2; at < reference.size();) {
      const std::size_t end = std::min(reference.find('/', at), reference.size());
      steps.push_back(steps.back()[reference.substr(at, end - at)]);
      at = end + 1;
    }
    return resolved(steps.back());
  }

  Operation operation(std::string method, const std::string& path, const YAML::Node& common,
                      const YAML::Node& own) const {
    Operation operation;
    std::transform(method.begin(), method.end(), method.begin(),
                   [](char c) { return static_cast<char>(c - 'a' + 'A'); });
    operation.method = method;
    operation.path = path;
    for (std::size_t open = path.find('{'); open != std::string::npos;
         open = path.find('{', open + 1)) {
      DocumentedField field;
      field.name = path.substr(open + 1, path.find('}', open) - open - 1);
      field.is_required = true;
      operation.in_path.push_back(std::move(field));
    }
    for (const YAML::Node& list : {common["parameters"], own["parameters"]}) {
      if (!list.IsDefined()) continue;
      for (const auto& parameter : list) add_parameter(operation, resolved(parameter));
    }
    if (own["requestBody"]) add_body(operation, resolved(own["requestBody"]));
    return operation;
  }

  void add_parameter(Operation& operation, const YAML::Node& parameter) const {
    const auto place = parameter["in"].as<std::string>();
    DocumentedField field = described(parameter["name"].as<std::string>(), parameter["schema"]);
    field.is_required = parameter["required"] && parameter["required"].as<bool>();
    // Two operations call a parameter otherwise than their path does: of that one only the name is known.
    for (DocumentedField& known : operation.in_path) {
      if (place == "path" && known.name == field.name) known = field;
    }
    if (place == "query") operation.query.push_back(std::move(field));
    if (place == "header") operation.headers.push_back(std::move(field));
  }

  void add_body(Operation& operation, const YAML::Node& body) const {
    for (const auto& content : body["content"]) {
      const YAML::Node schema = resolved(content.second["schema"]);
      if (!schema.IsDefined() || !schema.IsMap()) continue;
      std::vector<std::string> required;
      if (schema["required"] && schema["required"].IsSequence())
        required = schema["required"].as<std::vector<std::string>>();
      for (const auto& property : schema["properties"]) {
        DocumentedField field = described(property.first.as<std::string>(), property.second);
        field.is_required =
            std::find(required.begin(), required.end(), field.name) != required.end();
        operation.body.push_back(std::move(field));
      }
    }
  }

  DocumentedField described(std::string name, const YAML::Node& node) const {
    DocumentedField field;
    field.name = std::move(name);
    const YAML::Node schema = resolved(node);
    if (!schema.IsDefined() || !schema.IsMap()) return field;
    if (schema["type"]) field.type = schema["type"].as<std::string>();
    const YAML::Node items = resolved(schema["items"]);
    if (items.IsDefined() && items.IsMap() && items["type"])
      field.item_type = items["type"].as<std::string>();
    if (schema["minimum"]) field.minimum = schema["minimum"].as<double>();
    if (schema["maximum"]) field.maximum = schema["maximum"].as<double>();
    const YAML::Node list = schema["items"] ? resolved(schema["items"])["enum"] : schema["enum"];
    if (list.IsDefined() && list.IsSequence()) field.choices = list.as<std::vector<std::string>>();
    if (schema["minLength"]) field.min_length = schema["minLength"].as<std::size_t>();
    if (schema["maxLength"]) field.max_length = schema["maxLength"].as<std::size_t>();
    return field;
  }

  YAML::Node root_;
};

}  // namespace

std::vector<Operation> read_open_api(const std::string& file) {
  return Document(file).operations();
}

}  // namespace dockerhub::test
