#include "client.hpp"

#include <algorithm>
#include <array>

namespace dockerhub::mcp {
namespace {

constexpr std::array<Revision, 4> kRevisions = {{
    // name, batches, audio, structured results
    {"2025-11-25", false, true, true},
    {"2025-06-18", false, true, true},
    {"2025-03-26", true, true, false},
    {"2024-11-05", false, false, false},
}};

}  // namespace

const Revision& negotiate(std::string_view requested) {
  const auto found = std::find_if(kRevisions.begin(), kRevisions.end(),
                                  [&](const Revision& each) { return each.name == requested; });
  return found == kRevisions.end() ? kRevisions.front() : *found;
}

Client read_client(const json::Value* params) {
  Client client;
  client.revision = &negotiate(json::text_of(params, "protocolVersion"));
  const json::Value* capabilities = json::find(params, "capabilities");
  client.sampling = json::find_present(capabilities, "sampling") != nullptr;
  client.roots = json::find_present(capabilities, "roots") != nullptr;
  if (const json::Value* elicitation = json::find_present(capabilities, "elicitation")) {
    client.elicitation_url = json::find_present(elicitation, "url") != nullptr;
    // Without any member it means forms: the only kind there was at first.
    client.elicitation =
        !client.elicitation_url || json::find_present(elicitation, "form") != nullptr;
  }
  return client;
}

}  // namespace dockerhub::mcp
