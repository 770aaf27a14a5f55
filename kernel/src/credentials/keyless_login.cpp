#include "credentials/keyless_login.hpp"

#include "base/sha256.hpp"
#include "config/hosts.hpp"
#include "credentials/login_request.hpp"
#include "credentials/secret_json.hpp"
#include "credentials/token_answer.hpp"
#include "http/url.hpp"

namespace dockerhub {
namespace {

constexpr std::string_view kAudience = "https://identity.docker.com";
constexpr std::string_view kExchangePath = "/oauth/token";
constexpr std::string_view kGrant = "urn:ietf:params:oauth:grant-type:token-exchange";
constexpr std::string_view kIdentityType = "urn:ietf:params:oauth:token-type:id_token";

Failure incomplete(std::string message, std::string hint) {
  Error error;
  error.kind = ErrorKind::configuration;
  error.message = "no keyless log-in: " + std::move(message);
  error.hint = std::move(hint);
  return Failure(std::move(error));
}

Failure no_job() {
  return incomplete(
      "ACTIONS_ID_TOKEN_REQUEST_URL and ACTIONS_ID_TOKEN_REQUEST_TOKEN are not both set",
      "GitHub Actions sets them only in a job with \"permissions: id-token: write\". "
      "Elsewhere log in with DOCKER_HUB_TOKEN.");
}

}  // namespace

KeylessLogin::KeylessLogin(const Configuration& configuration, Fetch fetch, Clocks clocks,
                           std::shared_ptr<TokenStore> store)
    : configuration_(configuration),
      fetch_(std::move(fetch)),
      clocks_(clocks),
      cache_(std::move(clocks), std::move(store)) {}

std::string KeylessLogin::fingerprint() const {
  const auto& secrets = configuration_.impl().secrets;
  const auto token = secrets.find("account.oidc_request_token");
  const std::string of_job =
      token == secrets.end() ? std::string() : sha256_hex(token->second.reveal());
  return configuration_.text("account.user") + '\n' +
         configuration_.text("account.oidc_connection") + '\n' + of_job;
}

Result<KeylessLogin::Job> KeylessLogin::job() const {
  const Configuration::Impl& settings = configuration_.impl();
  if (configuration_.text("account.user").empty())
    return incomplete("no organization is named", "Set DOCKER_HUB_USER to its name.");
  const std::string text = configuration_.text("account.oidc_request_url");
  const auto token = settings.secrets.find("account.oidc_request_token");
  if (text.empty() || token == settings.secrets.end()) return no_job();
  // Whoever names the one could have the other sent to himself.
  if (settings.layer_of("account.oidc_request_url") !=
      settings.layer_of("account.oidc_request_token"))
    return incomplete(
        "ACTIONS_ID_TOKEN_REQUEST_URL and ACTIONS_ID_TOKEN_REQUEST_TOKEN come from two sources",
        "Leave both as GitHub Actions sets them.");
  auto url = http::parse_url(text);
  if (!url || (!url->origin.secure() && !http::is_loopback(url->origin.host)))
    return incomplete("ACTIONS_ID_TOKEN_REQUEST_URL is no address with https",
                      "Leave it as GitHub Actions sets it.");
  http::append_query(url->query, "audience", kAudience);
  return Job{std::move(*url),
             SecretBook::with_scheme("Bearer", settings.book->learn(token->second.reveal()))};
}

Result<std::shared_ptr<const Login>> KeylessLogin::get(const http::Control& control) {
  const std::string issuer =
      "keyless\n" + configuration_.text("identity.url") + '\n' + fingerprint();
  auto header = cache_.get({issuer, {}}, control, [&] { return exchange(control); });
  if (!header) return Failure(std::move(header.error()));
  const std::lock_guard<std::mutex> lock(mutex_);
  if (header_ == *header) return login_;
  auto login = std::make_shared<Login>();
  login->set_password(configuration_.text("account.user"),
                      (*header)->reveal().substr(kBearer.size()), *configuration_.impl().book);
  login->source = "keyless log-in, " + configuration_.origin("account.oidc_connection");
  login->of_settings = true;
  login->keyless = true;
  header_ = std::move(*header);
  login_ = std::move(login);
  return login_;
}

void KeylessLogin::forget() {
  const std::lock_guard<std::mutex> lock(mutex_);
  if (!header_ || !cache_.drop(header_)) return;
  header_ = nullptr;
  login_ = nullptr;
}

Result<MintedToken> KeylessLogin::exchange(const http::Control& control) {
  const auto job = this->job();
  if (!job) return Failure(job.error());
  const auto identity = this->identity(*job, control);
  if (!identity) return Failure(identity.error());
  http::Request request = exchange_request(**identity);
  Result<http::Answer> answer = fetch_(request, control);
  wipe(request.body.data(), request.body.size());
  if (!answer) return Failure(std::move(answer.error()));
  if (answer->response.status_code != 200) {
    return Failure(
        login_error(request, *answer,
                    request.url.origin.text() + " refused the keyless log-in of " +
                        visible(configuration_.text("account.user")),
                    "Check DOCKERHUB_OIDC_CONNECTIONID, and whether the organization's OIDC "
                    "connection allows this repository, branch and workflow."));
  }
  Result<TokenAnswer> read = read_token(answer->body, *configuration_.impl().book);
  if (!read) {
    Error error = read.error();
    error.message = "no token from " + request.url.origin.text() + ": " + error.message;
    return Failure(std::move(error));
  }
  if (!read->expires_in)
    read->expires_in = std::chrono::seconds(configuration_.number("account.oidc_lifetime"));
  return MintedToken{read->token, usable_time(*read, clocks_.system())};
}

Result<std::shared_ptr<const Secret>> KeylessLogin::identity(const Job& job,
                                                             const http::Control& control) {
  http::Request request = login_request("GET", job.url);
  request.authorization = job.token;
  Result<http::Answer> answer = fetch_(request, control);
  if (!answer) return Failure(std::move(answer.error()));
  if (answer->response.status_code != 200)
    return Failure(
        login_error(request, *answer, "GitHub did not say who this job is",
                    "The job's own token may be over. Check \"permissions: id-token: write\"."));
  const auto json = SecretJson::parse(answer->body);
  wipe(answer->body.data(), answer->body.size());
  const std::string_view value = json ? text_in(json->root(), "value") : std::string_view();
  if (value.empty()) {
    Error error;
    error.kind = ErrorKind::auth;
    error.message = "the answer of " + job.url.origin.text() + " does not say who this job is";
    error.hint = "Check ACTIONS_ID_TOKEN_REQUEST_URL.";
    return Failure(std::move(error));
  }
  return configuration_.impl().book->learn(value, SecretBook::After::remembered);
}

http::Request KeylessLogin::exchange_request(const Secret& identity) const {
  http::Request request = login_request(
      "POST", http::url_below(url_setting(configuration_, "identity.url"), kExchangePath));
  request.headers.set("Content-Type", "application/x-www-form-urlencoded");
  std::string form;
  http::append_query(form, "grant_type", kGrant);
  http::append_query(form, "subject_token_type", kIdentityType);
  http::append_query(form, "connection_id", configuration_.text("account.oidc_connection"));
  http::append_query(form, "expires_in",
                     std::to_string(configuration_.number("account.oidc_lifetime")));
  append_secret(form, "subject_token", identity);
  request.body = std::move(form);
  return request;
}

}  // namespace dockerhub
