#include "dockerhub/signed_tokens.hpp"

#include <algorithm>

#include "config/configuration_impl.hpp"
#include "config/values.hpp"
#include "http/document.hpp"
#include "signed_tokens/claim_rules.hpp"
#include "signed_tokens/compact_token.hpp"
#include "signed_tokens/key_ring.hpp"

namespace dockerhub {
namespace {

constexpr std::size_t kLongestToken = std::size_t{16} * 1024;
constexpr std::size_t kLongestHeader = std::size_t{2} * 1024;
constexpr std::size_t kLargestKeySet = std::size_t{256} * 1024;
constexpr std::chrono::seconds kFetchTime{10};
// Of a token that does not say its key: as many signatures are tried.
constexpr std::size_t kMostTries = 4;
constexpr std::size_t kShortestSecret = 32;
constexpr std::size_t kLongestSecret = 1024;  // libjose takes no longer one

using Algorithms = std::vector<const SignatureAlgorithm*>;

// Whose token it may be. The parts are views into the token.
struct Candidate {
  TokenParts parts;
  const SignatureAlgorithm* algorithm;
  std::vector<const VerificationKey*> keys;
};

Result<Algorithms> accepted_algorithms(const SignedTokenRules& rules) {
  Algorithms accepted;
  for (const std::string& name : rules.algorithms) {
    const SignatureAlgorithm* algorithm = find_algorithm(name);
    if (algorithm != nullptr) {
      accepted.push_back(algorithm);
      continue;
    }
    const std::string meant = likely(name, algorithm_names());
    return refused("'" + visible(name) + "' is no algorithm for signed tokens",
                   meant.empty() ? "Give one of RS256, PS256, ES256, HS256 or their longer kin."
                                 : "Did you mean " + meant + "?");
  }
  if (!accepted.empty()) return accepted;
  for (const SignatureAlgorithm& each : signature_algorithms()) accepted.push_back(&each);
  return accepted;
}

Result<VerificationKey> read_public_key(const JoseLibrary& jose, std::string_view pem) {
  const auto text = jose.jwk_of_pem(pem);
  const auto jwk = text ? json::parse(*text) : Result<json::Document>(Failure(Error{}));
  auto key = jwk ? VerificationKey::from_jwk(*jwk) : std::nullopt;
  if (key) return std::move(*key);
  return refused(
      "the public key for signed tokens is none that can be used",
      "Give a PEM text (BEGIN PUBLIC KEY) of RSA with 2048 bits or more, P-256 or P-384.");
}

Result<VerificationKey> read_secret_key(const Configuration& configuration,
                                        const std::string& setting) {
  const auto& secrets = configuration.impl().secrets;
  const auto found = secrets.find(setting);
  const std::string_view secret =
      found == secrets.end() ? std::string_view() : std::string_view(found->second.reveal());
  // With a public key as the secret everybody could sign.
  if (secret.find("-----BEGIN") != secret.npos) {
    return refused(setting + " is a key in PEM, which is no secret for HS256",
                   "Give a public key as MCP_TOKEN_PUBLIC_KEY.");
  }
  if (secret.size() >= kShortestSecret && secret.size() <= kLongestSecret)
    return VerificationKey::from_secret(secret, *configuration.impl().book);
  return refused(setting + " has not 32 to 1024 bytes", "Use another one: openssl rand -hex 32.");
}

Result<VerificationKey> read_fixed_key(const Configuration& configuration,
                                       const SignedTokenRules& rules, const JoseLibrary& jose) {
  return rules.secret.empty() ? read_public_key(jose, rules.public_key)
                              : read_secret_key(configuration, rules.secret);
}

// Leaves the algorithms that such a key can be for; a key set that everybody may read has no secrets.
template <typename Fits>
Result<void> keep_fitting(Algorithms& algorithms, Fits fits) {
  algorithms.erase(std::remove_if(algorithms.begin(), algorithms.end(),
                                  [&](const SignatureAlgorithm* each) { return !fits(*each); }),
                   algorithms.end());
  if (!algorithms.empty()) return {};
  return refused("the key for signed tokens fits none of the accepted algorithms",
                 "HS wants a secret (HS384 one of 48 bytes, HS512 of 64), RS and PS an RSA key, "
                 "ES256 one of P-256, ES384 one of P-384.");
}

std::string_view refusal_of(const Candidate& candidate, const KeyRing::Keys& keys) {
  if (candidate.algorithm == nullptr) return "the token's algorithm is not accepted";
  if (keys->empty()) return SignedTokens::kNoKeys;
  return "the token's key is not known";
}

std::int64_t seconds_now() {
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  return std::chrono::duration_cast<std::chrono::seconds>(now).count();
}

}  // namespace

struct DOCKERHUB_HIDDEN SignedTokens::Impl {
  SignedTokenRules rules;
  const JoseLibrary* jose = nullptr;
  Algorithms algorithms;
  std::unique_ptr<KeyRing> ring;

