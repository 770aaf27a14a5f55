#include "call/envelope.hpp"

#include <algorithm>
#include <array>

#include "base/json.hpp"

namespace dockerhub {
namespace {

// Keys beside `data` that every reader knows; whatever else a module says stands under "extra".
constexpr std::array<std::string_view, 5> kKnownKeys = {"exists", "headers", "next", "source",
                                                        "status_code"};

// Bytes, so that few envelopes are moved while they are written.
constexpr std::size_t kRoomBesideData = 512;

void put_json(json::Writer& writer, const char* key, const std::string& json) {
  writer.Key(key);
  if (json.empty()) {
    writer.Null();
  } else {
    json::put_raw(writer, json);
  }
}

// The three keys are always there, null where nothing is known.
void put_rate_limit(json::Writer& writer, const std::optional<http::RateLimit>& known) {
  writer.Key("rate_limit");
  if (!known) {
    json::put_raw(writer, R"({"limit":null,"remaining":null,"reset":null})");
    return;
  }
  writer.StartObject();
  put_json(writer, "limit", known->limit);
  put_json(writer, "remaining", known->remaining);
  put_json(writer, "reset", known->reset);
  if (known->window) {
    writer.Key("window");
    writer.Int64(*known->window);
  }
  writer.EndObject();
}

using Annotations = std::vector<std::pair<std::string, std::string>>;

void put_members(json::Writer& writer, const Annotations& annotations, bool known) {
  for (const auto& [key, json] : annotations) {
    if (is_known_key(key) != known) continue;
    json::put_key(writer, key);
    json::put_raw(writer, json);
  }
}

void put_extra(json::Writer& writer, const Annotations& annotations) {
  if (std::all_of(annotations.begin(), annotations.end(),
                  [](const auto& annotation) { return is_known_key(annotation.first); })) {
    return;
  }
  writer.Key("extra");
  writer.StartObject();
  put_members(writer, annotations, false);
  writer.EndObject();
}

void put_outcome(json::Writer& writer, const Envelope& envelope) {
  if (envelope.outcome == Outcome::ok && envelope.outcome_text.empty()) return;
  writer.Key("outcome");
  writer.StartObject();
  writer.Key("is");
  json::put(writer, outcome_name(envelope.outcome));
  json::put_filled(writer, "text", envelope.outcome_text);
  writer.EndObject();
}

void put_warnings(json::Writer& writer, const std::vector<std::string>& warnings) {
  if (warnings.empty()) return;
  writer.Key("warnings");
  writer.StartArray();
  for (const std::string& warning : warnings) json::put(writer, warning);
  writer.EndArray();
}

void put_error(json::Writer& writer, const Error& error, std::string_view request_id) {
  writer.StartObject();
  writer.Key("type");
  json::put(writer, type_name(error.kind));
  writer.Key("message");
  json::put(writer, error.message);
  writer.Key("hint");
  json::put(writer, error.hint);
  json::put_filled(writer, "parameter", error.parameter);
  if (error.status_code != 0) {
    writer.Key("status_code");
    writer.Int(error.status_code);
  }
  if (error.retry_after) {
    // Seconds, as the Retry-After header has it.
    writer.Key("retry_after");
    writer.Double(static_cast<double>(error.retry_after->count()) / 1000.0);
  }
  json::put_filled(writer, "request", error.request);
  if (!error.details.empty()) {
    writer.Key("details");
    json::put_raw(writer, error.details);
  }
  json::put_filled(writer, "request_id", std::string(request_id));
  writer.EndObject();
}

}  // namespace

bool is_known_key(std::string_view key) {
  return std::find(kKnownKeys.begin(), kKnownKeys.end(), key) != kKnownKeys.end();
}

std::string_view outcome_name(Outcome outcome) {
  switch (outcome) {
    case Outcome::partial:
      return "partial";
    case Outcome::condition_met:
      return "condition_met";
    case Outcome::ok:
      break;
  }
  return "ok";
}

void write_envelope(const Envelope& envelope, CallResult& result) {
  json::Buffer buffer(envelope.data.size() + kRoomBesideData);
  json::Writer writer(buffer);
  writer.StartObject();
  writer.Key("status_code");
  writer.Int(envelope.status_code);
  writer.Key("data");
  json::put_raw(writer, envelope.data);
  put_members(writer, envelope.annotations, true);
  result.answer_size = buffer.GetSize();
  put_extra(writer, envelope.annotations);
  put_warnings(writer, envelope.warnings);
  put_outcome(writer, envelope);
  if (envelope.dry_run) {
    writer.Key("dry_run");
    writer.Bool(true);
  }
  put_rate_limit(writer, envelope.rate_limit);
  json::put_filled(writer, "request_id", envelope.request_id);
  writer.EndObject();
  result.envelope.assign(buffer.GetString(), buffer.GetSize());
  result.status_code = envelope.status_code;
  if (const auto& told = envelope.rate_limit) {
    result.rate_limit = ToldRateLimit{told->limit, told->remaining, told->reset};
  }
}

std::string write_envelope(const Error& error, std::string_view request_id,
                           const std::optional<http::RateLimit>& rate_limit) {
  json::Buffer buffer;
  json::Writer writer(buffer);
  writer.StartObject();
  writer.Key("error");
  put_error(writer, error, request_id);
  put_rate_limit(writer, rate_limit);
  writer.EndObject();
  return {buffer.GetString(), buffer.GetSize()};
}

}  // namespace dockerhub
