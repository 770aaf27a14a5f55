#include <utility>

#include "accounts/token_scope.hpp"
#include "encoding/digest.hpp"
#include "hub/auth/handlers.hpp"
#include "hub/auth/token_fields.hpp"
#include "registry/names.hpp"

namespace dockerhub::sandbox {
namespace {

constexpr std::string_view kPublic = "*/*/public";

std::vector<JsonText::Member> token_members(const OrganizationToken& token) {
  return {{"id", token.id},
          {"label", token.label},
          {"is_active", token.is_active},
          {"created_at", rfc3339(token.created)},
          {"expires_at", time_json(token.expires)},
          {"last_used_at", time_json(token.last_used)}};
}

JsonText resources_json(const OrganizationToken& token) {
  std::vector<JsonText> list;
  for (const TokenResource& resource : token.resources) {
    list.push_back(JsonText::object({{"type", resource.type},
                                     {"path", resource.path},
                                     {"scopes", JsonText::strings(resource.scopes)}}));
  }
  return JsonText::array(list);
}

JsonText whole_token(const OrganizationToken& token) {
  std::vector<JsonText::Member> members = token_members(token);
  members.push_back({"created_by", token.created_by});
  members.push_back({"description", token.description});
  members.push_back({"resources", resources_json(token)});
  return JsonText::object(members);
}

Answer resource_error(std::string_view message) {
  return hub_member_error("resources", message);
}

// What is wrong with a resource; nullopt: nothing.
std::optional<Answer> refuse_resource(const HubCall& call, const TokenResource& resource) {
  const bool whole = resource.type == "TYPE_ORG";
  if (!whole && resource.type != "TYPE_REPO")
    return resource_error("type has to be TYPE_REPO or TYPE_ORG");
  if (resource.scopes.empty()) return resource_error("a resource has to have scopes");
  for (const std::string& scope : resource.scopes) {
    if (!is_token_scope(scope, whole ? ScopeKind::organization : ScopeKind::repository))
      return resource_error("there is no scope '" + visible(scope) + "' for " + resource.type);
  }
  const std::string& name = call.organization->name;
  if (whole && resource.path != name)
    return resource_error("the path of TYPE_ORG has to be the organization");
  if (whole || resource.path == kPublic || resource.path == name + "/*") return std::nullopt;
  if (namespace_of(resource.path) != name || call.world.store.find(resource.path) == nullptr)
    return resource_error("there is no repository '" + visible(resource.path) + "'");
  return std::nullopt;
}

struct Resources {
  std::vector<TokenResource> list;
  std::optional<Answer> refusal = std::nullopt;
};

std::vector<std::string> texts_of(const json::Value& value) {
  std::vector<std::string> texts;
  if (!value.IsArray()) return texts;
  for (const auto& element : value.GetArray())
    texts.emplace_back(element.IsString() ? json::view(element) : std::string_view());
  return texts;
}

Resources read_resources(const HubCall& call) {
  Resources read;
  const json::Value* value = json::find(call.body, "resources");
  if (value == nullptr || value->IsNull()) return read;
  if (!value->IsArray()) return {{}, resource_error("resources has to be a list")};
  for (const auto& element : value->GetArray()) {
    const json::Value* scopes = json::find(element, "scopes");
    TokenResource resource{std::string(json::text_of(element, "type")),
                           std::string(json::text_of(element, "path")),
                           scopes == nullptr ? std::vector<std::string>() : texts_of(*scopes)};
    if (auto refusal = refuse_resource(call, resource)) return {{}, std::move(refusal)};
    read.list.push_back(std::move(resource));
  }
  return read;
}

void note(const HubCall& call, std::string_view action, const OrganizationToken& token) {
  const std::string& name = call.organization->name;
  call.note(name, action, name, {{"id", token.id}, {"label", token.label}});
}

}  // namespace

Answer create_organization_token(HubCall& call) {
  if (auto refusal = refuse_label(call, "label")) return *std::move(refusal);
  if (auto refusal = refuse_expiry(call)) return *std::move(refusal);
  Resources resources = read_resources(call);
  if (resources.refusal) return *std::move(resources.refusal);
  OrganizationToken token;
  token.id = random_uuid();
  token.label = call.body_text("label");
  token.description = call.body_text("description");
  token.created_by = call.caller->account;
  token.secret = "dckr_oat_" + random_hex(kSecretBytes);
  token.created = now();
  token.expires = expiry_of(call);
  token.resources = std::move(resources.list);
  call.organization->tokens.push_back(token);
  note(call, "org.access_token.create", token);
  std::vector<JsonText::Member> members = token_members(token);
  members.push_back({"token", token.secret});
  members.push_back({"resources", resources_json(token)});
  return json_answer(201, JsonText::object(members));
}

Answer list_organization_tokens(HubCall& call) {
  const std::vector<OrganizationToken>& tokens = call.organization->tokens;
  PageForm form;
  form.count = "total";
  form.past_the_end_is_404 = false;
  return hub_page(
      call, tokens.size(),
      [&](std::size_t index) {
        std::vector<JsonText::Member> members = token_members(tokens[index]);
        members.push_back({"created_by", tokens[index].created_by});
        return JsonText::object(members);
      },
      form);
}

Answer get_organization_token(HubCall& call) {
  const OrganizationToken* token = call.organization->token(call.value("access_token_id"));
  return token == nullptr ? no_token() : json_answer(200, whole_token(*token));
}

Answer update_organization_token(HubCall& call) {
  OrganizationToken* token = call.organization->token(call.value("access_token_id"));
  if (token == nullptr) return no_token();
  if (call.body_has("label")) {
    if (auto refusal = refuse_label(call, "label")) return *std::move(refusal);
  }
  Resources resources = read_resources(call);
  if (resources.refusal) return *std::move(resources.refusal);
  if (call.body_has("label")) token->label = call.body_text("label");
  if (call.body_has("description")) token->description = call.body_text("description");
  if (call.body_has("resources")) token->resources = std::move(resources.list);
  token->is_active = call.body_flag("is_active").value_or(token->is_active);
  note(call, "org.access_token.update", *token);
  return json_answer(200, whole_token(*token));
}

Answer delete_organization_token(HubCall& call) {
  const OrganizationToken* token = call.organization->token(call.value("access_token_id"));
  if (token == nullptr) return no_token();
  note(call, "org.access_token.delete", *token);
  const std::string id = token->id;
  std::erase_if(call.organization->tokens,
                [&](const OrganizationToken& known) { return known.id == id; });
  return empty_answer(204);
}

}  // namespace dockerhub::sandbox
