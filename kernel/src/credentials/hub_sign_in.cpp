#include "credentials/hub_sign_in.hpp"

#include <unistd.h>

#include <array>
#include <initializer_list>
#include <utility>

#include "credentials/login.hpp"
#include "credentials/login_request.hpp"
#include "credentials/secret_json.hpp"

namespace dockerhub {
namespace {

using TextMembers = std::initializer_list<std::pair<std::string_view, std::string_view>>;

http::Request json_post(const HubDoor& door, std::string_view path, const SecretBuffer& body) {
  http::Request request = login_request("POST", http::url_below(door.hub, path));
  request.headers.set("Content-Type", "application/json");
  request.api = "hub";
  request.body.assign(body.GetString(), body.GetSize());
  return request;
}

struct Posted {
  http::Request request;  // without its body
  http::Answer answer;
};

Result<Posted> posted(const HubDoor& door, http::Request request, const http::Control& control) {
  auto answer = door.fetch(request, control);
  wipe(request.body.data(), request.body.size());
  request.body.clear();
  if (!answer) return Failure(std::move(answer.error()));
  return Posted{std::move(request), std::move(*answer)};
}

// Whether the same may be sent again after it may have arrived: each try of a password or a code counts towards a lock.
enum class Sent { once, again };

Result<Posted> post_texts(const HubDoor& door, std::string_view path, TextMembers members,
                          Sent sent, const http::Control& control) {
  SecretBuffer body;
  SecretWriter writer(body);
  writer.StartObject();
  for (const auto& [name, value] : members) {
    put_text(writer, name);
    put_text(writer, value);
  }
  writer.EndObject();
  http::Request request = json_post(door, path, body);
  request.repeatable = sent == Sent::again;
  return posted(door, std::move(request), control);
}

Failure hub_refusal(const HubDoor& door, const Posted& done, const std::string& user) {
  return Failure(login_error(
      done.request, done.answer,
      door.hub.origin.text() + " refused the log-in of " + visible(user) + "; nothing was stored",
      "Check user and secret: an access token of an organization goes with the organization's "
      "name."));
}

// The text of a member; the body is wiped.
std::shared_ptr<const Secret> taken_text(http::Answer& answer, std::string_view member,
                                         SecretBook& book) {
  const auto json = SecretJson::parse(answer.body);
  std::shared_ptr<const Secret> secret;
  if (json) secret = book.learn(text_in(json->root(), member), SecretBook::After::remembered);
  wipe(answer.body.data(), answer.body.size());
  return secret;
}

std::string token_label() {
  std::array<char, 65> name = {};
  if (::gethostname(name.data(), name.size() - 1) != 0) return "dockerhub";
  return "dockerhub on " + visible(name.data());
}

Failure needs_code() {
  Error error;
  error.kind = ErrorKind::auth;
  error.message =
      "this account has two-factor authentication, and nobody can be asked for the code";
  error.hint =
      "Use an access token in place of the password (Account settings, Personal access tokens), or "
      "log in on a terminal.";
  return Failure(std::move(error));
}

Failure wrong_code(const HubDoor& door, const Posted& done) {
  return Failure(login_error(done.request, done.answer,
                             door.hub.origin.text() + " refused the code; nothing was stored",
                             "Log in again with the code that the app shows now."));
}

Result<void> agreed_to_token(const std::string& label, const LoginAsker& asker) {
  const std::string text = "The password needs a code at each log-in. An access token \"" + label +
                           "\" (repo:admin) is made in its place and stored; the password is not.";
  if (asker.agree && asker.agree(text) == Decision::approved) return {};
  Error error;
  error.kind = ErrorKind::approval;
  error.message = "nobody agreed to make an access token; nothing was stored";
  error.hint = "Make one yourself, and log in with it in place of the password.";
  return Failure(std::move(error));
}

Result<HubSignIn> make_token(const HubDoor& door, const Secret& session, const std::string& label,
                             const http::Control& control) {
  SecretBuffer body;
  SecretWriter writer(body);
  writer.StartObject();
  put_text(writer, "token_label");
  put_text(writer, label);
  put_text(writer, "scopes");
  writer.StartArray();
  put_text(writer, "repo:admin");
  writer.EndArray();
  writer.EndObject();
  http::Request request = json_post(door, "/v2/access-tokens", body);
  request.repeatable = false;
  request.authorization = SecretBook::with_scheme(
      "Bearer", door.book.learn(session.reveal(), SecretBook::After::remembered));
  auto done = posted(door, std::move(request), control);
  if (!done) return Failure(done.error());
  if (done->answer.response.status_code / 100 != 2) {
    return Failure(login_error(done->request, done->answer,
                               door.hub.origin.text() + " made no access token; nothing was stored",
                               "Make one yourself, and log in with it in place of the password."));
  }
  auto secret = taken_text(done->answer, "token", door.book);
  if (secret) return HubSignIn{std::move(secret), label};
  Error error;
  error.message = "the answer to a new access token holds none; nothing was stored";
  error.hint = "Look for \"" + label + "\" among your access tokens and delete it.";
  return Failure(std::move(error));
}

Result<HubSignIn> with_code(const HubDoor& door, const Secret& challenge, const LoginAsker& asker,
                            const http::Control& control) {
  const std::optional<std::string> code = asker.code ? asker.code() : std::nullopt;
  if (!code || code->empty()) return needs_code();
  auto done =
      post_texts(door, "/v2/users/2fa-login",
                 {{"login_2fa_token", challenge.reveal()}, {"code", *code}}, Sent::once, control);
  if (!done) return Failure(done.error());
  if (done->answer.response.status_code != 200) return wrong_code(door, *done);
  const auto session = taken_text(done->answer, "token", door.book);
  if (!session) return wrong_code(door, *done);
  const std::string label = token_label();
  if (auto agreed = agreed_to_token(label, asker); !agreed) return Failure(agreed.error());
  return make_token(door, *session, label, control);
}

Result<HubSignIn> with_token(const HubDoor& door, const std::string& user, std::string_view secret,
                             const http::Control& control) {
  auto done = post_texts(door, "/v2/auth/token", {{"identifier", user}, {"secret", secret}},
                         Sent::again, control);
  if (!done) return Failure(done.error());
  wipe(done->answer.body.data(), done->answer.body.size());
  if (done->answer.response.status_code != 200) return hub_refusal(door, *done, user);
  return HubSignIn{door.book.learn(secret, SecretBook::After::remembered), {}};
}

}  // namespace

Result<HubSignIn> sign_in_to_hub(const HubDoor& door, const std::string& user,
                                 std::string_view secret, const LoginAsker& asker,
                                 const http::Control& control) {
  if (kind_of_secret(secret) != "password") return with_token(door, user, secret, control);
  auto done = post_texts(door, "/v2/users/login", {{"username", user}, {"password", secret}},
                         Sent::once, control);
  if (!done) return Failure(done.error());
  const int status = done->answer.response.status_code;
  // Its route is called deprecated: one day it may be gone.
  if (status == 404 || status == 405 || status == 410)
    return with_token(door, user, secret, control);
  if (status == 401) {
    const auto challenge = taken_text(done->answer, "login_2fa_token", door.book);
    return challenge ? with_code(door, *challenge, asker, control)
                     : Result<HubSignIn>(hub_refusal(door, *done, user));
  }
  wipe(done->answer.body.data(), done->answer.body.size());
  if (status != 200) return hub_refusal(door, *done, user);
  return HubSignIn{door.book.learn(secret, SecretBook::After::remembered), {}};
}

}  // namespace dockerhub
