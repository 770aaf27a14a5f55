// hub_auth: log-ins, personal access tokens, access tokens of organizations. This file is the table of
// actions, in the order of Docker's document; actions.hpp names what does the work where a row cannot
// say it. Source: Docker Hub API, "Authentication", "Personal Access Tokens", "Organization Access
// Tokens".
#include "actions.hpp"

#include <dockerhub/plugin.hpp>

#include "hub/completion.hpp"
#include "hub/parameters.hpp"
#include "prompts.hpp"

namespace {

using namespace dockerhub::sdk;
namespace actions = dockerhub::auth;

constexpr auto pats = path("/v2/access-tokens");
constexpr auto pat = pats / "{uuid}";
constexpr auto oats = path("/v2/orgs/{org}/access-tokens");
constexpr auto oat = oats / "{token_id}";

constexpr auto username = string("username", "Docker ID.").required().length(1, 255).example("ada");
constexpr auto password =
    string("password", "Password, or a personal access token.").required().secret();
constexpr auto login_2fa_token =
    string("login_2fa_token", "What `login` answered beside its 401.").required().secret();
constexpr auto code =
    string("code", "The code that the second factor shows now.").required().secret();
constexpr auto identifier =
    string("identifier", "Docker ID, or the organization's name for its access token.")
        .required()
        .length(1, 255)
        .alias("username")
        .example("ada");
constexpr auto secret =
    string("secret", "Password or access token.").required().secret().alias("password");

constexpr auto uuid = string("uuid", "Id of the token, as list_pats shows it.")
                          .required()
                          .length(1, 255)
                          .example("b30bbf97-506c-4ecd-aabc-842f3cb484fb");
constexpr auto uuid_or_label =
    string("uuid",
           "Id of the token, as list_pats shows it, or its label where no other active token has "
           "that.")
        .required()
        .length(1, 255)
        .example("b30bbf97-506c-4ecd-aabc-842f3cb484fb");
constexpr auto token_label =
    string("token_label", "What the token is for.").length(1, 100).example("ci");
constexpr auto pat_scopes =
    array("scopes", "What the token may do.")
        .required()
        .count(1)
        .choices("repo:admin", "repo:write", "repo:read", "repo:public_read")
        .example(raw_json(R"(["repo:read"])"));
constexpr auto expires_at =
    dockerhub::hub::time("expires_at", "When the token ends; without it never.");
constexpr auto pat_is_active = boolean("is_active", "Whether the token works.");
constexpr auto expires_within =
    integer(
        "expires_within",
        "Only tokens that end within this many days, those that have ended among them; all pages "
        "are read. One that is listed sets the outcome condition_met (exit code 10).")
        .min(0)
        .max(36500);

constexpr auto old_token = string("old_token", "What becomes of the old token.")
                               .choices("delete", "deactivate")
                               .defaults("delete");

// Docker's document calls the organization `name` here.
constexpr auto org = dockerhub::hub::org.alias("name");
constexpr auto token_id = string("token_id", "Id of the token, as list_oats shows it.")
                              .required()
                              .length(1, 255)
                              .alias("access_token_id")
                              .example("a7a5ef25-8889-43a0-8cc7-f2a94268e861");
constexpr auto label = string("label", "What the token is for.").length(1).example("ci");
constexpr auto description = string("description", "More about the token.");
constexpr auto oat_scopes =
    array("scopes", "Scopes for each resource that has none of its own, like scope-image-pull.")
        .count(1);
constexpr auto resources =
    array("resources",
          "What the token reaches: {\"type\": TYPE_REPO or TYPE_ORG, \"path\": acme/app, acme/* or "
          "*/*/public, \"scopes\": [scope-image-pull]}; `name` is taken for `path`.")
        .items(Type::object);

}  // namespace

