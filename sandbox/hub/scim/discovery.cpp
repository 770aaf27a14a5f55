#include <array>

#include "hub/scim/answers.hpp"
#include "hub/scim/handlers.hpp"
#include "hub/scim/scim_user.hpp"

namespace dockerhub::sandbox {
namespace {

constexpr std::string_view kListSchema = "urn:ietf:params:scim:api:messages:2.0:ListResponse";

JsonText supported(bool yes) {
  return JsonText::object({{"supported", yes}});
}

JsonText user_type() {
  return JsonText::object(
      {{"schemas", JsonText::strings({"urn:ietf:params:scim:schemas:core:2.0:ResourceType"})},
       {"id", "User"},
       {"name", "User"},
       {"description", "User"},
       {"endpoint", "/Users"},
       {"schema", kUserSchema}});
}

struct SchemaAttribute {
  std::string_view name;
  std::string_view type;
  bool required;
  std::string_view mutability;
};
constexpr std::array<SchemaAttribute, 4> kSchemaAttributes = {{
    {"userName", "string", true, "readWrite"},
    {"name", "complex", false, "readWrite"},
    {"displayName", "string", false, "readOnly"},
    {"active", "boolean", false, "readWrite"},
}};

JsonText attribute_json(const SchemaAttribute& attribute) {
  return JsonText::object({{"name", attribute.name},
                           {"type", attribute.type},
                           {"multiValued", false},
                           {"description", ""},
                           {"required", attribute.required},
                           {"caseExact", false},
                           {"mutability", attribute.mutability},
                           {"returned", "default"},
                           {"uniqueness", attribute.required ? "server" : "none"},
                           {"subAttributes", JsonText::array({})}});
}

JsonText user_schema() {
  std::vector<JsonText> attributes;
  for (const SchemaAttribute& attribute : kSchemaAttributes)
    attributes.push_back(attribute_json(attribute));
  return JsonText::object(
      {{"schemas", JsonText::strings({"urn:ietf:params:scim:schemas:core:2.0:Schema"})},
       {"id", kUserSchema},
       {"name", "User"},
       {"description", "User Account"},
       {"attributes", JsonText::array(attributes)}});
}

Answer list_of(const JsonText& resource) {
  return scim_answer(200,
                     JsonText::object({{"schemas", JsonText::strings({std::string(kListSchema)})},
                                       {"totalResults", 1},
                                       {"resources", JsonText::array({resource})}}));
}

}  // namespace

Answer get_service_provider_config(HubCall&) {
  constexpr int most_results = 99'999;
  return scim_answer(
      200,
      JsonText::object(
          {{"schemas",
            JsonText::strings({"urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig"})},
           {"documentationUri", ""},
           {"patch", supported(false)},
           {"bulk",
            JsonText::object({{"supported", false}, {"maxOperations", 0}, {"maxPayloadSize", 0}})},
           {"filter", JsonText::object({{"supported", true}, {"maxResults", most_results}})},
           {"changePassword", supported(false)},
           {"sort", supported(true)},
           {"etag", supported(false)},
           {"authenticationSchemes",
            JsonText::object({{"name", "OAuth 2.0 Bearer Token"},
                              {"description", "A bearer that belongs to the SSO connection"},
                              {"specUri", "http://tools.ietf.org/html/rfc6750"},
                              {"type", "oauthbearertoken"}})}}));
}

Answer list_resource_types(HubCall&) {
  return list_of(user_type());
}

Answer get_resource_type(HubCall& call) {
  if (call.value("name") != "User") return scim_error(404, "there is no such resource type");
  return scim_answer(200, user_type());
}

Answer list_schemas(HubCall&) {
  return list_of(user_schema());
}

Answer get_schema(HubCall& call) {
  if (call.value("id") != kUserSchema) return scim_error(404, "there is no such schema");
  return scim_answer(200, user_schema());
}

}  // namespace dockerhub::sandbox
