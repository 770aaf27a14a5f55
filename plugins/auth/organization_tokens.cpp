// Access tokens of organizations: what the caller says of resources in Docker's words.
#include <algorithm>
#include <array>
#include <optional>
#include <string>

#include "actions.hpp"
#include "hub/answer.hpp"
#include "hub/members.hpp"

namespace dockerhub::auth {
namespace {

constexpr std::array<std::string_view, 4> kKeys = {"type", "path", "name", "scopes"};
constexpr std::string_view kHint =
    R"(Each resource is {"type": "TYPE_REPO", "path": "acme/app", "scopes": ["scope-image-pull"]}.)";

bool are_texts(const sdk::Value& array) {
  return !array.Empty() && std::all_of(array.Begin(), array.End(), [](const sdk::Value& element) {
    return element.IsString() && element.GetStringLength() > 0;
  });
}

// What is wrong with a resource; nullopt: nothing. scopes: those for resources without.
std::optional<std::string> problem_of(const sdk::Value& resource, const sdk::Value* scopes) {
  for (const auto& member : resource.GetObject()) {
    const std::string_view key = sdk::view(member.name);
    if (std::find(kKeys.begin(), kKeys.end(), key) == kKeys.end())
      return "has the unknown key '" + std::string(key) + "'";
  }
  const std::string_view type = hub::text_member(resource, "type");
  if (type != "TYPE_REPO" && type != "TYPE_ORG") return "needs `type`: TYPE_REPO or TYPE_ORG";
  const bool has_path = !hub::text_member(resource, "path").empty();
  const bool has_name = !hub::text_member(resource, "name").empty();
  if (has_path == has_name) return has_path ? "has `path` and `name`" : "needs `path`";
  const sdk::Value* own = hub::member(resource, "scopes");
  if (own == nullptr) own = scopes;
  if (own == nullptr || !own->IsArray() || !are_texts(*own))
    return "needs `scopes`: a list of texts";
  return std::nullopt;
}

void write_resource(sdk::JsonWriter& json, const sdk::Value& resource, const sdk::Value* scopes) {
  const sdk::Value* own = hub::member(resource, "scopes");
  const std::string_view path = hub::text_member(resource, "path");
  json.StartObject();
  json.Key("type");
  sdk::put(json, hub::text_member(resource, "type"));
  json.Key("path");
  sdk::put(json, path.empty() ? hub::text_member(resource, "name") : path);
  json.Key("scopes");
  (own == nullptr ? scopes : own)->Accept(json);
  json.EndObject();
}

sdk::Reply<sdk::Json> resources_of(sdk::Context& ctx) {
  const sdk::Value* scopes = ctx.params().find("scopes");
  const sdk::Value& resources = ctx.params().value("resources");
  for (rapidjson::SizeType i = 0; i < resources.Size(); ++i) {
    if (const auto problem = problem_of(resources[i], scopes)) {
      return hub::wrong_parameter(ctx, "resources",
                                  "resource " + std::to_string(i + 1) + " " + *problem, kHint);
    }
  }
  return sdk::Json::write([&](sdk::JsonWriter& json) {
    json.StartArray();
    for (const sdk::Value& resource : resources.GetArray()) write_resource(json, resource, scopes);
    json.EndArray();
  });
}

void copy(sdk::Context& ctx, sdk::JsonWriter& json, std::string_view name) {
  const sdk::Value* value = ctx.params().find(name);
  if (value == nullptr) return;
  sdk::put_key(json, name);
  value->Accept(json);
}

// The body of either request. Docker's document has no scopes but those of resources.
sdk::Reply<sdk::Json> body_of(sdk::Context& ctx) {
  const bool has_resources = ctx.params().has("resources");
  sdk::Json resources;
  if (has_resources) {
    auto made = resources_of(ctx);
    if (!made) return made.status();
    resources = *std::move(made);
  }
  return sdk::Json::write([&](sdk::JsonWriter& json) {
    json.StartObject();
    for (const char* name : {"label", "description", "expires_at", "is_active"})
      copy(ctx, json, name);
    if (has_resources) {
      json.Key("resources");
      json.RawValue(resources.text().data(), resources.text().size(), rapidjson::kArrayType);
    } else {
      copy(ctx, json, "scopes");
    }
    json.EndObject();
  });
}

sdk::Status send_token(sdk::Context& ctx, sdk::Request request) {
  const auto body = body_of(ctx);
  if (!body) return body.status();
  request.media_type = "application/json";
  request.body = body->text();
  return hub::forward(ctx, request);
}

}  // namespace

sdk::Status create_oat(sdk::Context& ctx) {
  if (ctx.params().has("scopes") && !ctx.params().has("resources")) {
    ctx.warn(
        "Docker documents scopes only for resources: without a resource they may be passed "
        "over.");
  }
  sdk::Request request;
  request.method = "POST";
  request.path = "/v2/orgs/{org}/access-tokens";
  request.path_params = sdk::Json{{"org", ctx.params().text("org")}};
  return send_token(ctx, request);
}

sdk::Status update_oat(sdk::Context& ctx) {
  sdk::Request request;
  request.method = "PATCH";
  request.path = "/v2/orgs/{org}/access-tokens/{token_id}";
  request.path_params =
      sdk::Json{{"org", ctx.params().text("org")}, {"token_id", ctx.params().text("token_id")}};
  return send_token(ctx, request);
}

}  // namespace dockerhub::auth
