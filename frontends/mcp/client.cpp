#include "client.hpp"

#include <algorithm>
#include <array>

namespace dockerhub::mcp {
namespace {

constexpr std::array<Revision, 4> kRevisions = {{
    // name, batches, audio, structured results, primed streams, modern
    {"2025-11-25", false, true, true, true, false},
    {"2025-06-18", false, true, true, false, false},
    {"2025-03-26", true, true, false, false, false},
    {"2024-11-05", false, false, false, false, false},
}};

constexpr Revision kModern = {kModernVersion, false, true, true, false, true};

const Revision* find_legacy(std::string_view name) {
  const auto found = std::find_if(kRevisions.begin(), kRevisions.end(),
                                  [&](const Revision& each) { return each.name == name; });
  return found == kRevisions.end() ? nullptr : &*found;
}

}  // namespace

const Revision& negotiate(std::string_view requested) {
  const Revision* known = find_legacy(requested);
  return known == nullptr ? kRevisions.front() : *known;
}

bool is_legacy_revision(std::string_view name) {
  return find_legacy(name) != nullptr;
}

const Revision& modern_revision() {
  return kModern;
}

Client read_client(const Revision& revision, const json::Value* capabilities) {
  Client client;
  client.revision = &revision;
  client.sampling = json::find_present(capabilities, "sampling") != nullptr;
  client.roots = json::find_present(capabilities, "roots") != nullptr;
  client.tasks =
      json::find_present(json::find(capabilities, "extensions"), kTasksExtension) != nullptr;
  if (const json::Value* elicitation = json::find_present(capabilities, "elicitation")) {
    client.elicitation_url = json::find_present(elicitation, "url") != nullptr;
    // Without any member it means forms: the only kind there was at first.
    client.elicitation =
        !client.elicitation_url || json::find_present(elicitation, "form") != nullptr;
  }
  return client;
}

Client read_client(const json::Value* params) {
  return read_client(negotiate(json::text_of(params, "protocolVersion")),
                     json::find(params, "capabilities"));
}

}  // namespace dockerhub::mcp
