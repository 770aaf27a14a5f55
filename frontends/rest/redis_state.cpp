#include "redis_state.hpp"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cstdint>
#include <iterator>
#include <system_error>

#include "http/message.hpp"
#include "kept_text.hpp"
#include "redis_scripts.hpp"
#include "server/random_id.hpp"

namespace dockerhub::rest {
namespace {

using std::chrono::milliseconds;

using Words = std::vector<std::string>;
using ReplyKind = StoreReply::Kind;

// Of a list: longer than anything in it.
constexpr std::chrono::hours kListLife = State::kAnswerLife + std::chrono::hours(1);

std::string digits(milliseconds time) {
  return std::to_string(time.count());
}

// Keys of their own, so that none of them passes for another.
std::string decision_of(const std::string& key) {
  return key + "/decision";
}

std::string state_of(const std::string& key) {
  return key + "/state";
}

// Somebody else writes there, or another version.
Failure not_ours(const std::string& what) {
  Error error;
  error.kind = ErrorKind::configuration;
  error.message = "the Redis of the shared state holds " + what + " that is not of this server";
  error.hint =
      "Give the copies of the server a database of their own, which nobody else can write to.";
  return Failure(std::move(error));
}

Failure too_late() {
  constexpr std::chrono::seconds kComeBack{5};
  Error error;
  error.kind = ErrorKind::unsupported;
  error.status_code = web::status::kUnavailable;
  error.retry_after = kComeBack;
  error.message = "the Redis of the shared state took longer than state.timeout";
  error.hint = "Nothing was begun. Try again.";
  return Failure(std::move(error));
}

// Without a name any attempt would pass for this one.
Failure no_random_bytes() {
  Error error;
  error.kind = ErrorKind::unsupported;
  error.status_code = web::status::kUnavailable;
  error.message = "the system gives no random bytes";
  error.hint = "Nothing was begun. See that the server's machine has getrandom(2).";
  return Failure(std::move(error));
}

// A number that is all of a text.
std::optional<std::int64_t> number_in(const std::string& text) {
  std::int64_t number = 0;
  const char* const end = text.data() + text.size();
  const auto [rest, problem] = std::from_chars(text.data(), end, number);
  if (problem != std::errc() || rest != end) return std::nullopt;
  return number;
}

}  // namespace

struct RedisState::Kind {
  const char *one, *of_one, *all;  // how keys begin
  const char* name;                // for messages
};

struct RedisState::Entry {
  std::string key;
  const std::string& principal;
  Clock::time_point ends;
  std::size_t bytes;
  milliseconds void_after = milliseconds(0);  // by Redis's clock; 0: never
};

const RedisState::Kind RedisState::kApprovals = {"approval", "approvals-of", "approvals",
                                                 "approvals"};
const RedisState::Kind RedisState::kAnswers = {"answer", "answers-of", "answers", "answers"};

Result<StoreReply> RedisState::add(const Kind& kind, const Entry& entry,
                                   std::vector<std::string> fields) {
  const auto life = std::chrono::ceil<milliseconds>(entry.ends - Clock::now());
  Words arguments = {digits(life),
                     digits(kListLife),
                     std::to_string(bounds_.of_one),
                     std::to_string(bounds_.all),
                     std::to_string(bounds_.bytes_of_one),
                     std::to_string(entry.bytes),
                     digits(entry.void_after)};
  std::move(fields.begin(), fields.end(), std::back_inserter(arguments));
  const Words keys = {entry.key, store_->key(kind.of_one, entry.principal),
                      store_->key(kind.all, {})};
  auto reply = store_->run(kAddScript, keys, arguments);
  if (!reply) return reply;
  if (reply->items.empty()) return not_ours("something");
  if (reply->items.front().is_text("late")) return too_late();
  if (reply->items.front().is_text("one")) return no_place(Full::of_one, kind.name);
  if (reply->items.front().is_text("all")) return no_place(Full::of_all, kind.name);
  return reply;
}

Result<bool> RedisState::remove(const Kind& kind, const std::string& key,
                                const std::string& attempt) {
  const Words keys = {key, store_->key(kind.all, {})};
  const Words arguments = {attempt};
  const auto reply = store_->run(kRemoveScript, keys, arguments);
  if (!reply) return Failure(reply.error());
  return reply->number == 1;
}

Result<milliseconds> RedisState::time_there() {
  const Words words = {"TIME"};
  const auto reply = store_->ask(words);
  if (!reply) return Failure(reply.error());
  if (reply->items.size() != 2) return not_ours("a time");
  const auto seconds = number_in(reply->items[0].text);
  const auto microseconds = number_in(reply->items[1].text);
  if (!seconds || !microseconds) return not_ours("a time");
  return std::chrono::floor<milliseconds>(std::chrono::seconds(*seconds) +
                                          std::chrono::microseconds(*microseconds));
}

Result<void> RedisState::keep(Approval approval) {
  Entry entry{store_->key(kApprovals.one, approval.id), approval.principal, approval.expires, 0};
  auto sealed = store_->seal(text_of(approval), entry.key);
  if (!sealed) return Failure(sealed.error());
  auto state = store_->seal(approval.call_state, state_of(entry.key));
  if (!state) return Failure(state.error());
  entry.bytes = sealed->size() + state->size();
  const auto added =
      add(kApprovals, entry, {"value", std::move(*sealed), "state", std::move(*state)});
  if (!added) return Failure(added.error());
  return {};
}

std::optional<Approval> RedisState::approval_of(const std::string& key, const StoreReply& value,
                                                const StoreReply& decision) const {
  const auto text = store_->open(value.text, key);
  auto approval = text ? read_approval(*text) : std::nullopt;
  if (!approval || decision.kind == ReplyKind::nothing) return approval;
  const auto decided_text = store_->open(decision.text, decision_of(key));
  auto decided = decided_text ? read_decided(*decided_text) : std::nullopt;
  if (!decided) return std::nullopt;
  approval->decision = decided->approved;
  approval->decided_by = std::move(decided->by);
  return approval;
}

Result<std::optional<Approval>> RedisState::find(const std::string& id) {
  const std::string key = store_->key(kApprovals.one, id);
  const Words words = {"HMGET", key, "value", "decision", "state"};
  const auto reply = store_->ask(words);
  if (!reply) return Failure(reply.error());
  if (reply->items.size() != 3) return not_ours("an approval");
  if (reply->items[0].kind == ReplyKind::nothing) return std::nullopt;
  auto approval = approval_of(key, reply->items[0], reply->items[1]);
  auto state = store_->open(reply->items[2].text, state_of(key));
  if (!approval || !state) return not_ours("an approval");
  approval->call_state = std::move(*state);
  return approval;
}

Result<bool> RedisState::take(const std::string& id) {
  return remove(kApprovals, store_->key(kApprovals.one, id), {});
}

Result<bool> RedisState::decide(const std::string& id, bool approved, const std::string& by) {
  const Words keys = {store_->key(kApprovals.one, id)};
  auto sealed = store_->seal(text_of(Decided{approved, by}), decision_of(keys.front()));
  if (!sealed) return Failure(sealed.error());
  const Words arguments = {std::move(*sealed)};
  const auto reply = store_->run(kDecideScript, keys, arguments);
  if (!reply) return Failure(reply.error());
  return reply->number == 1;
}

Result<std::vector<Approval>> RedisState::approvals() {
  const Words keys = {store_->key(kApprovals.all, {})};
  const auto reply = store_->run(kListScript, keys, {});
  if (!reply) return Failure(reply.error());
  std::vector<Approval> all;
  for (const StoreReply& each : reply->items) {
    if (each.items.size() != 3) return not_ours("a list of approvals");
    auto approval = approval_of(each.items[0].text, each.items[1], each.items[2]);
    if (!approval) return not_ours("an approval");
    all.push_back(std::move(*approval));
  }
  return all;
}

Result<State::Beginning> RedisState::begin(const std::string& principal, const std::string& key,
                                           const std::string& digest) {
  Entry entry{store_->key(kAnswers.one, key), principal, Clock::now() + bounds_.answer_life,
              key.size() + principal.size() + digest.size() + kLongestKept};
  const std::string marked = store_->key("digest", digest);
  const std::string attempt = server::random_id();
  if (attempt.empty()) return no_random_bytes();
  // What a Redis that stood still does only after this gave up must not keep the key: repeats would wait for nobody.
  const auto now = time_there();
  if (!now) return Failure(now.error());
  entry.void_after = *now + store_->timeout();
  const auto added = add(kAnswers, entry, {"digest", marked, "attempt", attempt});
  if (!added) {
    // It may have been noted, and the answer lost.
    static_cast<void>(remove(kAnswers, entry.key, attempt));
    return Failure(added.error());
  }
  if (!added->items.front().is_text("there")) return Beginning{Begun::now, {}, attempt};
  return beginning_of(entry.key, marked, *added);
}

Result<State::Beginning> RedisState::beginning_of(const std::string& key, const std::string& digest,
                                                  const StoreReply& there) const {
  if (there.items.size() != 3) return not_ours("an answer");
  if (!there.items[1].is_text(digest)) return Beginning{Begun::other_request, {}, {}};
  if (there.items[2].kind == ReplyKind::nothing) return Beginning{Begun::running, {}, {}};
  const auto text = store_->open(there.items[2].text, key);
  auto answer = text ? read_answer(*text) : std::nullopt;
  if (!answer) return not_ours("an answer");
  return Beginning{Begun::done, std::move(*answer), {}};
}

Result<void> RedisState::finish(const std::string& key, const std::string& attempt,
                                KeptAnswer answer) {
  const Words keys = {store_->key(kAnswers.one, key)};
  auto sealed = store_->seal(text_of(answer), keys.front());
  if (!sealed) return Failure(sealed.error());
  const std::string bytes = std::to_string(key.size() + sealed->size());
  const Words arguments = {std::move(*sealed), bytes, attempt};
  const auto reply = store_->run(kFinishScript, keys, arguments);
  if (!reply) return Failure(reply.error());
  return {};
}

Result<void> RedisState::forget(const std::string& key, const std::string& attempt) {
  const auto removed = remove(kAnswers, store_->key(kAnswers.one, key), attempt);
  if (!removed) return Failure(removed.error());
  return {};
}

}  // namespace dockerhub::rest
