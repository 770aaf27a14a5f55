// Files of logins: the first byte chooses the form, the rest is the file. No input may crash or hang; errors name the
// file and show nothing of it; each secret of a login that was found is known to redaction.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "credentials/login_file.hpp"

namespace {

using namespace dockerhub;

void require(bool holds) {
  if (!holds) std::abort();
}

bool knows(const SecretBook& book, const std::shared_ptr<const Secret>& secret) {
  if (!secret) return true;
  const auto known = book.known();
  return std::any_of(known->values.begin(), known->values.end(),
                     [&](const Secret& each) { return each.reveal() == secret->reveal(); });
}

void check(std::string_view text, LoginFileKind kind, const LoginTarget& target) {
  SecretBook book;
  const auto found = find_login(text, kind, target, "the file", book);
  if (!found) {
    require(found.error().kind == ErrorKind::configuration);
    require(found.error().message.substr(0, 10) == "the file: ");
    require(visible(found.error().message) == found.error().message);
    return;
  }
  require(!found->server.empty());
  if (!found->login) return;
  const Login& login = *found->login;
  require(login.password || login.identity_token || login.registry_token);
  require(login.fingerprint().size() == 64);
  require(knows(book, login.password) && knows(book, login.identity_token) &&
          knows(book, login.registry_token));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0 || size > 64 * 1024) return 0;
  const std::string_view text(reinterpret_cast<const char*>(data) + 1, size - 1);
  const LoginFileKind kind = data[0] == 'a' ? LoginFileKind::auth_json : LoginFileKind::config_json;
  for (const char* const registry : {"https://registry-1.docker.io", "https://r.example:5000"})
    check(text, kind, {http::parse_url(registry).value().origin, "team/app"});
  return 0;
}
