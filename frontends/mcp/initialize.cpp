#include "initialize.hpp"

#include "dockerhub/kernel.hpp"

namespace dockerhub::mcp {
namespace {

// Told once for the whole session, while modules may come later: so everything that can be offered.
constexpr std::string_view kCapabilities =
    R"({"tools":{"listChanged":true},"resources":{"listChanged":true,"subscribe":true},)"
    R"("prompts":{"listChanged":true},"completions":{},"logging":{}})";
constexpr std::string_view kModernCapabilities =
    R"({"tools":{"listChanged":true},"resources":{"listChanged":true,"subscribe":true},)"
    R"("prompts":{"listChanged":true},"completions":{},"logging":{},)"
    R"("extensions":{"io.modelcontextprotocol/tasks":{}}})";

}  // namespace

void put_server_info(json::Writer& writer) {
  writer.StartObject();
  json::put_member(writer, "name", "dockerhub-mcp");
  json::put_member(writer, "title", "Docker Hub and registries");
  json::put_member(writer, "version", version().version);
  writer.EndObject();
}

std::string initialize_result(const Revision& revision, const std::string& instructions) {
  return json::object([&](json::Writer& writer) {
    json::put_member(writer, "protocolVersion", revision.name);
    writer.Key("capabilities");
    json::put_raw(writer, kCapabilities);
    writer.Key("serverInfo");
    put_server_info(writer);
    json::put_member(writer, "instructions", instructions);
  });
}

std::string discover_result(const std::string& instructions) {
  return json::object([&](json::Writer& writer) {
    writer.Key("supportedVersions");
    writer.StartArray();
    json::put(writer, kModernVersion);
    writer.EndArray();
    writer.Key("capabilities");
    json::put_raw(writer, kModernCapabilities);
    json::put_member(writer, "instructions", instructions);
  });
}

}  // namespace dockerhub::mcp
