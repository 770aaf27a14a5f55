// hub_registry: reading container registries, and deleting from them. This file is the table of
// actions; actions.hpp names what does the work.
#include <dockerhub/plugin.hpp>

#include "actions.hpp"
#include "media_type.hpp"

namespace {

using namespace dockerhub::sdk;
namespace actions = dockerhub::registry;

constexpr auto repo =
    string("repo",
           "[host[:port]/]repository. Without a host the configured registry is meant, at Docker's "
           "alpine is library/alpine. A :tag or @digest may follow where the action takes a "
           "reference.")
        .required()
        .length(1, 400)
        .example("library/alpine");
constexpr auto plain_repo =
    string("repo",
           "[host[:port]/]repository. Without a host the configured registry "
           "is meant, at Docker's alpine is library/alpine.")
        .required()
        .length(1, 400)
        .example("library/alpine");
constexpr auto reference =
    string("reference", "A tag, or a digest like sha256:9f86d0...; latest where nothing is named.")
        .length(1, 450)
        .example("latest");
constexpr auto digest = string("digest", "A digest: sha256: or sha512: and hexadecimal digits.")
                            .required()
                            .length(1, 300)
                            .alias("blob_digest");
constexpr auto platform =
    string("platform", "Whose image of an index is meant: os/architecture[/variant].")
        .defaults("linux/amd64")
        .example("linux/arm64");
constexpr auto accept =
    string("accept", "Media types to accept, in place of those of OCI and Docker.").length(1, 500);
constexpr auto page_size =
    integer("n", "Tags on a page; a server may not heed it, the answer does.").min(1);
constexpr auto last = string("last", "Begin after this tag.").length(1, 128);
constexpr auto include_config =
    boolean("include_config", "Answer the image's config as well.").defaults(false);
constexpr auto max_bytes = integer("max_bytes", "Most bytes to read; a larger blob is refused.")
                               .min(1)
                               .max(32 * 1024 * 1024)
                               .defaults(8 * 1024 * 1024);
constexpr auto artifact_type =
    string("artifact_type", "Only referrers of this type, like application/spdx+json.")
        .alias("artifactType")
        .length(1, 255);
constexpr auto all_tags =
    boolean("all_tags", "Delete although other tags name the same manifest and go with it.")
        .defaults(false);
constexpr auto registry_host =
    string("registry", "host[:port] of the registry, if not the configured one.").length(1, 255);

// A destructive action asks for consent before its handler looks at anything, so its row refuses what
// is no name.
constexpr auto deleted_repo = plain_repo.pattern(
    R"((?:[A-Za-z0-9.-]+(?::[0-9]{1,5})?/|\[[0-9a-f:.]+\](?::[0-9]{1,5})?/)?)"
    R"([a-z0-9]+(?:(?:\.|__?|-+)[a-z0-9]+)*(?:/[a-z0-9]+(?:(?:\.|__?|-+)[a-z0-9]+)*)*)");
constexpr auto deleted_reference =
    string("reference", "A tag, or a digest like sha256:9f86d0...")
        .required()
        .length(1, 450)
        .pattern(R"((?:\w[\w.-]{0,127}@)?[a-z0-9]+(?:[+._-][a-z0-9]+)*:[\w=-]+|\w[\w.-]{0,127})");

}  // namespace

