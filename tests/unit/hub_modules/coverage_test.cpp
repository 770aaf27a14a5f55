// Every operation of Docker's document has an action that sends what the document says; what differs
// stands in kReviewed with its reason. DOCKERHUB_SPECS names the folder with hub-openapi.yaml.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <iostream>
#include <set>

#include "built_manifest.hpp"
#include "open_api.hpp"

namespace dockerhub {
namespace {

using test::DocumentedField;
using test::Operation;

struct Difference {
  const char *action, *field, *reason;
  auto operator<=>(const Difference&) const = default;
};

// Document and action differ here on purpose.
constexpr auto kReviewed = std::to_array<Difference>({
    {"create_pat", "body scopes choices", "the document has them in its description alone"},
    {"create_oat", "body scopes ours", "callers of 0.2.0 give them; copied into the resources"},
    {"create_oat", "body label optional", "the document marks it inside its property"},
    {"update_settings", "body restricted_images_enabled ours", "the flags one by one, as in 0.2.0"},
    {"update_settings", "body allow_official_images ours", "the flags one by one, as in 0.2.0"},
    {"update_settings", "body allow_verified_publishers ours", "the flags one by one, as in 0.2.0"},
    {"update_settings", "body restricted_images required", "or its flags one by one"},
    {"bulk_invite", "header X-Analytics-Client-Feature",
     "a header's name is no name of a parameter: client_feature"},
    {"bulk_invite", "header client_feature ours", "sent as X-Analytics-Client-Feature"},
    {"bulk_invite", "body role choices", "the document has no list; 0.2.0 knows these three"},
    {"set_immutable_tags", "body immutable_tags_rules required",
     "without them the present ones stay"},
    {"verify_immutable_tags", "body regex required", "or several rules, one request each"},
    {"verify_immutable_tags", "body rules ours", "several rules, one request each"},
    {"verify_immutable_tags", "body tags ours", "leaves out other tags on this side"},
    {"update", "body name required", "without it the team's own name is sent"},
    {"list_pats", "query expires_within ours", "filters on this side"},
    {"list_oats", "query expires_within ours", "filters on this side"},
    {"logs", "query follow ours", "looks again and again"},
    {"logs", "query interval ours", "looks again and again"},
    {"create_user", "body schemas", "always the URN of a user"},
    {"create_user", "body name", "given_name and family_name"},
    {"create_user", "body given_name ours", "name.givenName"},
    {"create_user", "body family_name ours", "name.familyName"},
    {"create_user", "body email ours", "RFC 7643 has it; sent when given"},
    {"create_user", "body active ours", "RFC 7643 has it; sent when given"},
    {"update_user", "body schemas", "always the URN of a user"},
    {"update_user", "body name", "given_name and family_name"},
    {"update_user", "body given_name ours", "name.givenName"},
    {"update_user", "body family_name ours", "name.familyName"},
    {"update_user", "body enabled", "made from active: left out it would deactivate the user"},
    {"update_user", "body active ours", "sent as enabled, and as RFC 7643 has it"},
    {"update_user", "body user_name ours", "RFC 7643 has it; sent when given"},
    {"update_user", "body email ours", "RFC 7643 has it; sent when given"},
});

// "/v2/orgs/{}/members": what stays of a template without its names.
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

std::vector<std::string> placeholders(const std::string& path) {
  std::vector<std::string> names;
  for (std::size_t open = path.find('{'); open != std::string::npos;
       open = path.find('{', open + 1)) {
    names.push_back(path.substr(open + 1, path.find('}', open) - open - 1));
  }
  return names;
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
      const Parameter* parameter = action_.find_parameter(operation_.path_names[i]);
      if (parameter == nullptr || parameter->name != ours[i]) {
        differences_.push_back("path " + operation_.path_names[i]);
      } else {
        matched_.insert(parameter);
      }
    }
  }

  // A row is looked at on the wire; what a handler sends is known by the names it takes.
  const Parameter* ours(const std::string& name, Wire::Place place) const {
    if (!action_.request) return action_.find_parameter(name);
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
      const bool is_sure = parameter->required || !parameter->default_json.empty();
      if (field.is_required && !is_sure) differences_.push_back(name + " required");
      if (!field.is_required && parameter->required) differences_.push_back(name + " optional");
      compare_limits(name, field, *parameter);
    }
  }

  void compare_limits(const std::string& name, const DocumentedField& field,
                      const Parameter& parameter) {
    const std::set<std::string> ours(parameter.choices.begin(), parameter.choices.end());
    if (ours != std::set<std::string>(field.choices.begin(), field.choices.end()))
      differences_.push_back(name + " choices");
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

class Coverage : public testing::Test {
 protected:
  void SetUp() override {
    for (const char* module : test::kHubModules) manifests_.push_back(test::built_manifest(module));
  }
  std::vector<const Action*> actions_for(const Operation& operation) const {
    std::vector<const Action*> found;
    for (const Manifest& manifest : manifests_) {
      for (const Action& action : manifest.tools.at(0).actions) {
        if (action.rest_method == operation.method &&
            shape(action.rest_path) == shape(operation.path)) {
          found.push_back(&action);
        }
      }
    }
    return found;
  }

 private:
  std::vector<Manifest> manifests_;
};

const Difference* reviewed(const std::string& action, const std::string& field) {
  const auto found = std::find_if(kReviewed.begin(), kReviewed.end(), [&](const Difference& known) {
    return known.action == action && known.field == field;
  });
  return found == kReviewed.end() ? nullptr : &*found;
}

TEST_F(Coverage, IsWholeAndAsDockersDocumentSays) {
  const char* folder = std::getenv("DOCKERHUB_SPECS");
  if (folder == nullptr || *folder == '\0') {
    GTEST_SKIP() << "NOT CHECKED against Docker's document: set DOCKERHUB_SPECS to the folder with "
                    "hub-openapi.yaml";
  }
  const auto operations = test::read_open_api(std::string(folder) + "/hub-openapi.yaml");
  ASSERT_FALSE(operations.empty());
  std::set<const Difference*> used;
  std::size_t covered = 0;
  for (const Operation& operation : operations) {
    SCOPED_TRACE(operation.method + " " + operation.path);
    const auto actions = actions_for(operation);
    EXPECT_EQ(actions.size(), 1U) << "actions for this operation";
    if (actions.size() != 1) continue;
    ++covered;
    for (const std::string& field : Comparison(operation, *actions[0]).differences()) {
      const Difference* known = reviewed(actions[0]->name, field);
      EXPECT_NE(known, nullptr) << actions[0]->name << ": differs in " << field;
      used.insert(known);
    }
  }
  for (const Difference& known : kReviewed) {
    EXPECT_EQ(used.count(&known), 1U)
        << known.action << " no longer differs in " << known.field << ": take it from the list";
  }
  std::cout << "operations of Docker Hub's API: " << covered << " of " << operations.size() << "\n";
}

}  // namespace
}  // namespace dockerhub
