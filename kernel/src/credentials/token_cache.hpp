// The bearer tokens of one kernel, shared by all its calls: each is minted once, whoever asks at the same
// time waits for it (single_flight.hpp). A token for more than is needed serves as well. At most 256; then
// those that end first go. With a store (token_store.hpp) they are shared with other processes. Refused log-ins are remembered for 30 s, so that a loop does not lock the
// account: for all that they were to be used for, unless a token at hand shows that the login is right. Any
// thread.
#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "credentials/fetch.hpp"
#include "credentials/scope.hpp"
#include "credentials/secret.hpp"
#include "credentials/single_flight.hpp"
#include "credentials/token_store.hpp"

namespace dockerhub {

struct MintedToken {
  std::shared_ptr<const Secret> token;    // without its scheme
  std::chrono::milliseconds good_for{0};  // from now; less than its life, since requests take time
};

// For whom and for what a token is.
struct TokenKey {
  std::string issuer;  // service and account
  Scopes scopes;
  bool of_login = true;  // not for nobody

  std::string text() const { return issuer + '\n' + scopes.text(); }
};

class TokenCache {
 public:
  using Header = std::shared_ptr<const Secret>;  // "Bearer TOKEN"
  using Mint = std::function<Result<MintedToken>()>;

  static constexpr std::chrono::seconds kRefusalTime{30};
  static constexpr std::size_t kMost = 256;

  // `store` may be nullptr: nothing outlives this.
  explicit TokenCache(Clocks clocks, std::shared_ptr<TokenStore> store = nullptr);

  // The token at hand, or what `mint` gives. Errors: those of `mint` (of ErrorKind::auth with a status code
  // of 401 or 403 for a while without asking again), timeout and cancelled.
  Result<Header> get(const TokenKey& key, const http::Control& control, const Mint& mint);
  // The token at hand, nullptr for none.
  Header at_hand(const TokenKey& key) const;

  // A server refused this token. It is not given again, unless another one has taken its place already.
  // False when there is no use in minting another one: this one has just replaced a refused one.
  bool drop(const Header& refused);

 private:
  using Time = std::chrono::steady_clock::time_point;
  struct Token {
    TokenKey key;
    std::shared_ptr<const Secret> token;
    Header header;  // nullptr: it was refused
    Time minted, good_until;
    bool replacement = false;
  };
  struct Refusal {
    Error error;
    Time until;
  };

  Header find(const TokenKey& key) const;
  // Under which a refusal with that status is remembered.
  std::string refusal_key(const TokenKey& key, int status_code) const;
  const Refusal* refusal(const TokenKey& key) const;
  Result<Header> minted(const TokenKey& key, const http::Control& control, const Mint& mint);
  // What another process minted; nullptr for none.
  Header stored(const TokenKey& key);
  Header keep(const TokenKey& key, const MintedToken& token);
  void refuse(const TokenKey& key, const Error& error);
  void make_room();

  Clocks clocks_;
  std::shared_ptr<TokenStore> store_;
  SingleFlight<Header> flights_;
  mutable std::mutex mutex_;
  std::map<std::string, Token> tokens_;      // by the text of their key
  std::map<std::string, Refusal> refusals_;  // by refusal_key()
};

}  // namespace dockerhub
