#include "actions.hpp"
#include "hub/answer.hpp"

namespace dockerhub::teams {

// Docker's document wants a name in every replacement: without a new one the team keeps its own.
sdk::Status update(sdk::Context& ctx) {
  const sdk::Params& params = ctx.params();
  const std::string_view group_name = params.text("group_name");
  const std::string_view name = params.text("name", group_name);
  const std::string body =
      params.has("description")
          ? sdk::Json{{"name", name}, {"description", params.text("description")}}.text()
          : sdk::Json{{"name", name}}.text();
  sdk::Request request;
  request.method = "PUT";
  request.path = "/v2/orgs/{org}/groups/{group_name}";
  request.path_params = sdk::Json{{"org", params.text("org")}, {"group_name", group_name}};
  request.media_type = "application/json";
  request.body = body;
  return hub::forward(ctx, request);
}

}  // namespace dockerhub::teams
