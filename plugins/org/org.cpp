// hub_org: settings, members and invitations of organizations. This file is the table of actions, in
// the order of Docker's document; actions.hpp names what does the work where a row cannot say it.
// Source: Docker Hub API, "Organization Settings", "Organization Members", "Invites"; list_orgs is a
// request that Docker's own programs send and its document does not have.
#include <dockerhub/plugin.hpp>

#include "actions.hpp"
#include "hub/completion.hpp"
#include "hub/parameters.hpp"
#include "prompts.hpp"

namespace {

using namespace dockerhub::sdk;
namespace actions = dockerhub::org;
using dockerhub::hub::org;

constexpr auto settings = path("/v2/orgs/{org}/settings");
constexpr auto members = path("/v2/orgs/{org}/members");
constexpr auto one_member = members / "{username}";
constexpr auto invite = path("/v2/invites/{invite_id}");

// Docker's document calls the organization `name` here.
constexpr auto org_of_settings = org.alias("name");
constexpr auto restricted_images =
    object("restricted_images",
           "The same as one object: {\"enabled\", \"allow_official_images\", "
           "\"allow_verified_publishers\"}, all three.");
constexpr auto enabled =
    boolean("restricted_images_enabled", "Whether members pull only images that are allowed.");
constexpr auto allow_official =
    boolean("allow_official_images", "Whether official images are allowed; true unless given.");
constexpr auto allow_verified =
    boolean("allow_verified_publishers",
            "Whether images of verified publishers are allowed; true unless given.");

constexpr auto search = string("search", "Part of a user name, full name or e-mail address.");
constexpr auto invites = boolean("invites", "Whether the invited are listed among the members.");
constexpr auto member_type = string("member_type", "Whom to list.")
                                 .as("type")
                                 .alias("type")
                                 .choices("all", "invitee", "member");
constexpr auto role =
    string("role", "Role in the organization.").choices("owner", "editor", "member");
constexpr auto username =
    string("username", "Docker ID of the member.").required().length(1, 255).example("ada");
constexpr auto invite_id = string("invite_id", "Id of the invitation, as list_invites shows it.")
                               .required()
                               .length(1, 255)
                               .alias("id")
                               .example("e36eca69-4cc8-4f17-9845-ae8c2b832691");
constexpr auto invitees = array("invitees", "Docker IDs or e-mail addresses.")
                              .required()
                              .count(1)
                              .example(raw_json(R"(["ada"])"));
constexpr auto team = string("team", "Name of the team that they join.").length(1, 255);
constexpr auto ask_only =
    boolean("dry_run", "Docker Hub only says what would become of each.").defaults(false);
constexpr auto client_feature =
    string("client_feature", "What the invitations come from, for Docker's statistics: file, web.")
        .length(1, 100)
        .pattern(R"([\x21-\x7e]+)");

constexpr auto rows =
    array("rows",
          "Who is to be a member: {\"member\", \"role\", \"teams\": [...]}; without role or "
          "teams theirs stay. The team owners is the role owner.")
        .items(Type::object)
        .count(1);
constexpr auto csv =
    string("csv",
           "The same as CSV with the columns member, role, teams (separated by ;). A "
           "blank cell: theirs stay.");
constexpr auto remove_others =
    boolean("remove", "Whether members who are in no row leave.").defaults(false);

}  // namespace

