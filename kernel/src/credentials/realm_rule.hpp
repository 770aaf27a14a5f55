// Which token service ("realm") a registry may send us to. A registry can name any: with a credential only one
// that is known to be that registry's is asked (docs/credentials.md, "Which token service"). Immutable; any
// thread.
#pragma once

#include <string>
#include <vector>

#include "credentials/account.hpp"
#include "dockerhub/kernel.hpp"
#include "http/url.hpp"

namespace dockerhub {

class RealmRule {
 public:
  RealmRule(const Configuration& configuration, std::shared_ptr<const Account> account);

  // `login`: what would be sent there; nullptr: nothing. The error (ErrorKind::auth) names registry, realm and
  // what would allow it.
  Result<void> check(const http::Origin& registry, const http::Url& realm,
                     const Login* login) const;

 private:
  bool is_its_own(const http::Origin& registry, const http::Url& realm, const Login* login) const;

  std::shared_ptr<const Account> account_;
  http::Url auth_url_;
  std::vector<std::string> pairs_;  // registry.realms
};

}  // namespace dockerhub
