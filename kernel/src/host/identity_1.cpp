#include "base/json.hpp"
#include "host/host.hpp"

namespace dockerhub {
namespace {

// Docker marks its tokens by how they begin.
std::string_view kind_of(std::string_view secret) {
  if (secret.rfind("dckr_pat_", 0) == 0) return "pat";
  if (secret.rfind("dckr_oat_", 0) == 0) return "oat";
  return "password";
}

std::string describe(const Configuration::Impl& configuration, const std::string& user) {
  const auto secret = configuration.secrets.find("account.secret");
  const bool has_jwt = configuration.secrets.count("account.jwt") > 0;
  const bool has_pair = secret != configuration.secrets.end() && !user.empty();
  json::Buffer buffer;
  json::Writer writer(buffer);
  writer.StartObject();
  writer.Key("authenticated");
  writer.Bool(has_jwt || has_pair);
  writer.Key("kind");
  json::put(writer, has_jwt ? "jwt" : has_pair ? kind_of(secret->second.reveal()) : "anonymous");
  writer.Key("name");
  if (user.empty()) {
    writer.Null();
  } else {
    json::put(writer, user);
  }
  writer.Key("claims");
  writer.StartObject();
  writer.EndObject();
  writer.Key("expires_at");
  writer.Null();
  writer.EndObject();
  return {buffer.GetString(), buffer.GetSize()};
}

dh_status get(dh_call* call, dh_str* json) {
  return guarded(call, [&](RunningCall& running) {
    const Configuration& configuration = running.services().configuration;
    *json = running.lend("identity",
                         describe(configuration.impl(), configuration.text("account.user")));
    return DH_OK;
  });
}

}  // namespace

const dh_identity_1 kIdentity1 = {sizeof(dh_identity_1), 0, get, nullptr};

}  // namespace dockerhub
