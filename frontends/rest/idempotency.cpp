#include "idempotency.hpp"

#include <algorithm>
#include <utility>

#include "problem.hpp"
#include "server/json.hpp"

namespace dockerhub::rest {
namespace {

namespace json = server::json;

constexpr const char* kReplayed = "Idempotency-Replayed";
constexpr const char* kAction = "Idempotency-Key";

// Two callers, and two actions, never share a key.
std::string record_key(const Call& call) {
  return call.principal.text() + '\n' + call.request.tool + '\n' + call.request.action + '\n' +
         call.idempotency_key;
}

// Nobody will ever know whether these were done: they are not sent again.
bool may_have_acted(const Error& error) {
  switch (error.kind) {
    case ErrorKind::network:
    case ErrorKind::timeout:
    case ErrorKind::cancelled:
    case ErrorKind::module_fault:
      return true;
    case ErrorKind::api:
      return error.status_code != web::status::kTooManyRequests;
    default:
      return false;
  }
}

bool has_secrets(const Call& call) {
  return call.action == nullptr || !call.action->answer.shown_once.empty();
}

std::string without_content(int status, bool secret) {
  return json::object([&](json::Writer& writer) {
    writer.Key("status_code");
    writer.Int(status);
    writer.Key("data");
    writer.Null();
    writer.Key("warnings");
    writer.StartArray();
    json::put(writer, secret
                          ? "This was done before. Its answer had a secret, which was shown once "
                            "and is not kept."
                          : "This was done before. Its answer was too long to be kept.");
    writer.EndArray();
  });
}

KeptAnswer kept(const Call& call, const CallResult& result, const web::Response& answer) {
  const bool secret = !result.error && has_secrets(call);
  if (!secret && answer.body.size() <= kLongestKept) return {answer.status, answer.body};
  return {answer.status, without_content(answer.status, secret)};
}

web::Response given_again(const KeptAnswer& kept_answer) {
  web::Response response = web::json_response(kept_answer.status, kept_answer.body);
  if (kept_answer.status >= web::status::kBadRequest)
    response.headers.front().second = kProblemType;
  response.headers.emplace_back(kReplayed, "true");
  return response;
}

bool is_key(const std::string& key) {
  return key.size() <= kLongestKey &&
         std::all_of(key.begin(), key.end(), [](char each) { return each >= ' ' && each <= '~'; });
}

}  // namespace

bool is_idempotent(const Call& call) {
  return !call.idempotency_key.empty() && call.effect != Effect::read &&
         !call.request.options.dry_run;
}

std::optional<web::Response> begin_idempotent(State& state, Call& call) {
  if (!is_key(call.idempotency_key)) {
    return problem(web::status::kBadRequest,
                   std::string(kAction) + " has to be printable ASCII of at most " +
                       std::to_string(kLongestKey) + " characters.",
                   call.instance);
  }
  auto beginning = state.begin(call.principal.text(), record_key(call), call.digest());
  if (!beginning) return problem(beginning.error(), call.instance);
  switch (beginning->begun) {
    case State::Begun::now:
      call.attempt = std::move(beginning->attempt);
      return std::nullopt;
    case State::Begun::done:
      return given_again(beginning->answer);
    case State::Begun::running:
      break;
    case State::Begun::other_request:
      return problem(web::status::kUnprocessable,
                     std::string(kAction) + " was used for another request.", call.instance);
  }
  web::Response busy =
      problem(web::status::kConflict,
              "The request under this Idempotency-Key still runs, or its end could "
              "not be noted. If this stays so, look whether it was done, then use "
              "another key.",
              call.instance);
  busy.headers.emplace_back("Retry-After", "1");
  return busy;
}

void end_idempotent(State& state, const Call& call, const CallResult* result,
                    const web::Response& answer) {
  const std::string key = record_key(call);
  const bool acted =
      result != nullptr && !result->suspended && (!result->error || may_have_acted(*result->error));
  const auto note = [&] {
    return acted ? state.finish(key, call.attempt, kept(call, *result, answer))
                 : state.forget(key, call.attempt);
  };
  // It may be done twice. Where it stays undone the key stays taken, and repeats are told what to do.
  if (!note()) static_cast<void>(note());
}

}  // namespace dockerhub::rest
