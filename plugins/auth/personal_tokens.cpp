#include "personal_tokens.hpp"

#include "actions.hpp"

namespace dockerhub::auth {
namespace {

constexpr hub::StatusHint kForbidden = {
    403,
    "If you are logged in with an access token: Docker Hub lets none make a personal access token. "
    "Log in with the account's password (DOCKER_HUB_TOKEN may be it) and call this again, or make "
    "the token on the pages of the account. For the automation of an organization hub_auth "
    "create_oat makes a token."};

}  // namespace

sdk::Request pat_request(std::string_view method, std::string_view uuid) {
  sdk::Request request;
  request.method = method;
  request.path = "/v2/access-tokens/{uuid}";
  request.path_params = sdk::Json{{"uuid", uuid}};
  return request;
}

hub::List pat_list() {
  return {"/v2/access-tokens", sdk::Json::raw("{}"), "results", {}, "uuid"};
}

sdk::Reply<hub::Answer> make_pat(sdk::Context& ctx, const std::string& body) {
  sdk::Request request;
  request.method = "POST";
  request.path = "/v2/access-tokens";
  request.media_type = "application/json";
  request.body = body;
  return hub::ask(ctx, request, kForbidden);
}

sdk::Status create_pat(sdk::Context& ctx) {
  const sdk::Json body = sdk::Json::write([&](sdk::JsonWriter& json) {
    json.StartObject();
    for (const char* name : {"token_label", "scopes", "expires_at"}) {
      const sdk::Value* value = ctx.params().find(name);
      if (value == nullptr) continue;
      json.Key(name);
      value->Accept(json);
    }
    json.EndObject();
  });
  const auto made = make_pat(ctx, body.text());
  return made ? hub::pass_on(ctx, *made) : made.status();
}

}  // namespace dockerhub::auth
