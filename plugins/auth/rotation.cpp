// One token in place of another: made, tried, and only then is the old one ended. What fails before that
// takes the new one away again.
#include <optional>
#include <string>

#include "actions.hpp"
#include "hub/account.hpp"
#include "hub/answer.hpp"
#include "hub/members.hpp"
#include "personal_tokens.hpp"
#include "token_by_name.hpp"

namespace dockerhub::auth {
namespace {

constexpr int kNotFound = 404;
constexpr int kServerError = 500;

class Rotation {
 public:
  explicit Rotation(sdk::Context& ctx) : ctx_(ctx) {}

  sdk::Status run() {
    auto old = find_pat(ctx_, std::string(ctx_.params().text("uuid")));
    if (!old) return old.status();
    uuid_ = std::move(old->uuid);
    old_ = std::move(old->token);
    if (const sdk::Status fine = check_end(); !fine) return fine;
    if (const sdk::Status fine = check_account(); !fine) return fine;
    if (ctx_.dry_run()) return plan();
    if (old->is_by_label) {
      if (const sdk::Status agreed = consent_to_found(); !agreed) return agreed;
    }
    if (const sdk::Status made = make(); !made) return made;
    if (const sdk::Status tried = try_it(); !tried) return undo(tried);
    return finish(end_old());
  }

 private:
  // A token that ends is not replaced by one that never does unless the caller says so.
  sdk::Status check_end() {
    const std::string_view end = hub::text_member(old_, "expires_at");
    if (end.empty() || ctx_.params().has("expires_at")) return {};
    return hub::wrong_parameter(
        ctx_, "expires_at", "the token ends at " + std::string(end) + "; the new one would never",
        "Say with expires_at when the new one ends. Nothing was changed.");
  }

  // A token that could not be tried is not made: nothing is ended for one that nobody saw work.
  sdk::Status check_account() {
    account_ = hub::account_of(ctx_);
    if (!account_.empty()) return {};
    return ctx_.fail("AuthError",
                     "the account's name is not known, so that a new token could not be tried",
                     "Log in with name and password (DOCKER_HUB_USER, DOCKER_HUB_TOKEN) in place "
                     "of a ready token. Nothing was changed.");
  }

  // The row's own question has the label alone, and which token has it was found out since.
  sdk::Status consent_to_found() {
    const std::string label(hub::text_member(old_, "token_label"));
    const std::string text = "Replace the personal access token '" + label + "' with the UUID " +
                             uuid_ + " by a new one and " +
                             (deactivates() ? "deactivate" : "delete") + " it";
    return ctx_.ask().approve(sdk::destructive, text, label);
  }

  std::string new_body() const {
    return sdk::Json::write([&](sdk::JsonWriter& json) {
             json.StartObject();
             for (const char* name : {"token_label", "scopes"}) {
               const sdk::Value* value = hub::member(old_, name);
               if (value == nullptr) continue;
               json.Key(name);
               value->Accept(json);
             }
             if (const sdk::Value* end = ctx_.params().find("expires_at")) {
               json.Key("expires_at");
               end->Accept(json);
             }
             json.EndObject();
           })
        .text();
  }

  sdk::Reply<hub::Answer> create() { return make_pat(ctx_, new_body()); }

  sdk::Status make() {
    auto made = create();
    if (!made) return made.status();
    new_ = std::move(made->body);
    if (!new_uuid().empty()) return {};
    return ctx_.fail("ApiError", "Docker Hub made a token and did not say which",
                     "Look at hub_auth list_pats; the old token still works.");
  }

  std::string_view token() const { return hub::text_member(new_, "token"); }
  std::string_view new_uuid() const { return hub::text_member(new_, "uuid"); }

  // Logs in with the new token, beside the configured account.
  sdk::Status try_it() {
    if (token().empty()) {
      return ctx_.fail("ApiError", "Docker Hub made a token and did not tell it",
                       "Nobody can use it, so it is deleted again; the old token still works.");
    }
    const std::string body = sdk::Json{{"identifier", account_}, {"secret", token()}}.text();
    sdk::Request request;
    request.method = "POST";
    request.path = "/v2/auth/token";
    request.credential = sdk::Credential::in_body;
    request.media_type = "application/json";
    request.body = body;
    return hub::ask(ctx_, request, "The new token was not seen to work; the old one stays.")
        .status();
  }

  // A new token that could not be taken away again is told: nobody else knows it. A call that was
  // cancelled sends nothing more, but still answers.
  sdk::Status undo(sdk::Status why) {
    const auto deleted = hub::send(ctx_, pat_request("DELETE", new_uuid()));
    if (deleted && (deleted->good() || deleted->status_code == kNotFound)) return why;
    ctx_.outcome(sdk::Outcome::partial,
                 "The new token was not seen to work and could not be deleted" +
                     (deleted ? told(*deleted, "DELETE", new_uuid()) : std::string()) +
                     ": try or delete it. The old one still works.");
    return answer("still there");
  }

  // " (HTTP 403 for DELETE /v2/access-tokens/UUID: in Docker Hub's words)"
  static std::string told(const hub::Answer& answer, std::string_view method,
                          std::string_view uuid) {
    std::string request(method);
    request.append(" /v2/access-tokens/").append(uuid);
    return " (" + hub::refusal(answer, request) + ")";
  }

  bool deactivates() const { return ctx_.params().text("old_token") == "deactivate"; }

  // Good: the old one is ended.
  sdk::Reply<hub::Answer> end_old() {
    if (!deactivates()) return hub::send(ctx_, pat_request("DELETE", uuid_));
    sdk::Request request = pat_request("PATCH", uuid_);
    request.media_type = "application/json";
    request.body = R"({"is_active":false})";
    return hub::send(ctx_, request);
  }

  // The new token is told whatever became of the old one. What has no answer, or the server's fault for
  // one, may have been done.
  sdk::Status finish(const sdk::Reply<hub::Answer>& ended) {
    if (ended && ended->good()) return answer(deactivates() ? "deactivated" : "deleted");
    const std::string words =
        ended ? told(*ended, deactivates() ? "PATCH" : "DELETE", uuid_) : std::string();
    if (!ended || ended->status_code >= kServerError) {
      ctx_.outcome(sdk::Outcome::partial,
                   "The new token works, but it is not known whether the old one was ended" +
                       words + ": look at hub_auth list_pats.");
      return answer("not known");
    }
    if (ended->status_code == kNotFound) {
      ctx_.warn("The old token was gone already: there was nothing to end.");
      return answer("gone");
    }
    ctx_.outcome(sdk::Outcome::partial, "The new token works, but the old one could not be ended" +
                                            words + ": end it by hand.");
    return answer("still there");
  }

  sdk::Status answer(const char* fate_of_old) {
    const sdk::Value* scopes = hub::member(new_, "scopes");
    return ctx_.answer({{"uuid", new_uuid()},
                        {"token", token()},
                        {"token_label", hub::text_member(new_, "token_label")},
                        {"scopes", scopes},
                        {"old_uuid", uuid_},
                        {"old_token", fate_of_old}});
  }

  // Both writes are recorded, none is sent.
  sdk::Status plan() {
    const sdk::Status made = create().status();
    const sdk::Status ended = end_old().status();
    return ended ? made : ended;
  }

  sdk::Context& ctx_;
  std::string uuid_, account_;
  sdk::Document old_, new_;
};

}  // namespace

sdk::Status rotate_pat(sdk::Context& ctx) {
  return Rotation(ctx).run();
}

}  // namespace dockerhub::auth
