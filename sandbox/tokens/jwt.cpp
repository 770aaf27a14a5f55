#include "tokens/jwt.hpp"

#include "encoding/base64.hpp"
#include "encoding/times.hpp"

namespace dockerhub::sandbox {
namespace {

std::int64_t time_claim(const json::Document& claims, std::string_view name,
                        std::int64_t fallback) {
  const json::Value* value = json::find(claims, name);
  return value != nullptr && value->IsInt64() ? value->GetInt64() : fallback;
}

}  // namespace

std::string make_jwt(const CertifiedKey& key, const JsonText& claims) {
  const JsonText header =
      JsonText::object({{"typ", "JWT"},
                        {"alg", "RS256"},
                        {"x5c", JsonText::strings({base64(key.certificate_der())})}});
  const std::string signed_part = base64url(header.text()) + '.' + base64url(claims.text());
  return signed_part + '.' + base64url(key.sign(signed_part));
}

std::optional<json::Document> read_jwt(const CertifiedKey& key, std::string_view token) {
  const std::size_t first = token.find('.');
  const std::size_t last = token.rfind('.');
  if (first == std::string_view::npos || first == last) return std::nullopt;
  const auto signature = from_base64url(token.substr(last + 1));
  if (!signature || !key.verify(token.substr(0, last), *signature)) return std::nullopt;
  const auto payload = from_base64url(token.substr(first + 1, last - first - 1));
  if (!payload) return std::nullopt;
  Result<json::Document> claims = json::parse(*payload);
  if (!claims || !claims->IsObject()) return std::nullopt;
  const UnixTime time = now();
  if (time_claim(*claims, "exp", 0) <= time || time_claim(*claims, "nbf", 0) > time)
    return std::nullopt;
  return *std::move(claims);
}

}  // namespace dockerhub::sandbox
