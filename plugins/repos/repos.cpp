// hub_repos: repositories of Docker Hub and their tags. Every action is a request that the kernel sends
// by itself, so no code of this module ever runs. Source: Docker Hub API, the group "Repositories".
#include <dockerhub/plugin.hpp>

namespace {

using namespace dockerhub::sdk;

constexpr auto repos = path("/v2/namespaces/{namespace}/repositories");
constexpr auto repo = repos / "{repository}";

constexpr auto hub_namespace =
    string("namespace", "User or organization that owns the repositories.")
        .required()
        .length(1, 255)
        .example("library");
constexpr auto repository = string("repository", "Name of the repository, without its namespace.")
                                .required()
                                .length(1, 255)
                                .example("alpine");
constexpr auto name_part = string("name", "Only repositories whose name contains this.");
constexpr auto ordering =
    string("ordering", "Order of the list; - begins with the highest.")
        .choices("name", "-name", "last_updated", "-last_updated", "pull_count", "-pull_count");

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

}  // namespace

DOCKERHUB_MODULE(
    module("hub_repos", "1.0.0")
        .title("Docker Hub repositories")
        .describe("Repositories of Docker Hub and their tags.")
        .publisher("The dockerhub-api authors")
        .license("MIT")
        .toggle("REPOSTOOL"),
    action("list", read, "Lists the repositories of a namespace",
           GET(repos).paged("page", "results"), {hub_namespace, name_part, ordering, paging})
        .describe("Public ones need no log-in. A page past the last is answered 404.")
        .items("results", "name")
        .columns("namespace", "name", "is_private", "star_count", "pull_count", "last_updated",
                 "description")
        .from_outside("description", "status_description")
        .positional("namespace")
        .short_form("ls", "namespace")
        .rest("GET", "/v2/namespaces/{namespace}/repositories")
        .verbose("dockerhub_get_repositories")
        .example(R"({"namespace": "library", "ordering": "-pull_count", "page_size": 25})"),
    action("get", read, "Reads one repository", GET(repo), {hub_namespace, repository})
        .describe("Public ones need no log-in.")
        .from_outside("description", "full_description", "status_description")
        .positional("namespace", "repository")
        .rest("GET", "/v2/namespaces/{namespace}/repositories/{repository}")
        .verbose("dockerhub_get_repository")
        .example(R"({"namespace": "library", "repository": "alpine"})"),
    action("check", read, "Tells whether a repository exists", HEAD(repo).exists(),
           {hub_namespace, repository})
        .describe("A private one that the account may not see does not exist for it.")
        .positional("namespace", "repository")
        .rest("HEAD", "/v2/namespaces/{namespace}/repositories/{repository}")
        .verbose("dockerhub_check_repository")
        .example(R"({"namespace": "library", "repository": "alpine"})"),
    action("create", write, "Creates a repository", POST(repos),
           {hub_namespace.also_in_body(), new_name, description, full_description, registry,
            is_private})
        .from_outside("full_description")
        .positional("namespace", "name")
        .rest("POST", "/v2/namespaces/{namespace}/repositories")
        .verbose("dockerhub_create_repository")
        .example(R"({"namespace": "acme", "name": "app", "is_private": true})"),
    action("list_tags", read, "Lists the tags of a repository as Docker Hub knows them",
           GET(repo / "tags").paged("page", "results"), {hub_namespace, repository, paging})
        .describe(
            "With sizes, images and dates; hub_registry list_tags gives the names alone, of any "
            "registry.")
        .items("results", "name")
        .columns("name", "full_size", "last_updated", "status", "tag_last_pulled")
        .positional("namespace", "repository")
        .rest("GET", "/v2/namespaces/{namespace}/repositories/{repository}/tags")
        .verbose("dockerhub_get_repository_tags")
        .example(R"({"namespace": "library", "repository": "alpine", "page_size": 10})"))
