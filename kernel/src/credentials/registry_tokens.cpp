#include "credentials/registry_tokens.hpp"

#include "credentials/login_request.hpp"
#include "credentials/token_answer.hpp"

namespace dockerhub {
namespace {

constexpr std::string_view kClientId = "dockerhub-api";

std::string issuer_of(const TokenRequest& request) {
  return request.realm.text() + '\n' + request.service + '\n' +
         (request.login ? request.login->fingerprint() : std::string());
}

bool posts(const TokenRequest& request) {
  return request.login && request.login->identity_token;
}

// Token services of before OAuth2 know GET alone.
bool lacks_post(const http::Answer& answer) {
  return answer.response.status_code == 404 || answer.response.status_code == 405;
}

Error refusal(const http::Request& sent, const http::Answer& answer, const TokenRequest& request) {
  const std::string service = request.realm.origin.text();
  if (!request.login) {
    return login_error(sent, answer, service + " gives no token without a log-in",
                       "Log in to that registry (dockerhub login), or set DOCKER_HUB_USER and "
                       "DOCKER_HUB_TOKEN for Docker Hub.");
  }
  const std::string who =
      request.login->user.empty() ? std::string() : " of " + visible(request.login->user);
  return login_error(sent, answer,
                     service + " refused the log-in" + who + " (" + request.login->source + ")",
                     "Check user and password or token at that source. With two-factor "
                     "authentication use an access token in place of the password.");
}

}  // namespace

RegistryTokens::RegistryTokens(Fetch fetch, Clocks clocks, std::shared_ptr<SecretBook> book,
                               std::shared_ptr<TokenStore> store)
    : fetch_(std::move(fetch)),
      clocks_(clocks),
      book_(std::move(book)),
      cache_(std::move(clocks), std::move(store)) {}

Result<TokenCache::Header> RegistryTokens::get(const TokenRequest& request,
                                               const http::Control& control) {
  return cache_.get({issuer_of(request), request.scopes, request.login != nullptr}, control,
                    [&] { return mint(request, control); });
}

Result<MintedToken> RegistryTokens::mint(const TokenRequest& request,
                                         const http::Control& control) {
  Result<http::Answer> answer = ask(request, control);
  if (!answer) return Failure(std::move(answer.error()));
  const Result<TokenAnswer> token = read_token(answer->body, *book_);
  if (!token) {
    Error error = token.error();
    error.request = (posts(request) ? "POST " : "GET ") + request.realm.path;
    error.message = "no token from " + request.realm.without_query() + ": " + error.message;
    return Failure(std::move(error));
  }
  return MintedToken{token->token, usable_time(*token, clocks_.system())};
}

Result<http::Answer> RegistryTokens::ask(const TokenRequest& request,
                                         const http::Control& control) {
  http::Request sent = posts(request) ? by_post(request) : by_get(request);
  Result<http::Answer> answer = fetch_(sent, control);
  const bool may_get = posts(request) && request.login->password;
  if (answer && may_get && lacks_post(*answer)) {
    wipe(sent.body.data(), sent.body.size());
    sent = by_get(request);
    answer = fetch_(sent, control);
  }
  wipe(sent.body.data(), sent.body.size());
  if (!answer || answer->response.status_code == 200) return answer;
  return Failure(refusal(sent, *answer, request));
}

http::Request RegistryTokens::by_get(const TokenRequest& request) const {
  http::Request sent = login_request("GET", request.realm);
  std::string& query = sent.url.query;
  if (!request.service.empty()) http::append_query(query, "service", request.service);
  for (const std::string& scope : request.scopes.parts()) http::append_query(query, "scope", scope);
  http::append_query(query, "client_id", kClientId);
  if (request.login) {
    if (!request.login->user.empty()) http::append_query(query, "account", request.login->user);
    sent.authorization = request.login->basic;
  }
  return sent;
}

http::Request RegistryTokens::by_post(const TokenRequest& request) const {
  http::Request sent = login_request("POST", request.realm);
  sent.headers.set("Content-Type", "application/x-www-form-urlencoded");
  std::string form;
  http::append_query(form, "grant_type", "refresh_token");
  if (!request.service.empty()) http::append_query(form, "service", request.service);
  http::append_query(form, "client_id", kClientId);
  if (!request.scopes.empty()) http::append_query(form, "scope", request.scopes.text());
  append_secret(form, "refresh_token", *request.login->identity_token);
  sent.body = std::move(form);
  return sent;
}

}  // namespace dockerhub
