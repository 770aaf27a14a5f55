#include "credentials/registry_sign_in.hpp"

#include "credentials/challenge.hpp"
#include "credentials/login_request.hpp"
#include "credentials/registry_tokens.hpp"

namespace dockerhub {
namespace {

struct Asked {
  http::Request request;
  http::Answer answer;
};

Result<Asked> ask_registry(const RegistryDoor& door, std::shared_ptr<const Secret> authorization,
                           const http::Control& control) {
  http::Request request = login_request("GET", http::url_below(door.registry, "/v2/"));
  request.authorization = std::move(authorization);
  auto answer = door.fetch(request, control);
  if (!answer) return Failure(std::move(answer.error()));
  return Asked{std::move(request), std::move(*answer)};
}

Failure wants_no_login(const http::Url& registry) {
  Error error;
  error.kind = ErrorKind::unsupported;
  error.message = registry.origin.text() + " asks for no log-in; nothing was stored";
  error.hint = "Use it as it is.";
  return Failure(std::move(error));
}

Result<void> judged(const RegistryDoor& door, const Asked& asked, const Login& login) {
  if (asked.answer.response.status_code == 200) return {};
  return Failure(login_error(asked.request, asked.answer,
                             door.registry.origin.text() + " refused the log-in of " +
                                 visible(login.user) + "; nothing was stored",
                             "Check user and password or token."));
}

// "registry=service" where it has to be recorded, since it was agreed to just now.
Result<std::string> agreed_realm(const RegistryDoor& door, const http::Url& realm,
                                 const Login& login, const LoginAsker& asker) {
  const http::Origin& registry = door.registry.origin;
  if (auto usable = door.realms.check(registry, realm, nullptr); !usable)
    return Failure(usable.error());
  if (door.realms.check(registry, realm, &login)) return std::string();
  const std::string text = registry.text() + " sends log-ins to " + realm.without_query() +
                           ", another host. User and secret go there, now and from now on.";
  if (asker.agree && asker.agree(text) == Decision::approved)
    return registry.authority() + "=" + realm.origin.host;
  Error error;
  error.kind = ErrorKind::approval;
  error.message = registry.text() + " sends log-ins to " + realm.without_query() +
                  ", and nobody agreed to that; nothing was sent or stored";
  error.hint = "If that is this registry's token service, log in on a terminal, or with --yes.";
  return Failure(std::move(error));
}

Result<RegistrySignIn> by_token(const RegistryDoor& door, const Challenge& challenge,
                                const std::shared_ptr<const Login>& login, const LoginAsker& asker,
                                const http::Control& control) {
  const auto realm = http::parse_url(challenge.parameter("realm"));
  if (!realm) {
    Error error = realm.error();
    error.kind = ErrorKind::auth;
    error.message =
        door.registry.origin.text() + " names no usable token service: " + error.message;
    return Failure(std::move(error));
  }
  const auto agreed = agreed_realm(door, *realm, *login, asker);
  if (!agreed) return Failure(agreed.error());
  RegistryTokens tokens(door.fetch, Clocks(), door.book);
  const auto header =
      tokens.get({*realm, std::string(challenge.parameter("service")), login, Scopes()}, control);
  if (!header) return Failure(header.error());
  const auto asked = ask_registry(door, *header, control);
  if (!asked) return Failure(asked.error());
  if (auto good = judged(door, *asked, *login); !good) return Failure(good.error());
  return RegistrySignIn{realm->without_query(), *agreed};
}

}  // namespace

Result<RegistrySignIn> sign_in_to_registry(const RegistryDoor& door,
                                           const std::shared_ptr<const Login>& login,
                                           const LoginAsker& asker, const http::Control& control) {
  const auto first = ask_registry(door, nullptr, control);
  if (!first) return Failure(first.error());
  if (first->answer.response.status_code == 200) return wants_no_login(door.registry);
  const std::vector<Challenge> challenges = challenges_of(first->answer.response.headers);
  const Challenge* const challenge = preferred(challenges);
  if (first->answer.response.status_code != 401 || challenge == nullptr) {
    Error error;
    error.status_code = first->answer.response.status_code;
    error.message = door.registry.origin.text() +
                    " is no registry that can be logged in to (HTTP " +
                    std::to_string(error.status_code) + ")";
    error.hint = "Check the host.";
    return Failure(std::move(error));
  }
  if (challenge->scheme == "bearer") return by_token(door, *challenge, login, asker, control);
  const auto asked = ask_registry(door, login->basic, control);
  if (!asked) return Failure(asked.error());
  if (auto good = judged(door, *asked, *login); !good) return Failure(good.error());
  return RegistrySignIn{};
}

}  // namespace dockerhub
