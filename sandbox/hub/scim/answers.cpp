#include "hub/scim/answers.hpp"

#include <string>
#include <vector>

namespace dockerhub::sandbox {
namespace {

std::vector<JsonText::Member> error_members(int status, std::string_view message) {
  return {{"schemas", JsonText::strings({"urn:ietf:params:scim:api:messages:2.0:Error"})},
          {"status", std::to_string(status)},
          {"detail", message}};
}

}  // namespace

Answer scim_answer(int status, const JsonText& body) {
  return json_answer(status, body).set("Content-Type", "application/scim+json");
}

Answer scim_error(int status, std::string_view message) {
  return scim_answer(status, JsonText::object(error_members(status, message)));
}

Answer scim_bad_request(std::string_view type, std::string_view message) {
  constexpr int status = 400;
  std::vector<JsonText::Member> members = error_members(status, message);
  members.push_back({"scimType", type});
  return scim_answer(status, JsonText::object(members));
}

}  // namespace dockerhub::sandbox
