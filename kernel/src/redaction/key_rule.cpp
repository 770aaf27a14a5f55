#include "redaction/key_rule.hpp"

#include <algorithm>
#include <array>

namespace dockerhub {
namespace {

// In lower case and without the marks between words.
constexpr std::array<std::string_view, 18> kSecretKeys = {
    "accesstoken",   "apikey",        "auth",   "authorization", "clientsecret", "cookie",
    "idtoken",       "identitytoken", "jwt",    "password",      "privatekey",   "refreshtoken",
    "registrytoken", "scimtoken",     "secret", "sessiontoken",  "setcookie",    "token"};

constexpr std::size_t longest() {
  std::size_t size = 0;
  for (const std::string_view key : kSecretKeys) size = std::max(size, key.size());
  return size;
}

}  // namespace

bool is_secret_key(std::string_view key) {
  std::array<char, longest()> folded{};
  std::size_t size = 0;
  for (const char c : key) {
    if (c == '_' || c == '-') continue;
    if (size == folded.size()) return false;
    folded[size++] = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  }
  const std::string_view name(folded.data(), size);
  return std::find(kSecretKeys.begin(), kSecretKeys.end(), name) != kSecretKeys.end();
}

}  // namespace dockerhub
