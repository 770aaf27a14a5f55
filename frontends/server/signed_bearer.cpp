#include "signed_bearer.hpp"

#include <algorithm>
#include <cstdio>

#include "scopes.hpp"

namespace dockerhub::server {

std::vector<std::string> SignedBearer::needed_scopes(Effect effect) const {
  std::vector<std::string> scopes = required_scopes_;
  for (std::string& scope : scopes_for(effect)) scopes.push_back(std::move(scope));
  return scopes;
}

std::optional<Confirm> SignedBearer::confirm_for(const std::string& subject) const {
  const auto found = confirms_.find(subject);
  if (found == confirms_.end()) return std::nullopt;
  return found->second;
}

// reason: empty where no token was shown.
web::Response SignedBearer::refusal(std::string_view reason) const {
  std::string parameters;
  if (!reason.empty()) parameters = ", error_description=\"" + std::string(reason) + "\"";
  parameters += ", scope=\"" + scope_list(needed_scopes(Effect::read)) + "\"";
  parameters += resource_.parameter();
  return unauthorized(!reason.empty(), parameters);
}

// A client that heard that its token is wrong would throw it away.
web::Response SignedBearer::not_now() {
  web::Response response = web::text_response(
      web::status::kUnavailable, "The keys of the issuer cannot be had. Try again in a moment.\n");
  response.headers.emplace_back("Retry-After", "5");
  return response;
}

web::Response SignedBearer::more_scopes(Effect needed) const {
  return insufficient_scope(needed_scopes(needed), resource_.parameter());
}

bool SignedBearer::must_wait(const web::Request& request) const {
  const auto token = bearer_token(request);
  if (!token || !*token) return false;
  const SignedTokens::Need need = parts_.tokens->need(**token);
  // Where no worker is free the keys are asked for again a little later.
  const auto fetch = [tokens = parts_.tokens, &kernel = parts_.kernel, stop = stop_.get_token(),
                      program = parts_.program] {
    const auto done = tokens->fetch_keys(kernel, stop);
    if (done || stop.stop_requested()) return;
    std::fprintf(stderr, "%s: the keys for signed tokens: %s\n", program.c_str(),
                 visible(done.error().message).c_str());
  };
  if (need.fetch && !parts_.workers.submit(fetch)) {
    parts_.tokens->keys_not_fetched();
    return false;
  }
  return need.wait;
}

tl::expected<Principal, web::Response> SignedBearer::authenticate(
    const web::Request& request) const {
  const auto shown = bearer_token(request);
  if (!shown) return tl::unexpected(shown.error());
  if (!*shown) return tl::unexpected(refusal({}));
  const auto token = parts_.tokens->check(**shown);
  if (!token && token.error() == SignedTokens::kNoKeys) return tl::unexpected(not_now());
  if (!token) return tl::unexpected(refusal(token.error()));
  if (!is_plain_name(token->subject))
    return tl::unexpected(refusal("the token's subject has a form that is kept for limits"));
  const auto has = [&](const std::string& scope) {
    return std::find(token->scopes.begin(), token->scopes.end(), scope) != token->scopes.end();
  };
  const auto most = most_of(token->scopes);
  if (!most || !std::all_of(required_scopes_.begin(), required_scopes_.end(), has))
    return tl::unexpected(more_scopes(Effect::read));
  // Who a subject is the issuer says: another one may mean somebody else by it.
  return Principal{parts_.issuer + ' ' + token->subject, *most, true, confirm_for(token->subject)};
}

std::string SignedBearer::advice() const {
  return "Ask the issuer for a token whose scopes allow it (dockerhub:read, dockerhub:write, "
         "dockerhub:destructive).";
}

}  // namespace dockerhub::server
