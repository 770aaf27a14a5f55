#include "credentials/credentials.hpp"

#include <mutex>

#include "base/time_text.hpp"
#include "credentials/account.hpp"
#include "credentials/anonymous_reads.hpp"
#include "credentials/hub_session.hpp"
#include "credentials/jwt_claims.hpp"
#include "credentials/keyless_login.hpp"
#include "credentials/login_request.hpp"
#include "credentials/refusal_report.hpp"
#include "credentials/registry_authorizer.hpp"
#include "credentials/token_answer.hpp"
#include "credentials/token_store.hpp"

namespace dockerhub {
namespace {

Fetch fetch_by(http::Client& client) {
  return [&client](http::Request request, const http::Control& control) {
    return client.fetch(std::move(request), control, kLoginAnswerLimit);
  };
}

void add_claims(Identity& identity, std::string_view token) {
  const std::optional<JwtClaims> claims = claims_of(token);
  if (!claims) return;
  identity.claims = claims->shown;
  if (identity.name.empty()) identity.name = claims->name;
  if (claims->expires_at) identity.expires_at = time_of(*claims->expires_at);
}

std::string account_name(const std::string& name) {
  return name.empty() ? "token" : name;
}

}  // namespace

struct Credentials::Impl {
  using Warn = std::function<void(std::string_view)>;

  Impl(const Configuration& configuration, const Fetch& fetch, Log log_lines)
      : log(std::move(log_lines)),
        warning([log = log](std::string_view text) { log(LogLevel::warning, text); }),
        account(std::make_shared<const Account>(configuration)),
        store(TokenStore::of(configuration, warning)),
        report(std::make_shared<RefusalReport>(warning)),
        keyless(std::make_shared<KeylessLogin>(configuration, fetch, Clocks(), store)),
        stored(std::make_shared<StoredLogin>(configuration, account->stored_name(),
                                             account->stored(), warning)),
        registries(std::make_shared<RegistryAccess>(configuration, account, fetch, Clocks(),
                                                    warning, keyless, store, stored)) {
    for (const Surface surface : {Surface::hub, Surface::scim, Surface::scout}) {
      const auto credential = account->for_surface(surface);
      if (session || !credential || credential->token) continue;
      session =
          std::make_shared<HubSession>(fetch, Clocks(), configuration.impl().book,
                                       account->base_url(Surface::hub), owner(*credential), store);
    }
    if (session && configuration.flag("account.anonymous_reads")) {
      anonymous_reads = std::make_shared<AnonymousReads>(
          std::make_shared<HubAuthorizer>(session, account->base_url(Surface::hub).origin),
          warning);
    }
  }

  HubSession::Owner owner(const SurfaceCredential& credential) const {
    if (credential.login) return credential.login;
    if (credential.kind == CredentialSource::Kind::stored) {
      return {{},
              [stored = stored](const http::Control& control) { return stored->get(control); },
              [stored = stored] { stored->forget(); }};
    }
    return {"keyless\n" + keyless->fingerprint(),
            [keyless = keyless](const http::Control& control) { return keyless->get(control); }};
  }

  std::shared_ptr<http::Authorizer> authorizer(Surface surface) {
    warn();
    if (auto error = account->misplaced(surface))
      return std::make_shared<RefusingAuthorizer>(std::move(*error));
    const auto credential = account->for_surface(surface);
    if (!credential) return nullptr;
    const http::Origin origin = account->base_url(surface).origin;
    std::shared_ptr<http::Authorizer> inner;
    if (credential->token) {
      inner = std::make_shared<ReadyTokenAuthorizer>(credential->token, origin);
    } else if (surface == Surface::hub && anonymous_reads) {
      inner = anonymous_reads;
    } else {
      inner = std::make_shared<HubAuthorizer>(session, origin);
    }
    const auto whose = [name = credential->origin] { return name; };
    return std::make_shared<ReportingAuthorizer>(inner, report,
                                                 ReportingAuthorizer::Told{whose, true});
  }

  std::string registry_account(const http::Origin& origin) const {
    if (account->keyless_for_registry(origin)) return account->user();
    const auto login = registries->logins.known(origin);
    if (login) return account_name(login->user);
    const bool is_stored =
        account->stored() && account->stored_for_registry(origin) && !stored->is_gone();
    return is_stored ? account->stored()->user : std::string();
  }

