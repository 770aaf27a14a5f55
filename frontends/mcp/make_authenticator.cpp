#include "make_authenticator.hpp"

#include "local_bearer.hpp"
#include "signed_bearer.hpp"
#include "static_tokens.hpp"

namespace dockerhub::mcp {

namespace {

Result<std::unique_ptr<Authenticator>> make_signed_bearer(const ServerSettings& settings,
                                                          const Kernel& kernel,
                                                          WorkerPool& workers) {
  auto tokens = SignedTokens::create(kernel.configuration(), settings.tokens.rules);
  if (!tokens) return Failure(tokens.error());
  return std::make_unique<SignedBearer>(
      SignedBearer::Parts{std::move(*tokens), settings.tokens.rules.issuer, kernel, workers},
      ProtectedResource(settings.tokens, settings.path()), settings.tokens.required_scopes);
}

}  // namespace

Result<std::unique_ptr<Authenticator>> make_authenticator(const ServerSettings& settings,
                                                          const Kernel& kernel,
                                                          WorkerPool& workers) {
  if (settings.auth == "jwt" || settings.auth == "remote-oauth")
    return make_signed_bearer(settings, kernel, workers);
  if (settings.auth == "static") {
    auto tokens = read_static_tokens(settings.static_tokens);
    if (!tokens) return Failure(tokens.error());
    return std::make_unique<StaticTokens>(std::move(*tokens));
  }
  // Over a Unix socket, or where all may do all, nobody needs the bearer.
  if (settings.allow_unauthenticated || settings.address.is_unix()) {
    return std::make_unique<NoAuthentication>(std::string(), std::filesystem::path(),
                                              settings.allow_unauthenticated);
  }
  const std::filesystem::path file = local_bearer_file();
  auto bearer = local_bearer(file);
  if (!bearer) return Failure(bearer.error());
  return std::make_unique<NoAuthentication>(std::move(*bearer), file, false);
}

}  // namespace dockerhub::mcp
