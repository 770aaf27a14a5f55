// The log-in of a job in GitHub Actions without a stored secret (docs/credentials.md, "Keyless log-in"): GitHub
// says who the job is, Docker's identity service exchanges that for an access token of the organization, which is
// then its password for some minutes. One for all of a kernel; exchanged when first needed, again shortly
// before its end, or when it was refused. Any thread.
#pragma once

#include <memory>
#include <mutex>
#include <string>

#include "config/configuration_impl.hpp"
#include "credentials/fetch.hpp"
#include "credentials/login.hpp"
#include "credentials/token_cache.hpp"

namespace dockerhub {

class KeylessLogin {
 public:
  KeylessLogin(const Configuration& configuration, Fetch fetch, Clocks clocks,
               std::shared_ptr<TokenStore> store);

  // The errors are configuration (what the job or the settings lack), auth (refused), api (any other answer) and
  // those of the requests.
  Result<std::shared_ptr<const Login>> get(const http::Control& control);
  // It was refused: the next one is exchanged anew, unless that has just been done.
  void forget();
  // Of the job and the connection: stays the same over all exchanges of a job.
  std::string fingerprint() const;

 private:
  struct Job {
    http::Url url;
    std::shared_ptr<const Secret> token;  // as the header that GitHub wants
  };

  Result<Job> job() const;
  Result<MintedToken> exchange(const http::Control& control);
  // Who the job is, in GitHub's words.
  Result<std::shared_ptr<const Secret>> identity(const Job& job, const http::Control& control);
  http::Request exchange_request(const Secret& identity) const;

  Configuration configuration_;
  Fetch fetch_;
  Clocks clocks_;
  TokenCache cache_;
  std::mutex mutex_;
  TokenCache::Header header_;  // of which login_ was made
  std::shared_ptr<const Login> login_;
};

}  // namespace dockerhub
