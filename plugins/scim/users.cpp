// Users as Docker's SCIM service takes them. Its document has fewer fields than RFC 7643; the others
// are sent only when the caller gave them.
#include <optional>
#include <string>

#include "actions.hpp"
#include "hub/answer.hpp"
#include "hub/members.hpp"

namespace dockerhub::scim {
namespace {

constexpr const char* kUserSchema = "urn:ietf:params:scim:schemas:core:2.0:User";

struct User {
  std::optional<std::string> user_name, given_name, family_name, email;
  std::optional<bool> active;
  // A replacement needs Docker's own field: left out it deactivates the user.
  bool is_replacement = false;
};

std::optional<std::string> text_of(const sdk::Params& params, std::string_view name) {
  if (!params.has(name)) return std::nullopt;
  return std::string(params.text(name));
}

User given(const sdk::Params& params) {
  User user;
  user.user_name = text_of(params, "user_name");
  user.given_name = text_of(params, "given_name");
  user.family_name = text_of(params, "family_name");
  user.email = text_of(params, "email");
  if (params.has("active")) user.active = params.flag("active");
  return user;
}

void put(sdk::JsonWriter& json, const char* key, const std::optional<std::string>& text) {
  if (!text) return;
  json.Key(key);
  sdk::put(json, *text);
}

void put(sdk::JsonWriter& json, const char* key, bool flag) {
  json.Key(key);
  json.Bool(flag);
}

void put_name(sdk::JsonWriter& json, const User& user) {
  if (!user.given_name && !user.family_name) return;
  json.Key("name");
  json.StartObject();
  put(json, "givenName", user.given_name);
  put(json, "familyName", user.family_name);
  json.EndObject();
}

void put_email(sdk::JsonWriter& json, const User& user) {
  if (!user.email) return;
  json.Key("emails");
  json.StartArray();
  json.StartObject();
  put(json, "value", user.email);
  put(json, "primary", true);
  json.EndObject();
  json.EndArray();
}

std::string body_of(const User& user) {
  return sdk::Json::write([&](sdk::JsonWriter& json) {
           json.StartObject();
           json.Key("schemas");
           json.StartArray();
           json.String(kUserSchema);
           json.EndArray();
           put(json, "userName", user.user_name);
           put_name(json, user);
           put_email(json, user);
           if (user.active && user.is_replacement) put(json, "enabled", *user.active);
           if (user.active) put(json, "active", *user.active);
           json.EndObject();
         })
      .text();
}

sdk::Request request_of(std::string_view method, std::string_view path) {
  sdk::Request request;
  request.surface = "scim";
  request.method = method;
  request.path = path;
  request.headers = sdk::Json{{"Accept", kMediaType}};
  return request;
}

void fill(std::optional<std::string>& field, const sdk::Value& object, const char* key) {
  const std::string_view text = hub::text_member(object, key);
  if (!field && !text.empty()) field = std::string(text);
}

// What the caller left out, as it is now.
sdk::Status complete(sdk::Context& ctx, const sdk::Request& present, User& user) {
  if (user.active && user.given_name && user.family_name) return {};
  const auto answer = hub::ask(ctx, present);
  if (!answer) return answer.status();
  if (const sdk::Value* name = hub::member(answer->body, "name")) {
    fill(user.given_name, *name, "givenName");
    fill(user.family_name, *name, "familyName");
  }
  if (user.active) return {};
  const sdk::Value* active = hub::member(answer->body, "active");
  if (active != nullptr && active->IsBool() && active->GetBool()) {
    user.active = true;
    return {};
  }
  return hub::wrong_parameter(
      ctx, "active",
      active == nullptr
          ? "the service does not say whether the user is active"
          : "the user is deactivated, and a replacement has to say what becomes of that",
      "Give active=false to leave the user deactivated, active=true to activate the user.");
}

}  // namespace

sdk::Status create_user(sdk::Context& ctx) {
  const std::string body = body_of(given(ctx.params()));
  sdk::Request request = request_of("POST", "/v2/scim/2.0/Users");
  request.media_type = kMediaType;
  request.body = body;
  return hub::forward(ctx, request);
}

sdk::Status update_user(sdk::Context& ctx) {
  constexpr std::string_view kPath = "/v2/scim/2.0/Users/{user_id}";
  const sdk::Json place{{"user_id", ctx.params().text("user_id")}};
  sdk::Request present = request_of("GET", kPath);
  present.path_params = place;
  User user = given(ctx.params());
  user.is_replacement = true;
  if (const sdk::Status read = complete(ctx, present, user); !read) return read;
  const std::string body = body_of(user);
  sdk::Request request = request_of("PUT", kPath);
  request.path_params = place;
  request.media_type = kMediaType;
  request.body = body;
  return hub::forward(ctx, request);
}

}  // namespace dockerhub::scim
