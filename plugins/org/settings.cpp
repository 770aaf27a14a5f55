#include <algorithm>
#include <array>

#include "actions.hpp"
#include "hub/answer.hpp"
#include "hub/members.hpp"

namespace dockerhub::org {
namespace {

constexpr std::array<std::string_view, 3> kFields = {"enabled", "allow_official_images",
                                                     "allow_verified_publishers"};

// An object with all three fields and no other.
bool is_whole(const sdk::Value& images) {
  return images.MemberCount() == kFields.size() &&
         std::all_of(kFields.begin(), kFields.end(), [&](std::string_view field) {
           const sdk::Value* flag = hub::member(images, field);
           return flag != nullptr && flag->IsBool();
         });
}

sdk::Json images_of(const sdk::Params& params) {
  if (const sdk::Value* images = params.find("restricted_images")) return *images;
  return {{"enabled", params.flag("restricted_images_enabled")},
          {"allow_official_images", params.flag("allow_official_images", true)},
          {"allow_verified_publishers", params.flag("allow_verified_publishers", true)}};
}

}  // namespace

sdk::Status update_settings(sdk::Context& ctx) {
  const sdk::Params& params = ctx.params();
  const sdk::Value* images = params.find("restricted_images");
  const bool has_exceptions =
      params.has("allow_official_images") || params.has("allow_verified_publishers");
  if (images != nullptr && (has_exceptions || !is_whole(*images))) {
    return hub::wrong_parameter(
        ctx, "restricted_images", "'restricted_images' stands alone and has exactly three flags",
        R"(Give {"enabled": true, "allow_official_images": true, "allow_verified_publishers": true}.)");
  }
  const std::string body = sdk::Json{{"restricted_images", images_of(params)}}.text();
  sdk::Request request;
  request.method = "PUT";
  request.path = "/v2/orgs/{org}/settings";
  request.path_params = sdk::Json{{"org", params.text("org")}};
  request.media_type = "application/json";
  request.body = body;
  return hub::forward(ctx, request);
}

}  // namespace dockerhub::org
