#include "make_authenticator.hpp"

#include "local_bearer.hpp"
#include "signed_bearer.hpp"
#include "static_tokens.hpp"

namespace dockerhub::server {

namespace {

Result<std::unique_ptr<Authenticator>> make_signed_bearer(const Reach& reach,
                                                          const SettingNames& names,
                                                          const LoginParts& parts) {
  auto tokens = SignedTokens::create(parts.kernel.configuration(), reach.tokens.rules);
  if (!tokens) return Failure(tokens.error());
  return std::make_unique<SignedBearer>(
      SignedBearer::Parts{std::move(*tokens), reach.tokens.rules.issuer, parts.kernel,
                          parts.workers, std::string(parts.program)},
      ProtectedResource(reach.tokens, names.path), reach.tokens.required_scopes,
      reach.tokens.confirms);
}

}  // namespace

Result<std::unique_ptr<Authenticator>> make_authenticator(const Reach& reach,
                                                          const SettingNames& names,
                                                          const LoginParts& parts) {
  if (reach.auth == "jwt" || reach.auth == "remote-oauth")
    return make_signed_bearer(reach, names, parts);
  if (reach.auth == "static") {
    auto tokens = read_static_tokens(reach.static_tokens, names.static_token_variable);
    if (!tokens) return Failure(tokens.error());
    return std::make_unique<StaticTokens>(std::move(*tokens));
  }
  // Over a Unix socket, or where all may do all, nobody needs the bearer.
  const std::string variable(names.auth_variable);
  if (reach.allow_unauthenticated || reach.address.is_unix()) {
    return std::make_unique<NoAuthentication>(std::string(), std::filesystem::path(),
                                              reach.allow_unauthenticated, variable);
  }
  const std::filesystem::path file = local_bearer_file(names.section);
  auto bearer = local_bearer(file);
  if (!bearer) return Failure(bearer.error());
  return std::make_unique<NoAuthentication>(std::move(*bearer), file, false, variable);
}

}  // namespace dockerhub::server