DOCKERHUB_MODULE(
    module("hub_auth", "1.0.0")
        .title("Log-ins and access tokens")
        .describe("Log-ins to Docker Hub, access tokens of users and of organizations.")
        .publisher("The dockerhub-api authors")
        .license("MIT")
        .toggle("AUTHTOOL")
        .needs("http/1", "identity/1", "ask/1")
        .uses("catalog/1", "log/1"),
    instance<dockerhub::hub::KeptLists>(),
    action("login", write, "Logs in with name and password, as older programs do",
           call(actions::login), {username, password})
        .describe("Answers the session token, masked, or with a second factor a 401 with a "
                  "login_2fa_token for two_factor_login; Docker has replaced this by create_token.")
        .deprecated("1.0.0", "create_token")
        .shown_once("login_2fa_token")
        .rest("POST", "/v2/users/login")
        .verbose("dockerhub_login")
        .example(R"({"username": "ada", "password": "..."})"),
    action("two_factor_login", write, "Ends a log-in with the second factor's code",
           POST("/v2/users/2fa-login").credentials_in_body(), {login_2fa_token, code})
        .describe("Answers the session token, masked.")
        .verbose("dockerhub_two_factor_login")
        .example(R"({"login_2fa_token": "...", "code": "123456"})"),
    action("create_token", write, "Exchanges name and secret for a short-lived token",
           POST("/v2/auth/token").credentials_in_body(), {identifier, secret})
        .describe("Answers the token, masked, and so shows whether Docker Hub accepts the pair; "
                  "the configured account is neither used nor changed.")
        .verbose("dockerhub_create_auth_token")
        .example(R"({"identifier": "ada", "secret": "..."})"),

    action("create_pat", write, "Creates a personal access token", call(actions::create_pat),
           {token_label.required(), pat_scopes, expires_at})
        .describe("Answers the token, shown this once; Docker Hub takes this from a log-in with "
                  "the password, not with another token.")
        .dry_run()
        .shown_once("token")
        .positional("token_label")
        .rest("POST", "/v2/access-tokens")
        .verbose("dockerhub_create_access_token")
        .example(R"({"token_label": "ci", "scopes": ["repo:read"]})"),
    action("list_pats", read, "Lists the account's personal access tokens",
           call(actions::list_pats), {expires_within, paging})
        .describe("Needs a user's log-in, and never shows the tokens themselves.")
        .items("results", "uuid")
        .columns("uuid", "token_label", "scopes", "is_active", "last_used", "expires_at")
        .rest("GET", "/v2/access-tokens")
        .verbose("dockerhub_get_access_tokens")
        .example(R"({"expires_within": 30})"),
    action("update_pat", write, "Renames a personal access token, or switches it on or off",
           PATCH(pat), {uuid, token_label, pat_is_active})
        .describe(
            "Needs a user's log-in; answers the token's data, and its scopes and its end cannot "
            "be changed.")
        .at_least_one({"token_label", "is_active"})
        .positional("uuid")
        .verbose("dockerhub_update_access_token")
        .example(R"({"uuid": "b30bbf97-506c-4ecd-aabc-842f3cb484fb", "is_active": false})"),
    action("get_pat", read, "Reads a personal access token", GET(pat), {uuid})
        .describe("Needs a user's log-in, and never shows the token itself.")
        .positional("uuid")
        .verbose("dockerhub_get_access_token")
        .example(R"({"uuid": "b30bbf97-506c-4ecd-aabc-842f3cb484fb"})"),
    action("delete_pat", destructive, "Deletes a personal access token", DELETE(pat), {uuid})
        .describe(
            "Needs a user's log-in: what uses the token is locked out at once; answers no data.")
        .confirm("Delete the personal access token {uuid}", "{uuid}")
        .positional("uuid")
        .verbose("dockerhub_delete_access_token")
        .example(R"({"uuid": "b30bbf97-506c-4ecd-aabc-842f3cb484fb"})"),

    action("rotate_pat", destructive, "Replaces a personal access token by a new one",
           call(actions::rotate_pat), {uuid_or_label, expires_at, old_token})
        .describe("Needs a log-in with the password: makes one with the same label and scopes and "
                  "logs in with it, then ends the old one, or deletes the new one where it "
                  "does not work; answers the new token, shown this once.")
        .dry_run()
        .shown_once("token")
        .confirm("Replace the personal access token {uuid} by a new one and {old_token} it",
                 "{uuid}")
        .positional("uuid")
        .short_form("rotate", "uuid")
        .rest("POST", "/v2/access-tokens/{uuid}/rotation")
        .verbose("dockerhub_rotate_access_token")
        .example(R"({"uuid": "b30bbf97-506c-4ecd-aabc-842f3cb484fb"})"),

    action("create_oat", write, "Creates an access token of an organization",
           call(actions::create_oat),
           {org, label.required(), description, expires_at, oat_scopes, resources})
        .describe("For owners; answers the token, shown this once.")
        .dry_run()
        .shown_once("token")
        .positional("org", "label")
        .rest("POST", "/v2/orgs/{org}/access-tokens")
        .verbose("dockerhub_create_org_access_token")
        .example(R"({"org": "acme", "label": "ci", "resources": [{"type": "TYPE_REPO", )"
                 R"("path": "acme/app", "scopes": ["scope-image-pull"]}]})"),
    action("list_oats", read, "Lists the access tokens of an organization",
           call(actions::list_oats), {org, expires_within, paging})
        .describe("For owners, and never with the tokens themselves.")
        .items("results", "id")
        .columns("id", "label", "created_by", "is_active", "last_used_at", "expires_at")
        .positional("org")
        .rest("GET", "/v2/orgs/{org}/access-tokens")
        .verbose("dockerhub_get_org_access_tokens")
        .example(R"({"org": "acme"})"),
    action("get_oat", read, "Reads an access token of an organization", GET(oat),
           {dockerhub::hub::org, token_id})
        .describe("For owners: with the resources it reaches, never with the token itself.")
        .positional("org", "token_id")
        .verbose("dockerhub_get_org_access_token")
        .example(R"({"org": "acme", "token_id": "a7a5ef25-8889-43a0-8cc7-f2a94268e861"})"),
    action("update_oat", write, "Changes an access token of an organization",
           call(actions::update_oat),
           {dockerhub::hub::org, token_id, label, description,
            boolean("is_active", "Whether the token works."), resources})
        .describe(
            "For owners; answers the token's data, and resources that are given replace those it "
            "had.")
        .dry_run()
        .at_least_one({"label", "description", "is_active", "resources"})
        .positional("org", "token_id")
        .rest("PATCH", "/v2/orgs/{org}/access-tokens/{token_id}")
        .verbose("dockerhub_update_org_access_token")
        .example(R"({"org": "acme", "token_id": "a7a5ef25-8889-43a0-8cc7-f2a94268e861", )"
                 R"("label": "ci"})"),
    action("delete_oat", destructive, "Deletes an access token of an organization", DELETE(oat),
           {dockerhub::hub::org, token_id})
        .describe("For owners: what uses it is locked out at once; answers no data.")
        .confirm("Delete the access token {token_id} of {org}", "{token_id}")
        .positional("org", "token_id")
        .verbose("dockerhub_delete_org_access_token")
        .example(R"({"org": "acme", "token_id": "a7a5ef25-8889-43a0-8cc7-f2a94268e861"})"),

    prompt("token_rotation", "Replaces access tokens that end soon",
           steps(actions::kRotationAim, actions::kTokenRotation),
           {argument("days", "Tokens that end within so many days; 30 if not given"),
            argument("org", "Organization whose tokens are looked at as well")})
        .title("Token rotation"),
    completion(call(dockerhub::hub::complete)))