DOCKERHUB_MODULE(
    module("hub_org", "1.0.0")
        .title("Organizations")
        .describe("Settings, members and invitations of organizations on Docker Hub.")
        .publisher("The dockerhub-api authors")
        .license("MIT")
        .toggle("ORGTOOL")
        .needs("http/1", "ask/1", "digest/1")
        .uses("catalog/1", "identity/1"),
    instance<dockerhub::hub::KeptLists>(),
    action("get_settings", read, "Reads the settings of an organization", GET(settings),
           {org_of_settings})
        .describe("For owners.")
        .positional("org")
        .verbose("dockerhub_get_org_settings")
        .example(R"({"org": "acme"})"),
    action("update_settings", destructive, "Replaces the settings of an organization",
           call(actions::update_settings),
           {org_of_settings, enabled, allow_official, allow_verified, restricted_images})
        .describe("For owners, with a Business subscription: the two exceptions are switched on "
                  "unless they are given as false; answers the new settings.")
        .at_least_one({"restricted_images_enabled", "restricted_images"})
        .at_most_one({"restricted_images_enabled", "restricted_images"})
        .dry_run()
        .idempotent()
        .confirm("Replace the settings of {org}: restricted images "
                 "{restricted_images_enabled}{restricted_images}; official "
                 "{allow_official_images}, verified {allow_verified_publishers} (true where "
                 "nothing stands)",
                 "{org}")
        .positional("org")
        .rest("PUT", "/v2/orgs/{org}/settings")
        .verbose("dockerhub_update_org_settings")
        .example(R"({"org": "acme", "restricted_images_enabled": true})"),

    action("list_members", read, "Lists the members of an organization",
           GET(members).paged("page", "results"), {org, search, invites, member_type, role, paging})
        .describe("For members of the organization; only owners see e-mail addresses.")
        .items("results", "id")
        .columns("username", "full_name", "email", "role", "type", "groups", "date_joined")
        .from_outside("full_name", "company", "location")
        .positional("org")
        .verbose("dockerhub_get_org_members")
        .example(R"({"org": "acme", "role": "owner"})"),
    action("report", read, "Reports every member with role, teams and last log-in",
           call(actions::report), {org})
        .describe(
            "For members of the organization: all pages, and totals beside the rows; Docker Hub "
            "tells log-ins only to organizations with Insights.")
        .items("members", "username")
        .columns("username", "full_name", "email", "role", "teams", "last_logged_in_at")
        .from_outside("full_name")
        .positional("org")
        .rest("GET", "/v2/orgs/{org}/report")
        .verbose("dockerhub_report_org")
        .example(R"({"org": "acme"})"),
    action("export_members", read, "Answers the members of an organization as CSV",
           GET(members / "export").accept("text/csv").text(), {org})
        .describe(
            "For owners; one text: Name, Username, Email, Type, Permission, Teams, Date Joined.")
        .positional("org")
        .verbose("dockerhub_export_org_members")
        .example(R"({"org": "acme"})"),
    action("update_member", write, "Gives a member another role", PUT(one_member),
           {org, username, role.required().example("member")})
        .describe("For owners; answers the member.")
        .idempotent()
        .positional("org", "username", "role")
        .verbose("dockerhub_update_org_member")
        .example(R"({"org": "acme", "username": "ada", "role": "editor"})"),
    action("remove_member", destructive, "Removes a member from an organization",
           DELETE(one_member), {org, username})
        .describe("For owners: the member leaves all teams as well, and the last owner cannot be "
                  "removed; answers no data.")
        .confirm("Remove {username} from the organization {org}", "{username}")
        .positional("org", "username")
        .verbose("dockerhub_remove_org_member")
        .example(R"({"org": "acme", "username": "ada"})"),

    action("list_invites", read, "Lists the invitations that wait for an answer",
           GET("/v2/orgs/{org}/invites"), {org})
        .describe("For owners; all of them at once.")
        .items("data", "id")
        .columns("id", "invitee", "team", "inviter_username", "created_at")
        .positional("org")
        .verbose("dockerhub_get_org_invites")
        .example(R"({"org": "acme"})"),
    action("delete_invite", destructive, "Withdraws an invitation", DELETE(invite), {invite_id})
        .describe("For owners: who has joined already stays; answers no data.")
        .confirm("Withdraw the invitation {invite_id}", "{invite_id}")
        .positional("invite_id")
        .verbose("dockerhub_delete_invite")
        .example(R"({"invite_id": "e36eca69-4cc8-4f17-9845-ae8c2b832691"})"),
    action("resend_invite", write, "Sends an invitation again", PATCH(invite / "resend"),
           {invite_id})
        .describe("For owners; answers no data.")
        .positional("invite_id")
        .verbose("dockerhub_resend_invite")
        .example(R"({"invite_id": "e36eca69-4cc8-4f17-9845-ae8c2b832691"})"),
    action("bulk_invite", write, "Invites people to an organization", call(actions::bulk_invite),
           {org, invitees, team, role.defaults("member"), ask_only, client_feature})
        .describe(
            "For owners; answers a row for each: what became of the invitation, or why there is "
            "none.")
        .dry_run()
        .items("invitees", "invitee")
        .columns("invitee", "status")
        .positional("org", "invitees")
        .rest("POST", "/v2/invites/bulk")
        .verbose("dockerhub_bulk_invite")
        .example(R"({"org": "acme", "invitees": ["ada", "grace@example.com"], "team": "dev"})"),

    action("list_orgs", read, "Lists the organizations of the account",
           GET("/v2/user/orgs").paged("page", "results"), {paging})
        .describe("Needs a user's log-in; undocumented: Docker may change this request.")
        .items("results", "id")
        .columns("orgname", "full_name", "company", "date_joined")
        .from_outside("full_name", "company", "location")
        .verbose("dockerhub_get_orgs")
        .example("{}"),
    action("sync", write, "Makes members, roles and teams of an organization as rows say",
           call(actions::sync), {org, rows, csv, remove_others})
        .describe(
            "For owners: answers a row for each change, also of a dry run, and what fails does not "
            "stop the rest; the whole plan needs one consent, and the gate where somebody loses a "
            "team or leaves.")
        .dry_run()
        .idempotent()
        .at_least_one({"rows", "csv"})
        .at_most_one({"rows", "csv"})
        .items("changes")
        .columns("member", "change", "role", "team", "result", "detail")
        .from_outside("detail")
        .positional("org")
        .rest("PUT", "/v2/orgs/{org}/members")
        .verbose("dockerhub_sync_org")
        .example(
            R"({"org": "acme", "rows": [{"member": "ada", "role": "owner", "teams": ["dev"]}]})"),

    prompt("access_review", "Reviews who has access to an organization",
           steps(actions::kReviewAim, actions::kAccessReview),
           {argument("org", "Name of the organization").required(),
            argument("inactive_days", "Days without a log-in that stand out; 90 if not given")})
        .title("Organization access review"),
    completion(call(dockerhub::hub::complete)))
