#include "signed_tokens/signature_algorithm.hpp"

#include <algorithm>
#include <array>

namespace dockerhub {
namespace {

constexpr auto kAlgorithms = std::to_array<SignatureAlgorithm>({
    {"RS256", KeyKind::rsa},
    {"RS384", KeyKind::rsa},
    {"RS512", KeyKind::rsa},
    {"PS256", KeyKind::rsa},
    {"PS384", KeyKind::rsa},
    {"PS512", KeyKind::rsa},
    {"ES256", KeyKind::p256},
    {"ES384", KeyKind::p384},
    {"HS256", KeyKind::secret, 32},
    {"HS384", KeyKind::secret, 48},
    {"HS512", KeyKind::secret, 64},
});

}  // namespace

std::span<const SignatureAlgorithm> signature_algorithms() {
  return kAlgorithms;
}

const SignatureAlgorithm* find_algorithm(std::string_view name) {
  const auto* const found =
      std::find_if(kAlgorithms.begin(), kAlgorithms.end(),
                   [name](const SignatureAlgorithm& each) { return each.name == name; });
  return found == kAlgorithms.end() ? nullptr : found;
}

std::vector<std::string> algorithm_names() {
  std::vector<std::string> names;
  for (const SignatureAlgorithm& each : kAlgorithms) names.emplace_back(each.name);
  return names;
}

}  // namespace dockerhub
