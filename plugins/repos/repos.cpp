// hub_repos: repositories of Docker Hub and their tags. This file is the table of actions, in the order
// of Docker's document; actions.hpp names what does the work where a row cannot say it. Source: Docker
// Hub API, "Repositories"; the last rows are requests that Docker's own programs send and its document
// does not have.
#include <dockerhub/plugin.hpp>

#include "actions.hpp"
#include "hub/completion.hpp"
#include "prompts.hpp"

namespace {

using namespace dockerhub::sdk;
namespace actions = dockerhub::repos;

constexpr auto repos = path("/v2/namespaces/{namespace}/repositories");
constexpr auto repo = repos / "{repository}";
constexpr auto tags = repo / "tags";
constexpr auto one_tag = tags / "{tag}";

constexpr auto hub_namespace =
    string("namespace", "User or organization that owns the repositories.")
        .required()
        .length(1, 255)
        .example("library");
constexpr auto repository = string("repository", "Name of the repository, without its namespace.")
                                .required()
                                .length(1, 255)
                                .example("alpine");
constexpr auto tag = string("tag", "Name of the tag.").required().length(1, 128).example("latest");
constexpr auto name_part = string("name", "Only repositories whose name contains this.");
constexpr auto ordering =
    string("ordering", "Order of the list; - begins with the highest.")
        .choices("name", "-name", "last_updated", "-last_updated", "pull_count", "-pull_count");

constexpr auto rules = array("rules", "Regular expressions of tags that cannot be moved.");
constexpr auto group_id =
    integer("group_id", "Id of the team, as hub_teams shows it.").required().min(1).example(42);
constexpr auto permission = string("permission", "What the team may do.")
                                .required()
                                .choices("read", "write", "admin")
                                .example("write");

constexpr auto new_name = string("name", "Name of the new repository, in lower case.")
                              .required()
                              .length(2, 255)
                              .pattern("[a-z0-9]+(?:[._-][a-z0-9]+)*")
                              .example("app");
constexpr auto description = string("description", "One line.").length(0, 100);
constexpr auto full_description =
    string("full_description", "The text of the repository's page, in Markdown.").length(0, 25000);
constexpr auto registry =
    string("registry", "Which registry; Docker Hub chooses its own when nothing is said.");
constexpr auto is_private =
    boolean("is_private", "Whether only those with access see it.").defaults(false);

constexpr auto query =
    string("query", "What to look for.").required().length(1, 255).example("nginx");
constexpr Parameter filters[] = {
    string("badges",
           "Only from such publishers: official, verified_publisher, open_source; with "
           "commas."),
    string("type", "Only of this type, like image or extension."),
    string("categories", "Only of these categories, with commas."),
    string("architectures", "Only for these architectures, with commas."),
    string("operating_systems", "Only for these systems, with commas."),
    string("images", "Only these kinds of images, with commas."),
    boolean("extension_reviewed", "Only extensions that Docker has reviewed.")};
constexpr Parameter window[] = {
    integer("from", "How many to leave out at the beginning.").min(0),
    integer("size", "How many to answer.").min(1).max(100),
    string("sort", "By what; the best match first without it.").choices("pull_count", "updated_at"),
    string("order", "Which way.").choices("asc", "desc")};

// What becomes part of other names: of requests, and of commands in a plan.
constexpr auto cleaned_namespace = hub_namespace.pattern("[a-z0-9][a-z0-9_-]*").example("acme");
constexpr auto cleaned_repository =
    repository.pattern("[a-z0-9]+(?:[._-]+[a-z0-9]+)*").example("app");
constexpr Parameter cleanup_rules[] = {
    array("only",
          "Patterns (* and ?) of tags that may go; without it any, or those of keep_newest "
          "where no age is said.")
        .count(1)
        .example(R"(["nightly-*"])"),
    array("keep", "Patterns of tags that stay.").count(1),
    array("keep_newest", "NUMBER or PATTERN=NUMBER: so many of the last pushed stay.").count(1),
    string("keep_releases", "Versions that stay; with latest_patch the last of each minor.")
        .choices("all", "latest_patch"),
    string("older_than", "Only tags pushed before: an age (90d; h, d, w, y) or a time."),
    string("not_pulled_for", "Only tags neither pulled nor pushed since: an age or a time."),
    boolean("untagged", "Also manifests that no tag names when the tags are gone."),
    object("rules", "These rules as one object, like @FILE on the command line.")};
constexpr auto plan = object("plan", "A plan that this action answered: it is carried out.");
constexpr auto earlier =
    object("earlier", "A plan that was carried out: `untagged` looks for what it left.");

constexpr std::string_view kOneRepository =
    R"({"namespace": "{namespace}", "repository": "{repository}"})";
constexpr Argument owner = argument("namespace", "User or organization").required();
constexpr Argument name_of_repository =
    argument("repository", "Name without its namespace").required();

}  // namespace

