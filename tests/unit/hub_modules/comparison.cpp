#include "comparison.hpp"

#include <algorithm>
#include <cctype>
#include <set>
#include <utility>

namespace dockerhub::test {
namespace {

std::vector<std::string> placeholders(const std::string& path) {
  std::vector<std::string> names;
  for (std::size_t open = path.find('{'); open != std::string::npos;
       open = path.find('{', open + 1)) {
    names.push_back(path.substr(open + 1, path.find('}', open) - open - 1));
  }
  return names;
}

// "Content-Range" as a parameter is called: "content_range".
std::string parameter_name(std::string header) {
  for (char& c : header)
    c = c == '-' ? '_' : static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return header;
}

bool goes_to(const Parameter& parameter, Wire::Place place) {
  return parameter.wire.place == place ||
         (place == Wire::Place::body && parameter.wire.also_in_body);
}

class Comparison {
 public:
  Comparison(const Operation& operation, const Action& action)
      : operation_(operation), action_(action) {}

  std::vector<std::string> differences() {
    compare_path();
    compare("query", operation_.query, Wire::Place::query);
    compare("header", operation_.headers, Wire::Place::header);
    compare("body", operation_.body, Wire::Place::body);
    find_own();
    return std::move(differences_);
  }

 private:
  void compare_path() {
    if (action_.request && (action_.request->method != operation_.method ||
                            shape(action_.request->path) != shape(operation_.path))) {
      differences_.push_back("request " + action_.request->method + " " + action_.request->path);
    }
    const std::vector<std::string> ours = placeholders(action_.rest_path);
    for (std::size_t i = 0; i < ours.size(); ++i) {
      const Parameter* parameter = action_.find_parameter(ours[i]);
      const DocumentedField& field = operation_.in_path[i];
      matched_.insert(parameter);
      if (action_.find_parameter(field.name) != parameter)
        differences_.push_back("path " + field.name);
      if (parameter != nullptr) compare_field("path " + field.name, field, *parameter);
    }
  }

  // A row is looked at on the wire; what a handler sends is known by the names it takes.
  const Parameter* ours(const std::string& name, Wire::Place place) const {
    if (!action_.request) {
      const Parameter* parameter = action_.find_parameter(name);
      const bool may_be_spelt_so = place == Wire::Place::header && parameter == nullptr;
      return may_be_spelt_so ? action_.find_parameter(parameter_name(name)) : parameter;
    }
    const auto found = std::find_if(
        action_.parameters.begin(), action_.parameters.end(), [&](const Parameter& parameter) {
          return goes_to(parameter, place) && parameter.wire.name == name;
        });
    return found == action_.parameters.end() ? nullptr : &*found;
  }

  void compare(const std::string& where, const std::vector<DocumentedField>& fields,
               Wire::Place place) {
    for (const DocumentedField& field : fields) {
      const std::string name = where + " " + field.name;
      const Parameter* parameter = ours(field.name, place);
      if (parameter == nullptr) {
        differences_.push_back(name);
        continue;
      }
      matched_.insert(parameter);
      compare_field(name, field, *parameter);
    }
  }

  void compare_field(const std::string& name, const DocumentedField& field,
                     const Parameter& parameter) {
    const bool is_sure = parameter.required || !parameter.default_json.empty();
    if (field.is_required && !is_sure) differences_.push_back(name + " required");
    if (!field.is_required && parameter.required) differences_.push_back(name + " optional");
    compare_types(name, field, parameter);
    compare_limits(name, field, parameter);
  }

  void compare_types(const std::string& name, const DocumentedField& field,
                     const Parameter& parameter) {
    if (!field.type.empty() && field.type != parameter_type_name(parameter.type))
      differences_.push_back(name + " type");
    if (!field.item_type.empty() && parameter.type == ParameterType::array &&
        field.item_type != parameter_type_name(parameter.item_type)) {
      differences_.push_back(name + " items");
    }
  }

  void compare_limits(const std::string& name, const DocumentedField& field,
                      const Parameter& parameter) {
    const std::set<std::string> ours(parameter.choices.begin(), parameter.choices.end());
    if (ours != std::set<std::string>(field.choices.begin(), field.choices.end()))
      differences_.push_back(name + " choices");
    if (field.minimum != parameter.minimum) differences_.push_back(name + " smallest");
    if (field.maximum != parameter.maximum) differences_.push_back(name + " largest");
    if (field.max_length && parameter.max_length != field.max_length)
      differences_.push_back(name + " longest");
    if (field.min_length && parameter.min_length != field.min_length)
      differences_.push_back(name + " shortest");
  }

  void find_own() {
    const char* place = operation_.method == "GET" ? "query " : "body ";
    for (const Parameter& parameter : action_.parameters) {
      if (matched_.count(&parameter) > 0) continue;
      const bool in_header = parameter.name == "client_feature";
      differences_.push_back((in_header ? "header " : place) + parameter.name + " ours");
    }
  }

  const Operation& operation_;
  const Action& action_;
  std::set<const Parameter*> matched_;
  std::vector<std::string> differences_;
};

}  // namespace

std::string shape(const std::string& path) {
  std::string text;
  bool inside = false;
  for (const char c : path) {
    if (c == '}') inside = false;
    if (!inside) text += c;
    if (c == '{') inside = true;
  }
  return text;
}

std::vector<std::string> differences(const Operation& operation, const Action& action) {
  return Comparison(operation, action).differences();
}

}  // namespace dockerhub::test
