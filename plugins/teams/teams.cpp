// hub_teams: teams of organizations and their members. This file is the table of actions, in the order
// of Docker's document; actions.hpp names what does the work where a row cannot say it. Source: Docker
// Hub API, "Groups (Teams)".
#include <dockerhub/plugin.hpp>

#include "actions.hpp"
#include "hub/completion.hpp"
#include "hub/parameters.hpp"

namespace {

using namespace dockerhub::sdk;
namespace actions = dockerhub::teams;
using dockerhub::hub::org;

constexpr auto teams = path("/v2/orgs/{org}/groups");
constexpr auto one_team = teams / "{group_name}";
constexpr auto members = one_team / "members";

constexpr auto group_name =
    string("group_name", "Name of the team.").required().length(1, 255).example("dev");
constexpr auto name = string("name", "Name of the team.").length(1, 255).example("dev");
constexpr auto description = string("description", "What the team is for.");
constexpr auto member = string("member", "Docker ID or e-mail address.")
                            .required()
                            .length(1, 255)
                            .alias("username")
                            .example("ada");
constexpr auto wanted =
    array("members", "Docker IDs or e-mail addresses: all who belong to the team.")
        .required()
        .count(1)
        .example(raw_json(R"(["ada"])"));

}  // namespace

DOCKERHUB_MODULE(
    module("hub_teams", "1.0.0")
        .title("Teams")
        .describe("Teams of organizations on Docker Hub, and their members.")
        .publisher("The dockerhub-api authors")
        .license("MIT")
        .toggle("TEAMSTOOL")
        .needs("http/1", "ask/1")
        .uses("catalog/1"),
    action("list", read, "Lists the teams of an organization", GET(teams).paged("page", "results"),
           {org, string("username", "Only teams of this member.").length(1, 255),
            string("search", "Only teams whose name contains this."), paging})
        .describe("For members of the organization.")
        .items("results", "id")
        .columns("id", "name", "member_count", "description")
        .from_outside("description")
        .positional("org")
        .verbose("dockerhub_get_groups")
        .example(R"({"org": "acme"})"),
    action("create", write, "Creates a team", POST(teams), {org, name.required(), description})
        .describe("For owners; answers the team.")
        .positional("org", "name")
        .verbose("dockerhub_create_group")
        .example(R"({"org": "acme", "name": "dev"})"),
    action("get", read, "Reads one team", GET(one_team), {org, group_name})
        .describe("For members of the organization.")
        .from_outside("description")
        .positional("org", "group_name")
        .verbose("dockerhub_get_group")
        .example(R"({"org": "acme", "group_name": "dev"})"),
    action("update", write, "Replaces name and description of a team", call(actions::update),
           {org, group_name, name.alias("new_name"), description})
        .describe("For owners; answers the team, which without `name` keeps its own.")
        .at_least_one({"name", "description"})
        .dry_run()
        .idempotent()
        .positional("org", "group_name")
        .rest("PUT", "/v2/orgs/{org}/groups/{group_name}")
        .verbose("dockerhub_update_group")
        .example(R"({"org": "acme", "group_name": "dev", "name": "development"})"),
    action("patch", write, "Changes name or description of a team", PATCH(one_team),
           {org, group_name, name.alias("new_name"), description})
        .describe("For owners; answers the team, and what is not given stays.")
        .at_least_one({"name", "description"})
        .positional("org", "group_name")
        .verbose("dockerhub_patch_group")
        .example(R"({"org": "acme", "group_name": "dev", "description": "Developers"})"),
    action("delete", destructive, "Deletes a team", DELETE(one_team), {org, group_name})
        .describe(
            "For owners: its members stay in the organization and lose what the team gave them; "
            "answers no data.")
        .confirm("Delete the team {group_name} of {org}", "{group_name}")
        .positional("org", "group_name")
        .verbose("dockerhub_delete_group")
        .example(R"({"org": "acme", "group_name": "dev"})"),
    action("list_members", read, "Lists the members of a team",
           GET(members).paged("page", "results"),
           {org, group_name, string("search", "Part of a user name, full name or e-mail address."),
            paging})
        .describe("For members of the organization; only owners see e-mail addresses.")
        .items("results", "id")
        .columns("username", "full_name", "email", "date_joined")
        .from_outside("full_name", "company", "location")
        .positional("org", "group_name")
        .verbose("dockerhub_get_group_members")
        .example(R"({"org": "acme", "group_name": "dev"})"),
    action("add_member", write, "Adds a member to a team", POST(members), {org, group_name, member})
        .describe("For owners; answers what Docker Hub says, usually nothing.")
        .idempotent()
        .positional("org", "group_name", "member")
        .verbose("dockerhub_add_group_member")
        .example(R"({"org": "acme", "group_name": "dev", "member": "ada"})"),
    action("remove_member", destructive, "Removes a member from a team",
           DELETE(members / "{username}"),
           {org, group_name,
            string("username", "Docker ID of the member.")
                .required()
                .length(1, 255)
                .alias("member")
                .example("ada")})
        .describe("For owners: the member stays in the organization; answers no data.")
        .confirm("Remove {username} from the team {group_name} of {org}", "{username}")
        .positional("org", "group_name", "username")
        .verbose("dockerhub_remove_group_member")
        .example(R"({"org": "acme", "group_name": "dev", "username": "ada"})"),

    action("sync", write, "Makes a team have exactly these members", call(actions::sync),
           {org, group_name, wanted})
        .describe("For owners: answers a row for each change, a dry run who would join, leave and "
                  "stay; the whole plan needs one consent, and the gate where somebody leaves.")
        .dry_run()
        .idempotent()
        .items("changes", "member")
        .columns("member", "change", "detail")
        .from_outside("detail")
        .positional("org", "group_name", "members")
        .rest("PUT", "/v2/orgs/{org}/groups/{group_name}/members")
        .verbose("dockerhub_sync_group")
        .example(R"({"org": "acme", "group_name": "dev", "members": ["ada", "grace"]})"),
    completion(call(dockerhub::hub::complete_once)))
