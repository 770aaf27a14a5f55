#include "settings.hpp"

namespace dockerhub::scout {
namespace {

sdk::Status wrong(sdk::Context& ctx, std::string_view key, std::string_view what) {
  const std::string message =
      "the setting " + std::string(key) + " of hub_scout " + std::string(what);
  return ctx.fail("ConfigurationError", message,
                  "Correct it in the environment or under modules.hub_scout in the configuration.");
}

}  // namespace

sdk::Reply<bool> uses_rest(sdk::Context& ctx) {
  const auto api = ctx.host().text_setting(kApiSetting);
  if (!api) return api.status();
  if (*api == "graphql") return false;
  if (*api == "rest") return true;
  return wrong(ctx, kApiSetting, "is neither graphql nor rest");
}

sdk::Reply<std::string> graphql_path(sdk::Context& ctx) {
  auto path = path_setting(ctx, kGraphqlPathSetting);
  if (path && path->find('{') != std::string::npos)
    return wrong(ctx, kGraphqlPathSetting, "is no path: it has a brace");
  return path;
}

sdk::Reply<std::string> path_setting(sdk::Context& ctx, std::string_view key) {
  auto path = ctx.host().text_setting(key);
  if (!path) return path.status();
  if (path->empty() || path->front() != '/') return wrong(ctx, key, "does not begin with /");
  return path;
}

}  // namespace dockerhub::scout
