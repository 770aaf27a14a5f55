#include "authenticator.hpp"

#include <nettle/memops.h>

#include "scopes.hpp"

namespace dockerhub::server {
namespace {

constexpr std::string_view kScheme = "Bearer ";

// RFC 6750, 2.1: b64token.
bool has_token_form(std::string_view token) {
  static constexpr std::string_view kLetters =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~+/=";
  return !token.empty() && token.find_first_not_of(kLetters) == token.npos;
}

tl::unexpected<web::Response> malformed(const char* text) {
  web::Response response = web::text_response(web::status::kBadRequest, text);
  response.headers.emplace_back("WWW-Authenticate", "Bearer error=\"invalid_request\"");
  return tl::unexpected(std::move(response));
}

}  // namespace

web::Response Authenticator::more_scopes(Effect needed) const {
  return insufficient_scope(scopes_for(needed));
}

tl::expected<std::optional<std::string>, web::Response> bearer_token(const web::Request& request) {
  const std::string* header = request.header("Authorization");
  if (header == nullptr) return std::nullopt;
  if (request.count("Authorization") != 1) return malformed("There are two authorizations.\n");
  const std::string_view text = *header;
  if (!web::same_name(text.substr(0, kScheme.size()), kScheme)) {
    return malformed("The authorization has to be a bearer token.\n");
  }
  const std::string_view token = text.substr(kScheme.size());
  if (!has_token_form(token)) return malformed("The bearer token has a form that none has.\n");
  return std::string(token);
}

bool same_secret(std::string_view one, std::string_view other) {
  return one.size() == other.size() && memeql_sec(one.data(), other.data(), one.size()) != 0;
}

}  // namespace dockerhub::server
