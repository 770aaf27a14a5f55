#include "credentials/login.hpp"

#include "base/docker_token.hpp"
#include "base/sha256.hpp"
#include "credentials/secret_base64.hpp"
#include "credentials/wiping_allocator.hpp"
#include "dockerhub/logins.hpp"

namespace dockerhub {
namespace {

void append(SecretBytes& bytes, std::string_view text) {
  bytes.insert(bytes.end(), text.begin(), text.end());
}

std::string_view view(const SecretBytes& bytes) {
  return {bytes.data(), bytes.size()};
}

}  // namespace

std::string Login::fingerprint() const {
  SecretBytes all;
  append(all, user);
  for (const auto& secret : {password, identity_token, registry_token}) {
    // A zero byte is in none of them.
    all.push_back('\0');
    if (secret) append(all, secret->reveal());
  }
  return sha256_hex(view(all));
}

void Login::set_password(std::string_view name, std::string_view secret, SecretBook& book) {
  user = name;
  password = book.learn(secret, SecretBook::After::remembered);
  SecretBytes pair;
  append(pair, name);
  pair.push_back(':');
  append(pair, secret);
  const SecretBytes encoded = secret_to_base64(view(pair));
  basic =
      SecretBook::with_scheme("Basic", book.learn(view(encoded), SecretBook::After::remembered));
}

std::string kind_of_secret(std::string_view secret) {
  for (const auto& [prefix, kind] : kDockerTokens) {
    if (secret.starts_with(prefix)) return std::string(kind);
  }
  return "password";
}

bool is_docker_token(std::string_view text) {
  return kind_of_secret(text) != "password";
}

std::shared_ptr<const Login> make_login(std::string_view user, std::string_view secret,
                                        std::string source, SecretBook& book) {
  if (secret.empty()) return nullptr;
  auto login = std::make_shared<Login>();
  login->source = std::move(source);
  if (user == "<token>") {
    login->identity_token = book.learn(secret, SecretBook::After::remembered);
  } else {
    login->set_password(user, secret, book);
  }
  return login;
}

}  // namespace dockerhub
