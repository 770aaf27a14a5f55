#include "signed_tokens/verification_key.hpp"

#include <algorithm>
#include <array>

#include "base/base64.hpp"

namespace dockerhub {
namespace {

constexpr std::size_t kLongestExponent = 4;  // bytes; a longer one only makes the check slow

struct KeyForm {
  KeyKind kind;
  std::string_view type, curve;
  std::array<std::string_view, 2> members;
  std::array<std::size_t, 2> least, most;  // bytes of the members
};

constexpr auto kForms = std::to_array<KeyForm>({
    {KeyKind::rsa, "RSA", "", {"n", "e"}, {256, 1}, {1024, kLongestExponent}},
    {KeyKind::p256, "EC", "P-256", {"x", "y"}, {32, 32}, {32, 32}},
    {KeyKind::p384, "EC", "P-384", {"x", "y"}, {48, 48}, {48, 48}},
});

const KeyForm* form_of(const json::Value& jwk) {
  const auto* const found = std::find_if(kForms.begin(), kForms.end(), [&jwk](const KeyForm& form) {
    return json::text_of(jwk, "kty") == form.type && json::text_of(jwk, "crv") == form.curve;
  });
  return found == kForms.end() ? nullptr : found;
}

bool is_for_signatures(const json::Value& jwk) {
  if (json::text_of(jwk, "use", "sig") != "sig") return false;
  const json::Value* operations = json::find(jwk, "key_ops");
  if (operations == nullptr) return true;
  if (!operations->IsArray()) return false;
  const auto items = operations->GetArray();
  return std::any_of(items.begin(), items.end(), [](const json::Value& each) {
    return each.IsString() && json::view(each) == "verify";
  });
}

// Quoted; nullopt: not of the form's size.
std::optional<std::string> public_members(const json::Value& jwk, const KeyForm& form) {
  std::string text;
  for (std::size_t i = 0; i < form.members.size(); ++i) {
    const std::string_view value = json::text_of(jwk, form.members[i]);
    const auto bytes = from_base64url(value);
    if (!bytes || bytes->size() < form.least[i] || bytes->size() > form.most[i])
      return std::nullopt;
    ((text += ',') += json::quote(form.members[i])) += ':';
    text += json::quote(value);
  }
  return text;
}

constexpr std::string_view type_of(KeyKind kind) {
  return kind == KeyKind::secret ? "oct" : kind == KeyKind::rsa ? "RSA" : "EC";
}

}  // namespace

std::optional<VerificationKey> VerificationKey::from_jwk(const json::Value& jwk) {
  if (!jwk.IsObject() || !is_for_signatures(jwk)) return std::nullopt;
  const KeyForm* form = form_of(jwk);
  if (form == nullptr) return std::nullopt;
  auto members = public_members(jwk, *form);
  if (!members) return std::nullopt;
  VerificationKey key;
  key.id_ = json::text_of(jwk, "kid");
  key.kind_ = form->kind;
  key.algorithm_ = json::text_of(jwk, "alg");
  key.members_ = std::move(*members);
  if (!form->curve.empty()) key.members_ += ",\"crv\":" + json::quote(form->curve);
  return key;
}

VerificationKey VerificationKey::from_secret(std::string_view secret, SecretBook& book) {
  VerificationKey key;
  key.kind_ = KeyKind::secret;
  key.secret_bytes_ = secret.size();
  std::string encoded = to_base64url(secret);
  key.secret_ = book.learn(encoded);
  wipe(encoded.data(), encoded.size());
  return key;
}

bool VerificationKey::fits(const SignatureAlgorithm& algorithm) const {
  return algorithm.kind == kind_ && secret_bytes_ >= algorithm.least_secret &&
         (algorithm_.empty() || algorithm_ == algorithm.name);
}

std::string VerificationKey::jwk_for(const SignatureAlgorithm& algorithm) const {
  std::string text;
  const std::string_view secret = secret_ ? secret_->reveal() : std::string_view();
  text.reserve(members_.size() + secret.size() + 64);
  ((text += "{\"kty\":\"") += type_of(kind_)) += "\",\"alg\":\"";
  (text += algorithm.name) += '"';
  text += members_;
  if (secret_) ((text += ",\"k\":\"") += secret) += '"';
  return text += '}';
}

std::optional<std::vector<VerificationKey>> read_key_set(std::string_view text) {
  const auto document = json::parse(text);
  if (!document) return std::nullopt;
  const json::Value* keys = json::find(*document, "keys");
  if (keys == nullptr || !keys->IsArray()) return std::nullopt;
  std::vector<VerificationKey> usable;
  for (const json::Value& jwk : keys->GetArray()) {
    auto key = VerificationKey::from_jwk(jwk);
    if (key && usable.size() < VerificationKey::kMostKeys) usable.push_back(std::move(*key));
  }
  return usable;
}

}  // namespace dockerhub
