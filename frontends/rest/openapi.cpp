#include "openapi.hpp"

#include <algorithm>
#include <cctype>
#include <map>

#include "fixed_paths.hpp"
#include "operation.hpp"
#include "server/json.hpp"

namespace dockerhub::rest {
namespace {

namespace json = server::json;

// path -> method in lower case -> operation
using Paths = std::map<std::string, std::map<std::string, std::string>>;

std::string lower_case(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](unsigned char each) { return static_cast<char>(std::tolower(each)); });
  return text;
}

bool is_told(const Action& action, Effect most) {
  return action.effect <= most && !needs_store(action);
}

void add_calls(Paths& paths, const Tool& tool, const Action& action) {
  auto& path = paths["/v1/tools/" + tool.name + "/" + action.name];
  path["post"] = operation(tool, action, Form{});
  if (action.worst_effect() == Effect::read)
    path["get"] = operation(tool, action, Form{"GET", ".get", {}});
}

void add_resource(Paths& paths, const Catalogue& catalogue, const Route& route, Effect most) {
  const Tool* tool = catalogue.find_tool(route.tool);
  const Action* action = tool == nullptr ? nullptr : tool->find_action(route.action);
  if (action == nullptr || !is_told(*action, most)) return;
  paths[route.path()][lower_case(route.method)] =
      operation(*tool, *action, Form{route.method, ".resource", route.segments});
}

void put_tags(json::Writer& writer, const Catalogue& catalogue) {
  writer.Key("tags");
  writer.StartArray();
  json::put_raw(writer, R"({"name":"server","description":"The server itself"})");
  for (const Tool& tool : catalogue.tools) {
    writer.StartObject();
    json::put_member(writer, "name", tool.name);
    json::put_member(writer, "description", tool.summary.empty() ? tool.title : tool.summary);
    writer.EndObject();
  }
  writer.EndArray();
}

void put_paths(json::Writer& writer, const Paths& paths) {
  writer.Key("paths");
  writer.StartObject();
  for (const auto& [path, operations] : paths) {
    json::put_key(writer, path);
    writer.StartObject();
    for (const auto& [method, text] : operations) {
      json::put_key(writer, method);
      json::put_raw(writer, text);
    }
    writer.EndObject();
  }
  writer.EndObject();
}

}  // namespace

std::string openapi_document(const Catalogue& catalogue, const Routes& routes, Effect most) {
  Paths paths;
  for (const Tool& tool : catalogue.tools) {
    for (const Action& action : tool.actions) {
      if (is_told(action, most)) add_calls(paths, tool, action);
    }
  }
  for (const Route& route : routes.all()) add_resource(paths, catalogue, route, most);
  for (const FixedPath& row : fixed_paths())
    paths[std::string(row.path)][std::string(row.method)] = row.operation;
  return json::object([&](json::Writer& writer) {
    json::put_member(writer, "openapi", "3.1.0");
    writer.Key("info");
    writer.StartObject();
    json::put_member(writer, "title", "Docker Hub and OCI registries");
    json::put_member(writer, "version", version().version);
    json::put_member(writer, "description", "What dockerhub-rest offers now.");
    writer.Key("license");
    json::put_raw(writer, R"({"name":"MIT","identifier":"MIT"})");
    writer.EndObject();
    writer.Key("servers");
    json::put_raw(writer, R"([{"url":"/"}])");
    writer.Key("security");
    json::put_raw(writer, R"([{"bearer":[]},{}])");
    put_tags(writer, catalogue);
    put_paths(writer, paths);
    writer.Key("components");
    json::put_raw(writer, shared_components());
  });
}

}  // namespace dockerhub::rest
