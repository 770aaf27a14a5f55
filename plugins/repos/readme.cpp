// push_readme: a file onto a repository's page, in the size that Docker Hub takes.
#include <string>
#include <string_view>

#include "actions.hpp"
#include "hub/answer.hpp"
#include "readme_links.hpp"

namespace dockerhub::repos {
namespace {

constexpr std::size_t kMostReadme = 25'000;  // bytes, of `full_description`

sdk::Status too_long(sdk::Context& ctx, std::size_t size) {
  return hub::wrong_parameter(
      ctx, "readme", "has " + std::to_string(size) + " bytes, and Docker Hub takes 25,000 at most",
      "Nothing was sent. Shorten it; links that are made whole count with their whole length.");
}

sdk::Json changes(sdk::Context& ctx, const std::string& readme) {
  if (!ctx.params().has("description")) return {{"full_description", readme}};
  return {{"full_description", readme}, {"description", ctx.params().text("description")}};
}

}  // namespace

sdk::Status push_readme(sdk::Context& ctx) {
  const std::string_view links = ctx.params().text("links", "");
  const std::string readme =
      with_whole_links(ctx.params().text("readme"), {links, ctx.params().text("images", links)});
  if (readme.size() > kMostReadme) return too_long(ctx, readme.size());
  const sdk::Json body = changes(ctx, readme);
  sdk::Request request;
  request.method = "PATCH";
  request.path = "/v2/namespaces/{namespace}/repositories/{repository}";
  request.path_params = sdk::Json{{"namespace", ctx.params().text("namespace")},
                                  {"repository", ctx.params().text("repository")}};
  const std::string text = body.text();
  request.media_type = "application/json";
  request.body = text;
  return hub::forward(ctx, request, "The repository's admins may do this.");
}

}  // namespace dockerhub::repos
