#include "initialize.hpp"

#include "json.hpp"
#include "tool_list.hpp"

namespace dockerhub::mcp {
namespace {

// Told once for the whole session, while modules may come later: so everything that can be offered.
constexpr std::string_view kCapabilities =
    R"({"tools":{"listChanged":true},"resources":{"listChanged":true},)"
    R"("prompts":{"listChanged":true},"completions":{},"logging":{}})";

void put_server_info(json::Writer& writer) {
  writer.StartObject();
  json::put_member(writer, "name", "dockerhub-mcp");
  json::put_member(writer, "title", "Docker Hub and registries");
  json::put_member(writer, "version", version().version);
  writer.EndObject();
}

}  // namespace

std::string initialize_result(const Revision& revision, const Catalogue& catalogue) {
  return json::object([&](json::Writer& writer) {
    json::put_member(writer, "protocolVersion", revision.name);
    writer.Key("capabilities");
    json::put_raw(writer, kCapabilities);
    writer.Key("serverInfo");
    put_server_info(writer);
    json::put_member(writer, "instructions", instructions(catalogue));
  });
}

}  // namespace dockerhub::mcp
