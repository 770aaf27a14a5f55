#include "dockerhub/shared_store.hpp"

#include <array>
#include <utility>

#include "approval/seal.hpp"
#include "base/keyed_hash.hpp"
#include "config/configuration_impl.hpp"
#include "config/values.hpp"
#include "redaction/redactor.hpp"
#include "shared_store/redis_client.hpp"

namespace dockerhub {
namespace {

constexpr std::string_view kUrl = "state.url";
constexpr std::string_view kKey = "state.key";
constexpr std::size_t kShortestKey = 16;
// Of the form in which things are kept: another one has other keys.
constexpr std::string_view kKeyBegin = "dockerhub:1:";

std::string_view secret_of(const Configuration& configuration, std::string_view key) {
  const auto& secrets = configuration.impl().secrets;
  const auto found = secrets.find(key);
  return found == secrets.end() ? std::string_view() : found->second.reveal();
}

Failure wrong_url(const Configuration& configuration) {
  return refused(configuration.origin(kUrl) + ": state.url is no URL of a Redis",
                 "Write redis://host:6379, rediss:// for TLS, or unix:///SOCKET; a log-in as "
                 "redis://user:password@host:6379, with special characters percent-encoded.");
}

Failure short_key(const Configuration& configuration) {
  return refused(
      configuration.origin(kUrl) + ": state.url is set, and state.key " +
          (configuration.has(kKey) ? "is shorter than 16 characters" : "is not"),
      "Set DOCKERHUB_STATE_KEY, to the same secret for all copies of the server: openssl rand "
      "-hex 32 makes one.");
}

// Whose account at which Docker Hub a server works with. What one account has done or may do is nothing to
// another one, whoever shares the Redis.
std::string account_hash(const Configuration& configuration, std::string_view key) {
  static constexpr auto kTexts = std::to_array<std::string_view>(
      {"hub.url", "registry.url", "account.user", "account.name", "account.namespaces"});
  static constexpr auto kSecrets =
      std::to_array<std::string_view>({"account.secret", "account.jwt", "account.scim_token"});
  std::string all;
  for (const std::string_view each : kTexts) (all += configuration.text(each)) += '\n';
  for (const std::string_view each : kSecrets)
    (all += keyed_hash_hex(key, secret_of(configuration, each))) += '\n';
  return keyed_hash_hex(key, all);
}

http::ClientOptions trust_of(const Configuration& configuration) {
  http::ClientOptions options;
  options.ca_file = configuration.text("tls.ca_file");
  options.ca_directory = configuration.text("tls.ca_directory");
  options.verify_tls = configuration.flag("tls.verify");
  return options;
}

Result<std::unique_ptr<RedisClient>> make_client(const Configuration& configuration) {
  auto address = parse_redis_url(secret_of(configuration, kUrl));
  if (!address) return wrong_url(configuration);
  RedisClient::Options options;
  options.password = configuration.impl().book->learn(address->password);
  wipe(address->password.data(), address->password.size());
  address->password.clear();
  options.address = std::move(*address);
  options.time = std::chrono::milliseconds(configuration.number("state.timeout"));
  options.client = trust_of(configuration);
  return RedisClient::create(std::move(options));
}

}  // namespace

struct DOCKERHUB_HIDDEN SharedStore::Impl {
  const Configuration configuration;
  const std::string account;
  const Seal seal;
  const Redactor redactor;
  const std::unique_ptr<RedisClient> client;

  std::string_view secret_key() const { return secret_of(configuration, kKey); }
};

SharedStore::SharedStore(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
SharedStore::~SharedStore() = default;

Result<std::unique_ptr<SharedStore>> SharedStore::create(const Configuration& configuration) {
  if (!configuration.has(kUrl)) return nullptr;
  const std::string_view key = secret_of(configuration, kKey);
  if (key.size() < kShortestKey) return short_key(configuration);
  auto client = make_client(configuration);
  if (!client) return Failure(client.error());
  // Not the key of suspended calls, which are sealed with state.key itself.
  const auto seal = Seal::create(keyed_hash_hex(key, "seal of the shared store"));
  if (!seal) return Failure(seal.error());
  return std::unique_ptr<SharedStore>(new SharedStore(
      std::unique_ptr<Impl>(new Impl{configuration, account_hash(configuration, key), *seal,
                                     Redactor(configuration.impl().book), std::move(*client)})));
}

std::string SharedStore::key(std::string_view kind, std::string_view name) const {
  std::string text = "key of the shared store\n" + impl_->account + '\n';
  ((text += kind) += '\n') += name;
  return std::string(kKeyBegin).append(kind) + ':' + keyed_hash_hex(impl_->secret_key(), text);
}

Result<std::string> SharedStore::seal(std::string_view text, std::string_view key) const {
  return impl_->seal.close(text, key);
}

std::optional<std::string> SharedStore::open(std::string_view sealed, std::string_view key) const {
  return impl_->seal.open(sealed, key);
}

Result<StoreReply> SharedStore::ask(std::span<const std::string> words) {
  const std::vector<std::string_view> views(words.begin(), words.end());
  auto reply = impl_->client->ask(views);
  if (reply) return reply;
  return Failure(impl_->redactor.error(std::move(reply.error())));
}

Result<StoreReply> SharedStore::run(std::string_view script, std::span<const std::string> keys,
                                    std::span<const std::string> arguments) {
  std::vector<std::string> words = {"EVAL", std::string(script), std::to_string(keys.size())};
  words.insert(words.end(), keys.begin(), keys.end());
  words.insert(words.end(), arguments.begin(), arguments.end());
  return ask(words);
}

std::chrono::milliseconds SharedStore::timeout() const {
  return std::chrono::milliseconds(impl_->configuration.number("state.timeout"));
}

Result<void> SharedStore::check() {
  // A replica, a full one and one whose rights are too few would answer to PING.
  constexpr std::string_view kWrite = "return redis.call('SET', KEYS[1], '1', 'PX', 1000)";
  const std::vector<std::string> keys = {key("check", {})};
  const auto reply = run(kWrite, keys, {});
  if (!reply) return Failure(reply.error());
  return {};
}

}  // namespace dockerhub