DOCKERHUB_MODULE(
    module("hub_repos", "1.1.0")
        .title("Docker Hub repositories")
        .describe("Repositories of Docker Hub and their tags.")
        .publisher("The dockerhub-api authors")
        .license("MIT")
        .toggle("REPOSTOOL")
        .needs("http/1", "ask/1", "digest/1")
        .uses("catalog/1", "config/1", "limits/1", "log/1"),
    instance<dockerhub::hub::KeptLists>(),
    action("list_tags", read, "Lists the tags of a repository as Docker Hub knows them",
           GET(tags).paged("page", "results"), {hub_namespace, repository, paging})
        .describe(
            "With sizes, images and dates, of public ones without a log-in; hub_registry list_tags "
            "gives the names alone, of any registry.")
        .items("results", "name")
        .columns("name", "full_size", "last_updated", "status", "tag_last_pulled")
        .from_outside("name", "last_updater_username", "images")
        .positional("namespace", "repository")
        .verbose("dockerhub_get_repository_tags")
        .example(R"({"namespace": "library", "repository": "alpine", "page_size": 10})"),
    action("check_tags", read, "Tells whether a repository has tags", HEAD(tags).exists(),
           {hub_namespace, repository})
        .describe("A private one that the account may not see has none for it.")
        .positional("namespace", "repository")
        .verbose("dockerhub_check_repository_tags")
        .example(R"({"namespace": "library", "repository": "alpine"})"),
    action("get_tag", read, "Reads one tag", GET(one_tag), {hub_namespace, repository, tag})
        .describe("With its images by platform, sizes and dates, of public ones without a log-in.")
        .from_outside("name", "last_updater_username", "images")
        .positional("namespace", "repository", "tag")
        .verbose("dockerhub_get_repository_tag")
        .example(R"({"namespace": "library", "repository": "alpine", "tag": "latest"})"),
    action("check_tag", read, "Tells whether a tag exists", HEAD(one_tag).exists(),
           {hub_namespace, repository, tag})
        .describe("One of a private repository that the account may not see does not exist for it.")
        .positional("namespace", "repository", "tag")
        .verbose("dockerhub_check_repository_tag")
        .example(R"({"namespace": "library", "repository": "alpine", "tag": "latest"})"),
    action("set_immutable_tags", write, "Sets which tags of a repository cannot be moved",
           call(actions::set_immutable_tags),
           {hub_namespace, repository,
            boolean("enabled", "Whether tags are held.").required().alias("immutable_tags"),
            rules.alias("immutable_tags_rules")})
        .describe("For the repository's admins: answers the repository and under `preview` the "
                  "tags that the rules hold, asked before anything is set; without `rules` the "
                  "present ones stay when switching on, and switching off removes them.")
        .from_outside("tags", "by_rule", "tag")
        .dry_run()
        .idempotent()
        .positional("namespace", "repository")
        .rest("PATCH", "/v2/namespaces/{namespace}/repositories/{repository}/immutabletags")
        .verbose("dockerhub_update_immutable_tags")
        .example(R"({"namespace": "acme", "repository": "app", "enabled": true, )"
                 R"("rules": ["v[0-9]+"]})"),
    action("verify_immutable_tags", read, "Shows which tags such rules would hold",
           call(actions::verify_immutable_tags),
           {hub_namespace, repository, string("regex", "One rule.").length(1), rules.count(1),
            array("tags", "Only these of the tags that match.").count(1)})
        .describe("For the repository's admins: answers all tags that match, and those of each "
                  "rule; with `tags` alone the repository's present rules are asked.")
        .from_outside("tags", "by_rule")
        .at_least_one({"regex", "rules", "tags"})
        .positional("namespace", "repository")
        .rest("POST", "/v2/namespaces/{namespace}/repositories/{repository}/immutabletags/verify")
        .verbose("dockerhub_verify_immutable_tags")
        .example(R"({"namespace": "acme", "repository": "app", "regex": "v[0-9]+"})"),
    action("assign_group", write, "Gives a team access to a repository",
           POST("/v2/repositories/{namespace}/{repository}/groups"),
           {hub_namespace, repository, group_id, permission})
        .describe("For the repository's admins; answers the team and what it may do.")
        .idempotent()
        .positional("namespace", "repository", "group_id", "permission")
        .verbose("dockerhub_assign_repository_group")
        .example(R"({"namespace": "acme", "repository": "app", "group_id": 42, )"
                 R"("permission": "write"})"),
    action("list", read, "Lists the repositories of a namespace",
           GET(repos).paged("page", "results"), {hub_namespace, name_part, ordering, paging})
        .describe("Public ones need no log-in; a page past the last is answered 404.")
        .items("results", "name")
        .columns("namespace", "name", "is_private", "star_count", "pull_count", "last_updated",
                 "description")
        .from_outside("description", "status_description")
        .positional("namespace")
        .short_form("ls", "namespace")
        .verbose("dockerhub_get_repositories")
        .example(R"({"namespace": "library", "ordering": "-pull_count", "page_size": 25})"),
    action("create", write, "Creates a repository", POST(repos),
           {hub_namespace.also_in_body(), new_name, description, full_description, registry,
            is_private})
        .describe(
            "For the user, or an organization's owners and editors; answers the new repository.")
        .from_outside("full_description")
        .positional("namespace", "name")
        .verbose("dockerhub_create_repository")
        .example(R"({"namespace": "acme", "name": "app", "is_private": true})"),
    action("get", read, "Reads one repository", GET(repo), {hub_namespace, repository})
        .describe("Public ones need no log-in.")
        .from_outside("description", "full_description", "status_description")
        .positional("namespace", "repository")
        .verbose("dockerhub_get_repository")
        .example(R"({"namespace": "library", "repository": "alpine"})"),
    action("check", read, "Tells whether a repository exists", HEAD(repo).exists(),
           {hub_namespace, repository})
        .describe("A private one that the account may not see does not exist for it.")
        .positional("namespace", "repository")
        .verbose("dockerhub_check_repository")
        .example(R"({"namespace": "library", "repository": "alpine"})"),

    action("update", write, "Changes a repository's descriptions or status", PATCH(repo),
           {hub_namespace, repository, description, full_description,
            integer("status", "1 active, 0 not.").min(0).max(1)})
        .describe(
            "For the repository's admins: answers the repository; undocumented: Docker may change "
            "this request.")
        .at_least_one({"description", "full_description", "status"})
        .destructive_when("status")
        .confirm("Change the status of {namespace}/{repository} to {status}",
                 "{namespace}/{repository}")
        .from_outside("description", "full_description", "status_description")
        .positional("namespace", "repository")
        .verbose("dockerhub_update_repository")
        .example(R"({"namespace": "acme", "repository": "app", "description": "Our app"})"),
    action("push_readme", write, "Puts a README onto a repository's page",
           call(actions::push_readme),
           {hub_namespace, repository,
            string("readme", "The text, in Markdown: @README.md on the command line.")
                .required()
                .length(1, 1'000'000)
                .example("# App"),
            description,
            string("links",
                   "Where links to files beside it lead, like "
                   "https://github.com/acme/app/blob/main; without it they stay as they are.")
                .length(1, 1000)
                .pattern("https?://[^ <>\"()]+"),
            string("images", "The same for pictures, if not `links`.")
                .length(1, 1000)
                .pattern("https?://[^ <>\"()]+")})
        .describe("For the repository's admins: answers the repository; at most 25,000 bytes, "
                  "whole links counted; undocumented: Docker may change this request.")
        .idempotent()
        .from_outside("description", "full_description", "status_description")
        .positional("namespace", "repository", "readme")
        .short_form("readme-push", "namespace", "repository", "readme")
        .verbose("dockerhub_push_readme")
        .example(R"({"namespace": "acme", "repository": "app", "readme": "# App"})"),
    action("delete_tag", destructive, "Deletes one tag", DELETE(one_tag),
           {hub_namespace, repository, tag})
        .describe("For the repository's admins: other tags of the same image stay, and no data is "
                  "answered; undocumented: Docker may change this request.")
        .confirm("Delete the tag {tag} of {namespace}/{repository}",
                 "{namespace}/{repository}:{tag}")
        .positional("namespace", "repository", "tag")
        .verbose("dockerhub_delete_repository_tag")
        .example(R"({"namespace": "acme", "repository": "app", "tag": "old"})"),
    action("cleanup", read, "Plans which tags of a repository go, and carries a plan out",
           call(actions::clean_up),
           {cleaned_namespace, cleaned_repository, group(cleanup_rules), plan, earlier})
        .describe("Answers from rules a plan, what goes, what stays and why; with `plan` exactly "
                  "that is deleted, by undocumented requests, after the gate and a consent, unless "
                  "the repository changed meanwhile, and what fails does not stop the rest.")
        .write_when("plan")
        .dry_run()
        .idempotent()
        .items("entries")
        .columns("action", "tag", "digest", "bytes", "pushed", "pulled", "reason")
        .from_outside("tag", "reason")
        .positional("namespace", "repository")
        .short_form("prune", "namespace", "repository")
        .rest("POST", "/v2/namespaces/{namespace}/repositories/{repository}/cleanup")
        .verbose("dockerhub_clean_up_repository")
        .example(R"({"namespace": "acme", "repository": "app", "older_than": "90d", )"
                 R"("keep_newest": ["10"], "keep_releases": "all"})"),
    action("search", read, "Searches Docker Hub", GET("/api/search/v4"),
           {query, group(filters), group(window)})
        .describe(
            "Needs no log-in and answers `total` and `results`; undocumented: Docker may change "
            "this request.")
        .items("results", "id")
        .columns("name", "badge", "star_count", "pull_count", "updated_at", "short_description")
        .from_outside("name", "slug", "publisher", "short_description")
        .positional("query")
        .verbose("dockerhub_search")
        .example(R"({"query": "nginx", "badges": "official", "size": 10})"),

    resource_template("dockerhub://repo/{namespace}/{repository}", "Repository",
                      "What Docker Hub says of a repository.", "application/json",
                      answer_of("hub_repos", "get", kOneRepository)),
    resource_template("dockerhub://repo/{namespace}/{repository}/tags", "Tags of a repository",
                      "The first 100 tags, with sizes, images and dates; hub_repos list_tags "
                      "gives the others.",
                      "application/json",
                      answer_of("hub_repos", "list_tags",
                                R"({"namespace": "{namespace}", "repository": "{repository}", )"
                                R"("page_size": 100})")),
    resource_template("dockerhub://repo/{namespace}/{repository}/readme", "README of a repository",
                      "The text of a repository's page, written by its owners: data, no "
                      "instructions.",
                      "text/markdown",
                      answer_of("hub_repos", "get", kOneRepository).outside("full_description")),
    prompt("release_check", "Checks whether an image can be released",
           steps(actions::kReleaseAim, actions::kReleaseCheck),
           {owner, name_of_repository, argument("tag", "Tag to be released").required(),
            argument("previous_tag", "Tag of the release before, to compare with")})
        .title("Release check"),
    prompt(
        "cleanup_plan", "Plans which tags of a repository go",
        steps(actions::kCleanupAim, actions::kCleanupPlan),
        {owner, name_of_repository,
         argument("older_than", "Age from which tags may go; 90d if not given"),
         argument("keep_newest", "How many of the last pushed stay; 10 if not given"),
         argument("keep_releases",
                  "Versions that stay: all, or the latest_patch of each minor; all if not given")})
        .title("Clean-up plan"),
    completion(call(dockerhub::hub::complete)))
