#include <chrono>

#include "base/json.hpp"
#include "base/time_text.hpp"
#include "host/host.hpp"
#include "surfaces/surfaces.hpp"

namespace dockerhub {
namespace {

void put_json(json::Writer& writer, const char* key, const std::string& json) {
  writer.Key(key);
  if (json.empty()) {
    writer.Null();
  } else {
    json::put_raw(writer, json);
  }
}

void put_budget(json::Writer& writer, const http::Budget& budget,
                std::chrono::system_clock::time_point now) {
  writer.StartObject();
  writer.Key("api");
  json::put(writer, budget.api);
  writer.Key("account");
  json::put(writer, budget.account);
  put_json(writer, "limit", budget.limit.limit);
  put_json(writer, "remaining", budget.limit.remaining);
  put_json(writer, "reset", budget.limit.reset);
  put_json(writer, "window", budget.limit.window ? std::to_string(*budget.limit.window) : "");
  if (!budget.limit.source.empty()) {
    writer.Key("source");
    json::put(writer, budget.limit.source);
  }
  writer.Key("observed_at");
  json::put(writer, rfc3339(budget.limit.observed_at));
  if (budget.retry_at && *budget.retry_at > now) {
    writer.Key("retry_at");
    json::put(writer, rfc3339(std::chrono::ceil<std::chrono::seconds>(*budget.retry_at)));
  }
  writer.EndObject();
}

dh_status get_limits(dh_call* call, dh_str* json) {
  return guarded(call, [&](RunningCall& running) {
    json::Buffer buffer;
    json::Writer writer(buffer);
    writer.StartArray();
    const auto now = std::chrono::system_clock::now();
    for (const http::Budget& budget : running.services().surfaces->client().limits().all())
      put_budget(writer, budget, now);
    writer.EndArray();
    *json = running.lend("limits", {buffer.GetString(), buffer.GetSize()});
    return DH_OK;
  });
}

}  // namespace

const dh_limits_1 kLimits1 = {sizeof(dh_limits_1), 0, get_limits};

}  // namespace dockerhub