  Result<void> set_keys(const Configuration& configuration, const SignedTokenRules& given);
  // nullopt: no token.
  std::optional<Candidate> candidate(std::string_view token, const KeyRing::Keys& keys) const;
  bool is_signed(const Candidate& candidate) const;
};

Result<void> SignedTokens::Impl::set_keys(const Configuration& configuration,
                                          const SignedTokenRules& given) {
  if (!given.keys_url.empty()) {
    const auto url = http::safe_address(given.keys_url);
    if (!url) return Failure(url.error());
    if (url->origin.scheme == "https" && !configuration.flag("tls.verify")) {
      return refused("the keys for signed tokens cannot be had from a server that is not verified",
                     "Unset DOCKERHUB_SSL_VERIFY; name a CA of your own in SSL_CERT_FILE.");
    }
    ring = std::make_unique<KeyRing>();
    return keep_fitting(algorithms, [](const SignatureAlgorithm& algorithm) {
      return algorithm.kind != KeyKind::secret;
    });
  }
  auto key = read_fixed_key(configuration, given, *jose);
  if (!key) return Failure(std::move(key.error()));
  ring = std::make_unique<KeyRing>(std::vector<VerificationKey>{*key});
  return keep_fitting(algorithms,
                      [&](const SignatureAlgorithm& algorithm) { return key->fits(algorithm); });
}

std::optional<Candidate> SignedTokens::Impl::candidate(std::string_view token,
                                                       const KeyRing::Keys& keys) const {
  if (token.size() > kLongestToken) return std::nullopt;
  const auto parts = token_parts(token);
  if (!parts || parts->header.size() > kLongestHeader) return std::nullopt;
  const auto header = read_token_header(parts->header);
  if (!header) return std::nullopt;
  Candidate found{*parts, find_algorithm(header->algorithm), {}};
  if (std::find(algorithms.begin(), algorithms.end(), found.algorithm) == algorithms.end())
    found.algorithm = nullptr;
  if (found.algorithm == nullptr) return found;
  for (const VerificationKey& key : *keys) {
    // A fixed key has no name, and so no other either.
    const bool named = header->key_id.empty() || key.id().empty() || key.id() == header->key_id;
    if (named && key.fits(*found.algorithm) && found.keys.size() < kMostTries)
      found.keys.push_back(&key);
  }
  return found;
}

bool SignedTokens::Impl::is_signed(const Candidate& candidate) const {
  return std::any_of(candidate.keys.begin(), candidate.keys.end(), [&](const VerificationKey* key) {
    std::string jwk = key->jwk_for(*candidate.algorithm);
    const bool good = jose->verify(jwk, candidate.parts);
    wipe(jwk.data(), jwk.size());
    return good;
  });
}

SignedTokens::SignedTokens(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
SignedTokens::~SignedTokens() = default;

Result<std::unique_ptr<SignedTokens>> SignedTokens::create(const Configuration& configuration,
                                                           SignedTokenRules rules) {
  if (rules.issuer.empty() || rules.audience.empty())
    return refused("signed tokens need an issuer and an audience", "Name both.");
  auto impl = std::make_unique<Impl>();
  auto algorithms = accepted_algorithms(rules);
  if (!algorithms) return Failure(std::move(algorithms.error()));
  impl->algorithms = std::move(*algorithms);
  const auto jose = load_jose_library();
  if (!jose) return Failure(jose.error());
  impl->jose = *jose;
  if (auto done = impl->set_keys(configuration, rules); !done) return Failure(done.error());
  impl->rules = std::move(rules);
  return std::unique_ptr<SignedTokens>(new SignedTokens(std::move(impl)));
}

SignedTokens::Need SignedTokens::need(std::string_view token) {
  const auto now = KeyRing::Clock::now();
  const auto keys = impl_->ring->keys(now);
  const auto candidate = impl_->candidate(token, keys);
  // For what is refused whatever the keys are, none are fetched.
  if (!candidate || candidate->algorithm == nullptr) return {};
  return impl_->ring->need(!candidate->keys.empty(), now);
}

void SignedTokens::keys_not_fetched() {
  impl_->ring->put(std::nullopt, KeyRing::Clock::now());
}

Result<void> SignedTokens::fetch_keys(const Kernel& kernel, const std::stop_token& stop) {
  const std::string& url = impl_->rules.keys_url;
  const auto text = kernel.fetch_public(url, kLargestKeySet, kFetchTime, stop);
  auto keys = text ? read_key_set(*text) : std::nullopt;
  const bool usable = keys && !keys->empty();
  impl_->ring->put(std::move(keys), KeyRing::Clock::now());
  if (!text) return Failure(text.error());
  if (usable) return {};
  return refused(visible(url) + " has no key that can be used",
                 "It has to be a key set (RFC 7517) with RSA or EC keys for signatures.");
}

tl::expected<SignedToken, std::string_view> SignedTokens::check(std::string_view token) {
  const auto keys = impl_->ring->keys(KeyRing::Clock::now());
  const auto candidate = impl_->candidate(token, keys);
  if (!candidate) return TokenRefused("it is no signed token");
  if (candidate->keys.empty()) return TokenRefused(refusal_of(*candidate, keys));
  if (!impl_->is_signed(*candidate)) {
    impl_->ring->doubt();
    return TokenRefused("the token's signature is wrong");
  }
  const auto claims = read_claims(candidate->parts.payload);
  if (!claims) return TokenRefused("the token's claims cannot be read");
  return check_claims(*claims, impl_->rules.issuer, impl_->rules.audience, seconds_now());
}

}  // namespace dockerhub
