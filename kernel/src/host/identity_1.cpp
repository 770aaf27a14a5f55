#include "base/json.hpp"
#include "base/time_text.hpp"
#include "host/host.hpp"
#include "host/status_of_error.hpp"
#include "request/outgoing.hpp"

namespace dockerhub {
namespace {

void put_or_null(json::Writer& writer, const char* key, const std::string& text) {
  writer.Key(key);
  if (text.empty()) {
    writer.Null();
  } else {
    json::put(writer, text);
  }
}

std::string describe(const Identity& identity) {
  json::Buffer buffer;
  json::Writer writer(buffer);
  writer.StartObject();
  writer.Key("authenticated");
  writer.Bool(identity.authenticated);
  put_or_null(writer, "kind", identity.kind);
  put_or_null(writer, "name", identity.name);
  writer.Key("claims");
  json::put_raw(writer, identity.claims);
  put_or_null(writer, "expires_at",
              identity.expires_at ? rfc3339(*identity.expires_at) : std::string());
  writer.EndObject();
  return {buffer.GetString(), buffer.GetSize()};
}

dh_status get_identity(dh_call* call, dh_str* json) {
  return guarded(call, [&](RunningCall& running) {
    *json =
        running.lend("identity", describe(running.services().surfaces->credentials().identity()));
    return DH_OK;
  });
}

dh_status sign_in(dh_call* call) {
  return guarded(call, [&](RunningCall& running) -> dh_status {
    if (const dh_status status = running.alive(); status != DH_OK) return status;
    auto done = running.services().surfaces->credentials().sign_in(control_of(running));
    return done ? DH_OK : fail_with(running, std::move(done.error()));
  });
}

}  // namespace

const dh_identity_1 kIdentity1 = {sizeof(dh_identity_1), 0, get_identity, sign_in};

}  // namespace dockerhub