DOCKERHUB_MODULE(
    module("hub_registry", "1.0.0")
        .title("Container registries")
        .describe("Images in Docker's registry and any other that speaks the OCI distribution "
                  "protocol. What is read is verified by its digest.")
        .publisher("The dockerhub-api authors")
        .license("MIT")
        .toggle("REGISTRYTOOL")
        .needs("http/1", "digest/1", "ask/1")
        .uses("catalog/1", "config/1"),
    instance<actions::ReferrersSupport>(),
    action("api_version", read, "Asks a registry whether it speaks the protocol",
           call(actions::api_version), {registry_host})
        .describe(
            "Answers what /v2/ says; a status of 401 is no failure: it speaks, and wants a log-in.")
        .positional("registry")
        .verbose("dockerhub_registry_api_version")
        .example(R"({})"),
    action("list_tags", read, "Lists the tags of a repository", call(actions::list_tags),
           {plain_repo, page_size, last})
        .describe(
            "One page, or all with the option all_pages; `next` has the parameters of the call "
            "that goes on. A list that comes whole is sorted.")
        .items("tags")
        .positional("repo")
        .short_form("tags", "repo")
        .verbose("dockerhub_registry_list_tags")
        .example(R"({"repo": "library/alpine", "n": 20})"),
    action("get_manifest", read, "Reads a manifest as it is", call(actions::get_manifest),
           {repo, reference, accept})
        .describe("The answer is the manifest's own text: its digest is that of these bytes. "
                  "Docker Hub counts it as a pull; check_manifest and resolve_digest are free.")
        .verbatim()
        .positional("repo", "reference")
        .verbose("dockerhub_registry_get_manifest")
        .example(R"({"repo": "library/alpine", "reference": "3.20"})"),
    action("check_manifest", read, "Tells whether a manifest is there",
           call(actions::check_manifest), {repo, reference})
        .positional("repo", "reference")
        .verbose("dockerhub_registry_check_manifest")
        .example(R"({"repo": "library/alpine", "reference": "3.20"})"),
    action("resolve_digest", read, "Tells the digest that a tag names now",
           call(actions::resolve_digest), {repo, reference})
        .positional("repo", "reference")
        .short_form("digest", "repo", "reference")
        .columns("reference", "digest", "media_type", "exists")
        .verbose("dockerhub_registry_resolve_digest")
        .example(R"({"repo": "library/alpine", "reference": "latest"})"),
    action("list_platforms", read, "Lists the platforms that an image is made for",
           call(actions::list_platforms), {repo, reference})
        .describe("Entries that only attest something about others are counted, not listed.")
        .items("platforms", "digest")
        .columns("os", "architecture", "variant", "digest", "size")
        .from_outside("os", "architecture", "variant", "mediaType")
        .positional("repo", "reference")
        .verbose("dockerhub_registry_list_platforms")
        .example(R"({"repo": "library/alpine", "reference": "latest"})"),
    action("get_config", read, "Reads the config of an image", call(actions::get_config),
           {repo, reference, platform})
        .describe(
            "Of an index the image for `platform` is taken; where there is none the call fails "
            "and names those there are.")
        .positional("repo", "reference")
        .verbose("dockerhub_registry_get_config")
        .example(R"({"repo": "library/alpine", "reference": "latest", "platform": "linux/arm64"})"),
    action("inspect", read, "Tells digest, type and platforms of an image", call(actions::inspect),
           {repo, reference, include_config, platform})
        .positional("repo", "reference")
        .short_form("inspect", "repo", "reference")
        .from_outside("os", "architecture", "variant", "mediaType", "config")
        .verbose("dockerhub_registry_inspect")
        .example(R"({"repo": "library/alpine", "reference": "latest"})")
        .example(R"({"repo": "registry.example.com:5000/team/app:v1", "include_config": true})"),
    action("get_blob", read, "Reads a blob", call(actions::get_blob),
           {plain_repo, digest, max_bytes})
        .describe("JSON and text as they are, anything else as {encoding, data, size} in base64.")
        .verbatim()
        .positional("repo", "digest")
        .verbose("dockerhub_registry_get_blob")
        .example(
            R"({"repo": "library/alpine", "digest": "sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"})"),
    action("check_blob", read, "Tells whether a blob is there", call(actions::check_blob),
           {plain_repo, digest})
        .positional("repo", "digest")
        .verbose("dockerhub_registry_check_blob")
        .example(
            R"({"repo": "library/alpine", "digest": "sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"})"),
    action("list_referrers", read,
           "Lists what refers to a manifest: signatures, SBOMs, attestations",
           call(actions::list_referrers), {plain_repo, digest, artifact_type})
        .describe("Asks the registry's referrers API, or where there is none the tag that stands "
                  "in for it.")
        .items("manifests", "digest")
        .columns("artifactType", "digest", "size", "mediaType")
        .from_outside("artifactType", "mediaType", "annotations")
        .positional("repo", "digest")
        .verbose("dockerhub_registry_list_referrers")
        .example(
            R"({"repo": "library/alpine", "digest": "sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"})"),
    action("delete_manifest", destructive, "Deletes a manifest with all of its tags",
           call(actions::delete_manifest), {deleted_repo, deleted_reference, all_tags})
        .describe(
            "A tag is resolved first; when other tags name the same manifest, nothing is "
            "deleted unless all_tags says so. An index that lists the manifest is not looked for.")
        .dry_run()
        .confirm("Delete the manifest {reference} of {repo} with its tags", "{repo}")
        .positional("repo", "reference")
        .verbose("dockerhub_registry_delete_manifest")
        .example(R"({"repo": "registry.example.com:5000/team/app", "reference": "v1"})"))
