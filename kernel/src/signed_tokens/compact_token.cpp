#include "signed_tokens/compact_token.hpp"

#include <algorithm>
#include <array>
#include <vector>

#include "base/base64.hpp"

namespace dockerhub {
namespace {

// RFC 7519, 5.1, and RFC 9068, 2.1.
constexpr std::array<std::string_view, 3> kTypes = {"jwt", "at+jwt", "application/at+jwt"};

bool has_each_name_once(const json::Value& object) {
  std::vector<std::string_view> names;
  names.reserve(object.MemberCount());
  for (const auto& member : object.GetObject()) names.push_back(json::view(member.name));
  std::sort(names.begin(), names.end());
  return std::adjacent_find(names.begin(), names.end()) == names.end();
}

std::optional<json::Document> read_object(std::string_view part) {
  const auto text = from_base64url(part);
  if (!text) return std::nullopt;
  auto document = json::parse(*text);
  if (!document || !document->IsObject() || !has_each_name_once(*document)) return std::nullopt;
  return std::move(*document);
}

bool is_access_token(const json::Value& header) {
  const json::Value* type = json::find(header, "typ");
  if (type == nullptr) return true;
  if (!type->IsString()) return false;
  std::string name(json::view(*type));
  for (char& letter : name) {
    if (letter >= 'A' && letter <= 'Z') letter = static_cast<char>(letter - 'A' + 'a');
  }
  return std::find(kTypes.begin(), kTypes.end(), name) != kTypes.end();
}

}  // namespace

std::optional<TokenParts> token_parts(std::string_view token) {
  const std::size_t first = token.find('.');
  if (first == std::string_view::npos) return std::nullopt;
  const std::size_t second = token.find('.', first + 1);
  if (second == std::string_view::npos || token.find('.', second + 1) != std::string_view::npos)
    return std::nullopt;
  return TokenParts{token.substr(0, first), token.substr(first + 1, second - first - 1),
                    token.substr(second + 1)};
}

std::optional<TokenHeader> read_token_header(std::string_view part) {
  const auto header = read_object(part);
  if (!header || json::find(*header, "crit") != nullptr || !is_access_token(*header))
    return std::nullopt;
  return TokenHeader{std::string(json::text_of(*header, "alg")),
                     std::string(json::text_of(*header, "kid"))};
}

std::optional<json::Document> read_claims(std::string_view part) {
  return read_object(part);
}

}  // namespace dockerhub
