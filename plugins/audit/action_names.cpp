#include "action_names.hpp"

#include <string>
#include <vector>

#include "hub/answer.hpp"
#include "hub/members.hpp"

namespace dockerhub::audit {
namespace {

std::vector<std::string> names_in(const sdk::Value& body) {
  std::vector<std::string> names;
  const sdk::Value* groups = hub::member(body, "actions");
  if (groups == nullptr || !groups->IsObject()) return names;
  for (const auto& group : groups->GetObject()) {
    const sdk::Value* actions = hub::array_member(group.value, "actions");
    if (actions == nullptr) continue;
    for (const sdk::Value& action : actions->GetArray()) {
      names.push_back(std::string(sdk::view(group.name)) + "." +
                      std::string(hub::text_member(action, "name")));
    }
  }
  return names;
}

// "tag.push" is the end of "repo.tag.push"; "repo" begins all that is done to repositories.
bool is_near(std::string_view name, std::string_view said) {
  const std::string end = "." + std::string(said);
  const std::string start = std::string(said) + ".";
  const bool ends = name.size() > end.size() && name.substr(name.size() - end.size()) == end;
  return ends || name.substr(0, start.size()) == start;
}

std::string listed(const std::vector<std::string>& names, std::string_view said) {
  std::string near;
  std::string all;
  for (const std::string& name : names) {
    if (is_near(name, said)) near += (near.empty() ? "" : ", ") + name;
    all += (all.empty() ? "" : ", ") + name;
  }
  return near.empty() ? "It knows: " + all + "." : "Did you mean " + near + "?";
}

}  // namespace

sdk::Status check_action_name(sdk::Context& ctx, std::string_view account,
                              std::string_view action) {
  sdk::Request request;
  request.path = "/v2/auditlogs/{account}/actions";
  request.path_params = sdk::Json{{"account", account}};
  const auto answer = hub::send(ctx, request);
  if (!answer) return answer.status();
  const std::vector<std::string> names = names_in(answer->body);
  if (!answer->good() || names.empty()) {
    ctx.warn("The list of actions could not be read: `action` was not checked.");
    return {};
  }
  for (const std::string& name : names) {
    if (name == action) return {};
  }
  return hub::wrong_parameter(
      ctx, "action",
      "the audit log of " + std::string(account) + " has no action '" + std::string(action) + "'",
      listed(names, action));
}

}  // namespace dockerhub::audit
