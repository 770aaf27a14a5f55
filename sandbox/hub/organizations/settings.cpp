#include <array>

#include "hub/organizations/handlers.hpp"

namespace dockerhub::sandbox {
namespace {

JsonText settings_json(const ImageAccess& images) {
  return JsonText::object({{"restricted_images",
                            JsonText::object({{"enabled", images.enabled},
                                              {"allow_official_images", images.official},
                                              {"allow_verified_publishers", images.publishers}})}});
}

struct Flag {
  std::string_view name;
  bool ImageAccess::*member;
};
constexpr std::array<Flag, 3> kFlags = {{
    {"enabled", &ImageAccess::enabled},
    {"allow_official_images", &ImageAccess::official},
    {"allow_verified_publishers", &ImageAccess::publishers},
}};

}  // namespace

Answer get_organization_settings(HubCall& call) {
  return json_answer(200, settings_json(call.organization->images));
}

Answer update_organization_settings(HubCall& call) {
  constexpr std::string_view member = "restricted_images";
  const json::Value* wanted = json::find(call.body, member);
  if (wanted == nullptr || !wanted->IsObject())
    return hub_member_error(member, "restricted_images has to be an object");
  ImageAccess images;
  for (const Flag& flag : kFlags) {
    const json::Value* value = json::find(*wanted, flag.name);
    if (value == nullptr || !value->IsBool())
      return hub_member_error(member, std::string(flag.name) + " has to be true or false");
    images.*flag.member = value->GetBool();
  }
  call.organization->images = images;
  call.note(call.organization->name, "org.settings.update", call.organization->name);
  return json_answer(200, settings_json(images));
}

}  // namespace dockerhub::sandbox
