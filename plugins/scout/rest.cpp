#include "rest.hpp"

#include <string>
#include <utility>

#include "hub/answer.hpp"
#include "settings.hpp"

namespace dockerhub::scout {
namespace {

// "a/b" belongs to a, "b" to library; with an organization the name stays as it is.
std::pair<std::string, std::string> names_of(sdk::Context& ctx) {
  const std::string repo(ctx.params().text("repo", {}));
  if (ctx.params().has("org")) return {std::string(ctx.params().text("org")), repo};
  const std::size_t slash = repo.find('/');
  if (slash == std::string::npos) return {"library", repo};
  return {repo.substr(0, slash), repo.substr(slash + 1)};
}

sdk::Json values_for(sdk::Context& ctx, std::string_view path) {
  const auto [organization, repository] = names_of(ctx);
  const std::pair<std::string_view, std::string> known[] = {
      {"org", organization},
      {"repo", repository},
      {"reference", std::string(ctx.params().text("reference", "latest"))}};
  return sdk::Json::write([&](sdk::JsonWriter& json) {
    json.StartObject();
    for (const auto& [name, value] : known) {
      if (path.find("{" + std::string(name) + "}") == std::string_view::npos) continue;
      sdk::put_key(json, name);
      sdk::put(json, value);
    }
    json.EndObject();
  });
}

sdk::Json query_for(sdk::Context& ctx, const RestRequest& rest, std::string_view path) {
  return sdk::Json::write([&](sdk::JsonWriter& json) {
    json.StartObject();
    for (const auto& [parameter, name] : rest.query) {
      if (parameter.empty()) continue;
      const bool in_path = path.find("{" + std::string(parameter) + "}") != std::string_view::npos;
      const bool is_reference = parameter == "reference";
      if (in_path || (!is_reference && !ctx.params().has(parameter))) continue;
      sdk::put_key(json, name);
      sdk::put(json, ctx.params().text(parameter, "latest"));
    }
    json.EndObject();
  });
}

}  // namespace

sdk::Status send_rest(sdk::Context& ctx, const RestRequest& rest) {
  for (const std::string_view parameter : rest.not_offered) {
    if (parameter.empty() || !ctx.params().has(parameter)) continue;
    return hub::wrong_parameter(
        ctx, parameter,
        "'" + std::string(parameter) + "' needs GraphQL, and DOCKER_SCOUT_API is rest",
        "Leave it out, or unset DOCKER_SCOUT_API.");
  }
  const auto path = path_setting(ctx, rest.path_setting);
  if (!path) return path.status();
  sdk::Request request;
  request.surface = "scout";
  request.path = *path;
  request.path_params = values_for(ctx, *path);
  request.query = query_for(ctx, rest, *path);
  ctx.annotate("source", "rest");
  return hub::forward(
      ctx, request, "No document of Docker's has these paths: unset DOCKER_SCOUT_API for GraphQL.");
}

}  // namespace dockerhub::scout
