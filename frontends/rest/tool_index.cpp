#include "tool_index.hpp"

#include "server/json.hpp"

namespace dockerhub::rest {

namespace json = server::json;

std::string tool_index(const Catalogue& catalogue) {
  return json::object([&](json::Writer& writer) {
    writer.Key("tools");
    writer.StartArray();
    for (const Tool& tool : catalogue.tools) {
      writer.StartObject();
      json::put_member(writer, "name", tool.name);
      json::put_member(writer, "title", tool.title);
      json::put_member(writer, "summary", tool.summary);
      writer.Key("actions");
      writer.Uint64(tool.actions.size());
      json::put_member(writer, "href", "/v1/tools/" + tool.name);
      writer.EndObject();
    }
    writer.EndArray();
    json::put_member(writer, "openapi", "/openapi.json");
  });
}

}  // namespace dockerhub::rest
