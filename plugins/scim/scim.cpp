// hub_scim: users of an organization as its identity provider sees them. This file is the table of
// actions, in the order of Docker's document; actions.hpp names what does the work where a row cannot
// say it. Source: Docker Hub API, "SCIM"; RFC 7643 and 7644.
#include <dockerhub/plugin.hpp>

#include "actions.hpp"

namespace {

using namespace dockerhub::sdk;
namespace actions = dockerhub::scim;

constexpr auto base = path("/v2/scim/2.0");
constexpr auto users = base / "Users";

constexpr RequestRow scim(RequestRow row) {
  return row.on("scim").accept(actions::kMediaType);
}

constexpr auto name =
    string("name", "Name of the resource type.").required().length(1, 255).example("User");
constexpr auto schema_id = string("schema_id", "URN of the schema.")
                               .required()
                               .length(1, 255)
                               .alias("id")
                               .example("urn:ietf:params:scim:schemas:core:2.0:User");
constexpr auto user_id = string("user_id", "Id of the user, as list_users shows it.")
                             .required()
                             .length(1, 255)
                             .alias("id")
                             .example("d80f7c79-7730-49d8-9a41-7c42fb622d9c");

constexpr Parameter window[] = {
    integer("start_index", "Place of the first user to answer, among all that match.")
        .min(1)
        .as("startIndex")
        .alias("startIndex"),
    integer("count", "How many to answer.").min(1).max(200)};
constexpr auto filter =
    string("filter", "SCIM filter with eq, ne, co, sw, and, or, not, like userName eq \"ada\".")
        .length(1);
constexpr auto attributes =
    string("attributes", "Only these attributes of each user, with commas.").length(1);
constexpr auto sort_by =
    string("sort_by", "Attribute to sort by.").length(1).as("sortBy").alias("sortBy");
constexpr auto sort_order = string("sort_order", "Which way.")
                                .as("sortOrder")
                                .alias("sortOrder")
                                .choices("ascending", "descending");

constexpr auto user_name = string("user_name", "E-mail address by which the user is known.")
                               .length(1, 255)
                               .alias("userName")
                               .example("ada@example.com");
constexpr auto given_name = string("given_name", "First name.").alias("givenName");
constexpr auto family_name = string("family_name", "Last name.").alias("familyName");
constexpr auto email = string("email", "Other e-mail address.").length(1, 255);
constexpr auto active = boolean("active", "Whether the user may log in.");

}  // namespace

DOCKERHUB_MODULE(
    module("hub_scim", "1.0.0")
        .title("SCIM")
        .describe(
            "Users of an organization with single sign-on, by SCIM. Wants DOCKERHUB_SCIM_TOKEN.")
        .publisher("The dockerhub-api authors")
        .license("MIT")
        .toggle("SCIMTOOL")
        .needs("http/1"),
    action("service_provider_config", read, "Tells what Docker's SCIM service can do",
           scim(GET(base / "ServiceProviderConfig")))
        .describe("Wants the SCIM token.")
        .verbose("dockerhub_get_scim_service_provider_config")
        .example("{}"),
    action("resource_types", read, "Lists the types of resources",
           scim(GET(base / "ResourceTypes")))
        .describe("Wants the SCIM token.")
        .items("resources", "name")
        .columns("name", "endpoint", "description", "schema")
        .verbose("dockerhub_get_scim_resource_types")
        .example("{}"),
    action("resource_type", read, "Reads one type of resources",
           scim(GET(base / "ResourceTypes/{name}")), {name})
        .describe("Wants the SCIM token.")
        .positional("name")
        .verbose("dockerhub_get_scim_resource_type")
        .example(R"({"name": "User"})"),
    action("schemas", read, "Lists the schemas", scim(GET(base / "Schemas")))
        .describe("Wants the SCIM token.")
        .items("resources", "id")
        .columns("id", "name", "description")
        .verbose("dockerhub_get_scim_schemas")
        .example("{}"),
    action("schema", read, "Reads one schema", scim(GET(base / "Schemas/{schema_id}")), {schema_id})
        .describe("Wants the SCIM token.")
        .positional("schema_id")
        .verbose("dockerhub_get_scim_schema")
        .example(R"({"schema_id": "urn:ietf:params:scim:schemas:core:2.0:User"})"),
    action("list_users", read, "Lists users", scim(GET(users)).paged("start_index", "resources"),
           {group(window), filter, attributes, sort_by, sort_order})
        .describe("Wants the SCIM token.")
        .items("resources", "id")
        .columns("id", "userName", "displayName", "active")
        .from_outside("displayName")
        .verbose("dockerhub_get_scim_users")
        .example(R"({"filter": "userName eq \"ada@example.com\"", "count": 10})"),
    action("create_user", write, "Creates a user", call(actions::create_user),
           {user_name.required(), given_name, family_name, email, active})
        .describe(
            "Wants the SCIM token; answers the user, and an address that has an account already "
            "joins the organization with it.")
        .dry_run()
        .positional("user_name")
        .rest("POST", "/v2/scim/2.0/Users")
        .verbose("dockerhub_create_scim_user")
        .example(R"({"user_name": "ada@example.com", "given_name": "Ada"})"),
    action("get_user", read, "Reads one user", scim(GET(users / "{user_id}")), {user_id})
        .describe("Wants the SCIM token.")
        .positional("user_id")
        .verbose("dockerhub_get_scim_user")
        .example(R"({"user_id": "d80f7c79-7730-49d8-9a41-7c42fb622d9c"})"),
    action("update_user", write, "Replaces a user", call(actions::update_user),
           {user_id, user_name, given_name, family_name, email, active})
        .describe(
            "Wants the SCIM token and answers the user: what is not given is read first and stays, "
            "but for a deactivated one `active` has to be said, since nobody is deactivated unless "
            "the caller says it.")
        .at_least_one({"user_name", "given_name", "family_name", "email", "active"})
        .destructive_when("active", false)
        .confirm("Deactivate the user {user_id}", "{user_id}")
        .dry_run()
        .idempotent()
        .positional("user_id")
        .rest("PUT", "/v2/scim/2.0/Users/{user_id}")
        .verbose("dockerhub_replace_scim_user")
        .example(R"({"user_id": "d80f7c79-7730-49d8-9a41-7c42fb622d9c", "given_name": "Ada"})"))
