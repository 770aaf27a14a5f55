#include "credentials/hub_session.hpp"

#include "credentials/jwt_claims.hpp"
#include "credentials/login_request.hpp"
#include "credentials/secret_json.hpp"
#include "credentials/token_answer.hpp"

namespace dockerhub {
namespace {

constexpr std::string_view kMintPath = "/v2/auth/token";

Error refusal(const http::Request& sent, const http::Answer& answer, const Login& login) {
  if (login.keyless) {
    return login_error(
        sent, answer,
        sent.url.origin.text() + " does not take the keyless log-in of " + visible(login.user) +
            " (" + login.source + ")",
        "A keyless log-in serves registries; for Docker Hub's own API set DOCKER_HUB_TOKEN to an "
        "access token of the organization.");
  }
  if (login.stored) {
    return login_error(
        sent, answer,
        sent.url.origin.text() + " refused the log-in of " + visible(login.user) + " (" +
            login.source + ")",
        "Its password or token was changed or revoked. Log in again: " + login.log_in_again);
  }
  return login_error(
      sent, answer,
      sent.url.origin.text() + " refused the log-in of " + visible(login.user) + " (" +
          login.source + ")",
      "Check DOCKER_HUB_USER and DOCKER_HUB_TOKEN (account.user, account.secret): an "
      "access token of an organization goes with the organization's name. With "
      "two-factor authentication use an access token in place of the password.");
}

}  // namespace

HubSession::Owner::Owner(std::shared_ptr<const Login> one)
    : fingerprint(one->fingerprint()),
      login([one = std::move(one)](const http::Control&) -> Result<std::shared_ptr<const Login>> {
        return one;
      }) {}

HubSession::HubSession(Fetch fetch, Clocks clocks, std::shared_ptr<SecretBook> book, http::Url hub,
                       Owner owner, std::shared_ptr<TokenStore> store)
    : fetch_(std::move(fetch)),
      clocks_(clocks),
      book_(std::move(book)),
      hub_(std::move(hub)),
      owner_(std::move(owner)),
      key_(key_of(owner_.fingerprint)),
      cache_(std::move(clocks), std::move(store)) {}

TokenKey HubSession::key_of(const std::string& fingerprint) const {
  return {hub_.text() + '\n' + fingerprint, {}};
}

TokenCache::Header HubSession::at_hand() const {
  const std::lock_guard<std::mutex> lock(mutex_);
  return cache_.at_hand(key_);
}

Result<TokenCache::Header> HubSession::get(const http::Control& control) {
  if (!owner_.fingerprint.empty()) {
    return cache_.get(key_of(owner_.fingerprint), control, [&]() -> Result<MintedToken> {
      const auto login = owner_.login(control);
      if (!login) return Failure(login.error());
      return mint(**login, control);
    });
  }
  const auto login = owner_.login(control);
  if (!login) return Failure(login.error());
  if (!*login) return nullptr;
  auto header = get(*login, control);
  if (header || header.error().kind != ErrorKind::auth || !owner_.forget) return header;
  owner_.forget();
  const auto another = owner_.login(control);
  const bool has_changed =
      another && *another && (*another)->fingerprint() != (*login)->fingerprint();
  return has_changed ? get(*another, control) : header;
}

Result<TokenCache::Header> HubSession::get(const Found& login, const http::Control& control) {
  // Its secret, too, seals what is kept between runs.
  const TokenKey key = key_of(login->fingerprint());
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    key_ = key;
  }
  return cache_.get(key, control, [&] { return mint(*login, control); });
}

http::Request HubSession::mint_request(const Login& login) const {
  http::Request request = login_request("POST", http::url_below(hub_, kMintPath));
  request.headers.set("Content-Type", "application/json");
  request.api = "hub";
  SecretBuffer body;
  SecretWriter writer(body);
  writer.StartObject();
  put_text(writer, "identifier");
  put_text(writer, login.user);
  put_text(writer, "secret");
  put_text(writer, login.password->reveal());
  writer.EndObject();
  request.body.assign(body.GetString(), body.GetSize());
  return request;
}

Result<MintedToken> HubSession::mint(const Login& login, const http::Control& control) {
  http::Request request = mint_request(login);
  Result<http::Answer> answer = fetch_(request, control);
  wipe(request.body.data(), request.body.size());
  if (!answer) return Failure(std::move(answer.error()));
  if (answer->response.status_code != 200) return Failure(refusal(request, *answer, login));
  const Result<TokenAnswer> read = read_token(answer->body, *book_);
  if (!read) {
    Error error = read.error();
    error.request = request.method + ' ' + request.url.path;
    error.message = "no token from " + hub_.origin.text() + ": " + error.message;
    return Failure(std::move(error));
  }
  return MintedToken{read->token, usable_time(claims_of(read->token->reveal()), clocks_.system())};
}

HubAuthorizer::HubAuthorizer(std::shared_ptr<HubSession> session, http::Origin origin)
    : session_(std::move(session)), origin_(std::move(origin)) {}

Result<std::shared_ptr<const Secret>> HubAuthorizer::authorization(const http::Request& request,
                                                                   const http::Control& control) {
  if (request.url.origin != origin_) return nullptr;
  return session_->get(control);
}

Result<bool> HubAuthorizer::challenged(const http::Request&, const http::Response&,
                                       const std::shared_ptr<const Secret>& used,
                                       const http::Control&) {
  return used != nullptr && session_->drop(used);
}

Result<std::shared_ptr<const Secret>> RefusingAuthorizer::authorization(const http::Request&,
                                                                        const http::Control&) {
  return Failure(error_);
}

Result<bool> RefusingAuthorizer::challenged(const http::Request&, const http::Response&,
                                            const std::shared_ptr<const Secret>&,
                                            const http::Control&) {
  return false;
}

ReadyTokenAuthorizer::ReadyTokenAuthorizer(std::shared_ptr<const Secret> token, http::Origin origin)
    : header_(SecretBook::with_scheme("Bearer", std::move(token))), origin_(std::move(origin)) {}

Result<std::shared_ptr<const Secret>> ReadyTokenAuthorizer::authorization(
    const http::Request& request, const http::Control&) {
  if (request.url.origin != origin_) return nullptr;
  return header_;
}

Result<bool> ReadyTokenAuthorizer::challenged(const http::Request&, const http::Response&,
                                              const std::shared_ptr<const Secret>&,
                                              const http::Control&) {
  return false;
}

}  // namespace dockerhub
