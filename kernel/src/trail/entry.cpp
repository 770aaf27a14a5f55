#include "trail/entry.hpp"

#include <unistd.h>

#include <array>

#include "base/json.hpp"
#include "base/time_text.hpp"

namespace dockerhub {
namespace {

constexpr std::size_t kMostParams = 16 * 1024;
constexpr std::array<std::string_view, 5> kKinds = {"action", "resource", "prompt", "completion",
                                                    "health"};

// Refused before anything could be done, by this side; what a server refused has failed.
bool is_refusal(const Error& error) {
  switch (error.kind) {
    case ErrorKind::policy:
    case ErrorKind::approval:
    case ErrorKind::destructive_closed:
    case ErrorKind::capability:
    case ErrorKind::configuration:
      return true;
    case ErrorKind::parameter:
      return error.status_code == 0;
    default:
      return false;
  }
}

std::string_view outcome_of(const CallResult& result) {
  if (result.suspended) return "suspended";
  if (result.error) return is_refusal(*result.error) ? "refused" : "failed";
  switch (result.outcome) {
    case Outcome::partial:
      return "partial";
    case Outcome::condition_met:
      return "condition_met";
    case Outcome::ok:
      break;
  }
  return "ok";
}

void put(json::Writer& writer, const char* key, std::string_view text) {
  writer.Key(key);
  json::put(writer, text);
}

void put_params(json::Writer& writer, std::string_view params) {
  writer.Key("params");
  // In the entry they are one level deeper than in the call, which may have all levels that can be read.
  if (params.size() <= kMostParams && json::is_valid("[" + std::string(params) + "]")) {
    json::put_raw(writer, params);
    return;
  }
  writer.StartObject();
  writer.Key("left_out_bytes");
  writer.Uint64(params.size());
  writer.EndObject();
}

void put_error(json::Writer& writer, const Error& error) {
  writer.Key("error");
  writer.StartObject();
  put(writer, "type", type_name(error.kind));
  if (error.status_code != 0) {
    writer.Key("status_code");
    writer.Int(error.status_code);
  }
  if (!error.request.empty()) put(writer, "request", error.request);
  writer.EndObject();
}

// An object with what an entry of any kind begins with.
void begin_entry(json::Writer& writer, std::uint64_t number, std::string_view request_id,
                 std::string_view principal, std::string_view account) {
  writer.StartObject();
  writer.Key("n");
  writer.Uint64(number);
  put(writer, "time", rfc3339(std::chrono::system_clock::now()));
  put(writer, "request_id", request_id);
  put(writer, "principal", principal);
  put(writer, "account", account);
  writer.Key("uid");
  writer.Uint(::geteuid());
  writer.Key("pid");
  writer.Int(::getpid());
}

// Without the braces: the hash becomes its last member.
std::string end_entry(json::Writer& writer, const json::Buffer& buffer) {
  writer.EndObject();
  return {buffer.GetString() + 1, buffer.GetSize() - 2};
}

}  // namespace

std::string_view decision_name(ConsentDecision::Kind kind) {
  switch (kind) {
    case ConsentDecision::Kind::denied:
      return "denied";
    case ConsentDecision::Kind::used:
      return "used";
    case ConsentDecision::Kind::approved:
      break;
  }
  return "approved";
}

std::string entry_text(std::uint64_t number, const ConsentDecision& decision,
                       std::string_view account) {
  json::Buffer buffer;
  json::Writer writer(buffer);
  begin_entry(writer, number, decision.request_id, decision.principal, account);
  put(writer, "event", "consent");
  put(writer, "decision", decision_name(decision.kind));
  put(writer, "caller", decision.caller);
  put(writer, "tool", decision.tool);
  put(writer, "action", decision.action);
  put(writer, "effect", effect_name(decision.effect));
  return end_entry(writer, buffer);
}

std::string entry_text(std::uint64_t number, const CallView& view, const CallResult& result,
                       std::string_view account, std::chrono::microseconds time) {
  json::Buffer buffer;
  json::Writer writer(buffer);
  begin_entry(writer, number, view.request_id, view.principal, account);
  put(writer, "kind", kKinds[static_cast<std::size_t>(view.kind)]);
  put(writer, "tool", view.tool);
  put(writer, "action", view.action);
  put(writer, "effect", effect_name(view.effect));
  put_params(writer, view.params);
  put(writer, "outcome", outcome_of(result));
  if (result.error) put_error(writer, *result.error);
  writer.Key("duration_ms");
  writer.Int64(std::chrono::duration_cast<std::chrono::milliseconds>(time).count());
  return end_entry(writer, buffer);
}

}  // namespace dockerhub
