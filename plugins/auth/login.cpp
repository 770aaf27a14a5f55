#include "actions.hpp"
#include "hub/answer.hpp"
#include "hub/members.hpp"

namespace dockerhub::auth {
namespace {

constexpr int kUnauthorized = 401;

bool wants_second_factor(const hub::Answer& answer) {
  return answer.status_code == kUnauthorized &&
         !hub::text_member(answer.body, "login_2fa_token").empty();
}

}  // namespace

sdk::Status login(sdk::Context& ctx) {
  const std::string body = sdk::Json{{"username", ctx.params().text("username")},
                                     {"password", ctx.params().text("password")}}
                               .text();
  sdk::Request request;
  request.method = "POST";
  request.path = "/v2/users/login";
  request.credential = sdk::Credential::in_body;
  request.media_type = "application/json";
  request.body = body;
  const auto answer = hub::send(ctx, request);
  if (!answer) return answer.status();
  ctx.warn("Docker has deprecated this log-in: use hub_auth create_token.");
  if (answer->good() || wants_second_factor(*answer)) return hub::pass_on(ctx, *answer);
  return hub::refuse(ctx, *answer, "POST /v2/users/login",
                     "Check name and password; where single sign-on is enforced a personal access "
                     "token is wanted in place of the password.");
}

}  // namespace dockerhub::auth
