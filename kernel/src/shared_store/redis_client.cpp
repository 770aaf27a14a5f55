#include "shared_store/redis_client.hpp"

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

namespace dockerhub {
namespace {

constexpr int kUnavailable = 503;
constexpr std::chrono::seconds kComeBack{5};

// What no later attempt changes: somebody has to correct the log-in or its rights.
constexpr auto kRefusals = std::to_array<std::string_view>({"NOAUTH", "WRONGPASS", "NOPERM"});

// The same of a command in a script, which has no code of its own; the words depend on the version.
constexpr auto kScriptRefusals =
    std::to_array<std::string_view>({"The user executing the script", "ACL failure in script"});

// Instead of an answer to the first command, whatever that is.
constexpr std::string_view kTooManyClients = "ERR max number of clients reached";

// To a step of the log-in: what passes.
constexpr auto kPassing = std::to_array<std::string_view>({"BUSY", "LOADING"});

std::string_view code_of(const StoreReply& reply) {
  return std::string_view(reply.text).substr(0, reply.text.find(' '));
}

bool is_refusal(const StoreReply& reply) {
  return std::find(kRefusals.begin(), kRefusals.end(), code_of(reply)) != kRefusals.end() ||
         std::any_of(kScriptRefusals.begin(), kScriptRefusals.end(), [&](std::string_view each) {
           return reply.text.find(each) != std::string::npos;
         });
}

}  // namespace

RedisClient::RedisClient(Options options, const RedisLibrary& library)
    : options_(std::move(options)), library_(library), parts_(options_.client) {}

Result<std::unique_ptr<RedisClient>> RedisClient::create(Options options) {
  const auto library = load_redis_library();
  if (!library) return Failure(library.error());
  std::unique_ptr<RedisClient> client(new RedisClient(std::move(options), **library));
  if (client->options_.address.tls()) {
    if (const auto tls = client->parts_.tls(); !tls) return Failure(tls.error());
  }
  return client;
}

Failure RedisClient::unavailable(const std::string& why) const {
  Error error;
  error.kind = ErrorKind::unsupported;
  error.status_code = kUnavailable;
  error.retry_after = kComeBack;
  error.message = "the state that the copies of this server share cannot be used: Redis at " +
                  options_.address.name() + ": " + visible(why);
  error.hint =
      "What needs it was not done. See that Redis runs, can be written to and answers within "
      "state.timeout, then try again. Reads go on without it.";
  return Failure(std::move(error));
}

// What Redis says is not repeated: it may quote the command, which has the password in it.
Failure RedisClient::refused_there(std::string_view code, const std::string& what) const {
  Error error;
  error.kind = ErrorKind::configuration;
  error.message = "Redis at " + options_.address.name() + ' ' + what + " (" + visible(code) + ")";
  error.hint =
      "Correct user, password and database in DOCKERHUB_STATE, or what that user may do in Redis "
      "(docs/rest.md, \"Several copies\").";
  return Failure(std::move(error));
}

Failure RedisClient::explain(const StoreReply& reply) const {
  if (is_refusal(reply))
    return refused_there(code_of(reply), "refuses the log-in, or what this server does there");
  return unavailable("it answers: " + reply.text);
}

Failure RedisClient::refused_step(const StoreReply& reply, const std::string& what) const {
  const bool passes = reply.text == kTooManyClients ||
                      std::find(kPassing.begin(), kPassing.end(), code_of(reply)) != kPassing.end();
  return passes ? explain(reply) : refused_there(code_of(reply), what);
}

Result<StoreReply> RedisClient::ask(std::span<const std::string_view> words) {
  http::Timeouts timeouts;
  timeouts.total = options_.time;
  http::WaitBounds bounds({}, timeouts);
  auto connection = parts_.pool.take(options_.address.origin);
  if (connection == nullptr) {
    auto fresh = connect(bounds);
    if (!fresh) return Failure(fresh.error());
    connection = std::move(*fresh);
  }
  connection->use(&bounds);
  auto reply = exchange(*connection, words, bounds);
  if (!reply) return reply;
  parts_.pool.keep(std::move(connection));
  if (reply->kind == StoreReply::Kind::error) return explain(*reply);
  return reply;
}

Result<std::unique_ptr<http::Connection>> RedisClient::connect(http::WaitBounds& bounds) {
  auto connection = parts_.connect_plain(options_.address.origin, bounds);
  if (!connection) return unavailable(connection.error().error.message);
  if (options_.address.tls()) {
    const auto tls = parts_.tls();
    if (!tls) return Failure(tls.error());
    if (const auto secured = (*connection)->secure(**tls); !secured)
      return unavailable(secured.error().error.message);
  }
  if (auto done = log_in(**connection, bounds); !done) return Failure(done.error());
  return std::move(*connection);
}

Result<void> RedisClient::log_in(http::Connection& connection,
                                 const http::WaitBounds& bounds) const {
  const RedisAddress& address = options_.address;
  if (options_.password) {
    std::vector<std::string_view> words = {"AUTH"};
    if (!address.user.empty()) words.push_back(address.user);
    words.push_back(options_.password->reveal());
    const auto reply = exchange(connection, words, bounds);
    if (!reply) return Failure(reply.error());
    if (reply->kind == StoreReply::Kind::error) return refused_step(*reply, "refuses the log-in");
  }
  if (address.database == "0") return {};
  const auto words = std::to_array<std::string_view>({"SELECT", address.database});
  const auto reply = exchange(connection, words, bounds);
  if (!reply) return Failure(reply.error());
  if (reply->kind == StoreReply::Kind::error)
    return refused_step(*reply, "refuses the database " + address.database);
  return {};
}

Result<StoreReply> RedisClient::exchange(http::Connection& connection,
                                         std::span<const std::string_view> words,
                                         const http::WaitBounds& bounds) const {
  std::string command = library_.command(words);
  const auto reader = library_.reader();
  if (command.empty() || reader == nullptr) return unavailable("no memory for a command");
  const auto sent = connection.send(command, false);
  wipe(command.data(), command.size());
  if (!sent) return unavailable(sent.error().message);
  for (;;) {
    // What comes without a pause is not waited for, and the time passes all the same.
    if (const auto good = bounds.check(); !good) return unavailable(good.error().message);
    const auto filled = connection.fill();
    if (!filled) return unavailable(filled.error().message);
    if (!*filled) return unavailable("it closed the connection");
    const std::string_view input = connection.input();
    auto reply = reader->take(input);
    connection.consume(input.size());
    if (!reply) return unavailable("this is no answer of Redis: " + reply.error());
    if (*reply) return std::move(**reply);
  }
}

}  // namespace dockerhub