  // A stored account whose secret is gone is nobody.
  std::optional<SurfaceCredential> credential_of(Surface surface) const {
    auto credential = account->for_surface(surface);
    const bool is_gone =
        credential && credential->kind == CredentialSource::Kind::stored && stored->is_gone();
    return is_gone ? std::nullopt : credential;
  }

  // When a credential is first asked for, so that programs that need none say nothing.
  void warn() {
    std::call_once(warned, [this] {
      for (const std::string& text : account->warnings()) log(LogLevel::warning, text);
    });
  }

  Log log;
  Warn warning;
  std::shared_ptr<const Account> account;
  std::shared_ptr<TokenStore> store;  // nullptr: nothing outlives this process
  std::shared_ptr<RefusalReport> report;
  std::shared_ptr<KeylessLogin> keyless;
  std::shared_ptr<StoredLogin> stored;
  std::shared_ptr<RegistryAccess> registries;
  std::shared_ptr<HubSession> session;  // where user and secret are exchanged for a token
  std::shared_ptr<AnonymousReads> anonymous_reads;  // nullptr: a log-in that fails ends the call
  std::once_flag warned;
};

Credentials::Credentials(const Configuration& configuration, http::Client& client, Log log)
    : Credentials(configuration, fetch_by(client), std::move(log)) {}

Credentials::Credentials(const Configuration& configuration, const Fetch& fetch, Log log)
    : impl_(std::make_unique<Impl>(configuration, fetch, std::move(log))) {}

Credentials::~Credentials() = default;

std::shared_ptr<http::Authorizer> Credentials::hub() {
  return impl_->authorizer(Surface::hub);
}

std::shared_ptr<http::Authorizer> Credentials::scim() {
  return impl_->authorizer(Surface::scim);
}

std::shared_ptr<http::Authorizer> Credentials::scout() {
  return impl_->authorizer(Surface::scout);
}

std::shared_ptr<http::Authorizer> Credentials::registry(const http::Origin& origin,
                                                        std::string_view scope) {
  impl_->warn();
  const auto whose = [this, origin] {
    const std::string account = impl_->registry_account(origin);
    return account.empty() ? account : account + " at " + origin.text();
  };
  return std::make_shared<ReportingAuthorizer>(
      std::make_shared<RegistryAuthorizer>(impl_->registries, origin, scope), impl_->report,
      ReportingAuthorizer::Told{whose, false});
}

Identity Credentials::identity() const {
  Identity identity;
  const auto credential = impl_->credential_of(Surface::hub);
  if (!credential) return identity;
  identity.authenticated = true;
  if (credential->token) {
    identity.kind = "jwt";
    add_claims(identity, credential->token->reveal());
    return identity;
  }
  if (credential->kind == CredentialSource::Kind::stored) {
    identity.kind = credential->secret_kind.empty() ? "password" : credential->secret_kind;
  } else {
    identity.kind =
        credential->login ? kind_of_secret(credential->login->password->reveal()) : "oidc";
  }
  identity.name = credential->user;
  if (const auto header = impl_->session->at_hand())
    add_claims(identity, header->reveal().substr(kBearer.size()));
  return identity;
}

Result<void> Credentials::sign_in(const http::Control& control) {
  if (auto error = impl_->account->misplaced(Surface::hub)) return Failure(std::move(*error));
  const auto credential = impl_->account->for_surface(Surface::hub);
  if (!credential || credential->token) return {};
  if (auto token = impl_->session->get(control); !token) return Failure(token.error());
  return {};
}

std::string Credentials::account_of(std::string_view surface, const http::Origin& origin) const {
  const Surface of = surface_of(surface);
  if (of == Surface::registry) return impl_->registry_account(origin);
  const auto credential = impl_->credential_of(of);
  if (!credential) return {};
  if (!credential->token) return account_name(credential->user);
  const std::optional<JwtClaims> claims = claims_of(credential->token->reveal());
  return account_name(claims ? claims->name : std::string());
}

}  // namespace dockerhub
