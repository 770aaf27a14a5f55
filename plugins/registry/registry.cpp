// hub_registry: images of container registries, read, moved and deleted. This file is the table of
// actions, first those of Docker's document and in its order; actions.hpp names what does the work.
// Source: Docker's Registry HTTP API, and the OCI distribution specification for what it leaves out.
#include <dockerhub/plugin.hpp>

#include "actions.hpp"
#include "hub/completion.hpp"
#include "media_type.hpp"

namespace {

using namespace dockerhub::sdk;
namespace actions = dockerhub::registry;

// Of a value that becomes a header's.
constexpr std::string_view kHeaderText = R"([\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?)";

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
    string("accept", "Media types to accept, in place of those of OCI and Docker.")
        .length(1, 500)
        .pattern(kHeaderText);
constexpr auto page_size =
    integer("n", "Tags on a page; a server may not heed it, the answer does.").min(1);
constexpr auto last = string("last", "Begin after this tag.").length(1, 128);
constexpr auto include_config =
    boolean("include_config", "Answer the image's config as well.").defaults(false);
constexpr auto max_bytes = integer("max_bytes", "Most bytes to read; a larger blob is refused.")
                               .min(1)
                               .max(32 * 1024 * 1024)
                               .defaults(8 * 1024 * 1024);
constexpr auto pieces =
    boolean("pieces",
            "Give a blob of any size in pieces of base64, for programs that take them one by one.")
        .defaults(false);
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

constexpr auto changed_digest = digest.pattern(R"([a-z0-9]+(?:[+._-][a-z0-9]+)*:[\w=-]+)");
constexpr auto location =
    string("location", "Where the upload is, as the answer before told it.").length(1, 4096);
constexpr auto upload_uuid =
    string("uuid", "The upload by its Docker-Upload-UUID.").length(1, 200).pattern(R"([\w.=-]+)");
constexpr auto target_images =
    string("to",
           "[host[:port]/]repository[:tag,tag...] to write; without a tag that of the source is "
           "taken.")
        .required()
        .length(1, 1000);
constexpr auto from_repo =
    string("from_repo", "The repository of the same registry that has the blob.")
        .required()
        .length(1, 400);
constexpr std::size_t kMostChunk = 32 * 1024 * 1024;

constexpr auto image_store =
    store("store",
          "An image on this machine, and the tag in it that is meant: oci:DIR[:TAG], "
          "oci-archive:FILE[:TAG], docker-archive:FILE[:NAME:TAG] or dir:DIR.")
        .required();
constexpr auto layout_tag =
    store("store", "The tag, in an image layout on this machine: oci:DIR:TAG.").required();
constexpr auto moved_platform =
    string("platform",
           "os/architecture[/variant]: only the image for it, not all that an index lists.")
        .length(1, 100)
        .example("linux/arm64");
constexpr auto copied_platforms =
    array("platform",
          "os/architecture[/variant]: only the image for it; of several an index of their images "
          "is made, with another digest.")
        .items(Type::string)
        .count(1, 50)
        .example(R"(["linux/amd64", "linux/arm64"])");
constexpr auto parallel =
    integer("parallel", "Blobs that move at the same time.").min(1).max(5).defaults(3);
constexpr auto chunk_mib =
    integer("chunk_mib",
            "MiB that one request of a large upload sends at most; less where a proxy wants it.")
        .min(1)
        .max(1024)
        .defaults(64);
constexpr auto min_remaining =
    integer("min_remaining",
            "Pulls to leave of the budget at Docker's registry; waits up to an hour for its reset.")
        .min(0);
constexpr auto no_overwrite =
    boolean("no_overwrite", "Refuse when the tag names another manifest already.").defaults(false);

}  // namespace

DOCKERHUB_MODULE(
    module("hub_registry", "1.0.0")
        .title("Container registries")
        .describe(
            "Images in Docker's and other OCI registries. What is read is verified by its digest.")
        .publisher("The dockerhub-api authors")
        .license("MIT")
        .toggle("REGISTRYTOOL")
        .needs("http/1", "digest/1", "ask/1")
        .uses("catalog/1", "config/1", "kept/1", "limits/1", "log/1", "store/1"),
    instance<actions::ReferrersSupport>(),
    action("get_manifest", read, "Reads a manifest as it is", call(actions::get_manifest),
           {repo, reference, accept})
        .describe("Answers the manifest's own text, whose digest is that of these bytes; Docker "
                  "Hub counts it as a pull, check_manifest and resolve_digest are free.")
        .verbatim()
        .positional("repo", "reference")
        .short_form("manifest", "repo", "reference")
        .rest("GET", "/v2/{repo}/manifests/{reference}")
        .verbose("dockerhub_registry_get_manifest")
        .example(R"({"repo": "library/alpine", "reference": "3.20"})"),
    action("put_manifest", destructive, "Puts a manifest under a tag or its digest",
           call(actions::put_manifest),
           {deleted_repo, deleted_reference,
            any("manifest", "The manifest: an object, or its text byte for byte."),
            string("manifest_text", "Its text byte for byte, like @FILE on the command line.")
                .length(2, 4 * 1024 * 1024),
            string("media_type", "What the manifest says that it is.")
                .required()
                .length(1, 255)
                .pattern(kHeaderText)
                .example("application/vnd.oci.image.manifest.v1+json")})
        .describe("Answers the digest, which is that of the bytes: an object is written out once, "
                  "so give the text where they matter; a tag that names another manifest is moved.")
        .at_least_one({"manifest", "manifest_text"})
        .at_most_one({"manifest", "manifest_text"})
        .confirm("Put a manifest as {reference} into {repo}", "{repo}")
        .rest("PUT", "/v2/{repo}/manifests/{reference}")
        .verbose("dockerhub_registry_put_manifest")
        .example(
            R"({"repo": "registry.example.com:5000/team/app", "reference": "v1", "media_type": "application/vnd.oci.image.index.v1+json", "manifest_text": "{\"schemaVersion\": 2, \"mediaType\": \"application/vnd.oci.image.index.v1+json\", \"manifests\": []}"})"),
    action("check_manifest", read, "Tells whether a manifest is there",
           call(actions::check_manifest), {repo, reference})
        .describe("Docker Hub counts no pull for it.")
        .positional("repo", "reference")
        .rest("HEAD", "/v2/{repo}/manifests/{reference}")
        .verbose("dockerhub_registry_check_manifest")
        .example(R"({"repo": "library/alpine", "reference": "3.20"})"),
    action("delete_manifest", destructive, "Deletes a manifest with all of its tags",
           call(actions::delete_manifest), {deleted_repo, deleted_reference, all_tags})
        .describe("Answers what went: a tag is resolved first, and when other tags name the same "
                  "manifest nothing is deleted unless all_tags says so; an index that lists the "
                  "manifest is not looked for.")
        .dry_run()
        .confirm("Delete the manifest {reference} of {repo} with its tags", "{repo}")
        .positional("repo", "reference")
        .rest("DELETE", "/v2/{repo}/manifests/{reference}")
        .verbose("dockerhub_registry_delete_manifest")
        .example(R"({"repo": "registry.example.com:5000/team/app", "reference": "v1"})"),
    action("start_upload", destructive, "Begins the upload of a blob", call(actions::start_upload),
           {deleted_repo})
        .describe("Location in the headers of the answer is where it goes on; push does all of it.")
        .confirm("Begin an upload to {repo}")
        .positional("repo")
        .rest("POST", "/v2/{repo}/blobs/uploads/")
        .verbose("dockerhub_registry_start_upload")
        .example(R"({"repo": "registry.example.com:5000/team/app"})"),
    action("mount_blob", destructive, "Takes a blob over from another repository",
           call(actions::mount_blob), {deleted_repo, changed_digest, from_repo})
        .describe("Answers `mounted`, false where the registry began an upload instead.")
        .confirm("Mount {digest} of {from_repo} in {repo}")
        .positional("repo", "digest", "from_repo")
        .verbose("dockerhub_registry_mount_blob")
        .example(
            R"({"repo": "registry.example.com:5000/team/app", "digest": "sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a", "from_repo": "team/base"})"),
    action("check_blob", read, "Tells whether a blob is there", call(actions::check_blob),
           {plain_repo, digest})
        .describe("Reads none of its bytes.")
        .positional("repo", "digest")
        .rest("HEAD", "/v2/{repo}/blobs/{digest}")
        .verbose("dockerhub_registry_check_blob")
        .example(
            R"({"repo": "library/alpine", "digest": "sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"})"),
    action("get_blob", read, "Reads a blob", call(actions::get_blob),
           {plain_repo, digest, max_bytes, pieces})
        .describe("JSON and text as they are, anything else as {encoding, data, size} in base64.")
        .verbatim()
        .positional("repo", "digest")
        .rest("GET", "/v2/{repo}/blobs/{digest}")
        .verbose("dockerhub_registry_get_blob")
        .example(
            R"({"repo": "library/alpine", "digest": "sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"})"),
    action("delete_blob", destructive, "Deletes a blob", call(actions::delete_blob),
           {deleted_repo, changed_digest})
        .describe("Answers `deleted`, false at the many registries that do not offer it; an image "
                  "that names the blob is broken afterwards.")
        .confirm("Delete the blob {digest} of {repo}", "{repo}")
        .positional("repo", "digest")
        .verbose("dockerhub_registry_delete_blob")
        .example(
            R"({"repo": "registry.example.com:5000/team/app", "digest": "sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"})"),
    action("upload_status", read, "Tells how far an upload has come", call(actions::upload_status),
           {plain_repo, location, upload_uuid})
        .describe("Range in the headers of the answer: 0-LAST of the bytes that arrived.")
        .at_least_one({"location", "uuid"})
        .at_most_one({"location", "uuid"})
        .rest("GET", "/v2/{repo}/blobs/uploads/{uuid}")
        .verbose("dockerhub_registry_upload_status")
        .example(
            R"({"repo": "registry.example.com:5000/team/app", "location": "/v2/team/app/blobs/uploads/5c1f2b3e?_state=x"})"),
    action("complete_upload", destructive, "Ends an upload: its bytes become a blob",
           call(actions::complete_upload),
           {deleted_repo, location.required(), changed_digest,
            string("final_chunk", "The last bytes, where they are text.").length(0, kMostChunk),
            string("final_chunk_base64", "The last bytes in base64.").length(0, kMostChunk)})
        .describe("Answers where the blob is, and its digest, in the headers.")
        .at_most_one({"final_chunk", "final_chunk_base64"})
        .confirm("Complete the upload of {digest} to {repo}")
        .rest("PUT", "/v2/{repo}/blobs/uploads/{location}")
        .verbose("dockerhub_registry_complete_upload")
        .example(
            R"({"repo": "registry.example.com:5000/team/app", "location": "/v2/team/app/blobs/uploads/5c1f2b3e?_state=x", "digest": "sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"})"),
    action("upload_chunk", destructive, "Sends a piece of an upload", call(actions::upload_chunk),
           {deleted_repo, location.required(),
            string("chunk", "The bytes, where they are text.").length(0, kMostChunk),
            string("chunk_base64", "The bytes in base64.").length(0, kMostChunk),
            string("content_range", "START-END of the piece, both included.")
                .length(1, 64)
                .pattern(kHeaderText)})
        .describe(
            "Pieces go in order, and Location in the headers of the answer replaces the one "
            "before; it is not sent again by itself: ask upload_status where an answer is lost.")
        .at_least_one({"chunk", "chunk_base64"})
        .at_most_one({"chunk", "chunk_base64"})
        .confirm("Send a piece of an upload to {repo}")
        .rest("PATCH", "/v2/{repo}/blobs/uploads/{location}")
        .verbose("dockerhub_registry_upload_chunk")
        .example(
            R"({"repo": "registry.example.com:5000/team/app", "location": "/v2/team/app/blobs/uploads/5c1f2b3e?_state=x", "chunk": "{}", "content_range": "0-1"})"),
    action("cancel_upload", destructive, "Ends an upload without a blob",
           call(actions::cancel_upload), {deleted_repo, location, upload_uuid})
        .describe("What arrived of it is lost; answers no data.")
        .at_least_one({"location", "uuid"})
        .at_most_one({"location", "uuid"})
        .confirm("Cancel an upload to {repo}")
        .rest("DELETE", "/v2/{repo}/blobs/uploads/{uuid}")
        .verbose("dockerhub_registry_cancel_upload")
        .example(
            R"({"repo": "registry.example.com:5000/team/app", "location": "/v2/team/app/blobs/uploads/5c1f2b3e?_state=x"})"),

    action("api_version", read, "Asks a registry whether it speaks the protocol",
           call(actions::api_version), {registry_host})
        .describe(
            "Answers what /v2/ says; a status of 401 is no failure: it speaks, and wants a log-in.")
        .positional("registry")
        .verbose("dockerhub_registry_api_version")
        .example(R"({})"),
    action("list_tags", read, "Lists the tags of a repository", call(actions::list_tags),
           {plain_repo, page_size, last})
        .describe("One page, or all with the option all_pages; `next` has the parameters of the "
                  "call that goes on, and a list that comes whole is sorted.")
        .items("tags")
        .from_outside("tags")
        .positional("repo")
        .short_form("tags", "repo")
        .verbose("dockerhub_registry_list_tags")
        .example(R"({"repo": "library/alpine", "n": 20})"),
    action("delete_tag", destructive, "Deletes one tag, and neither its manifest nor other tags",
           call(actions::delete_tag),
           {deleted_repo, string("tag", "Name of the tag.")
                              .required()
                              .length(1, 128)
                              .pattern(R"(\w[\w.-]{0,127})")
                              .example("old")})
        .describe("At Docker's registry hub_repos delete_tag does it and asks for its own consent; "
                  "a registry that cannot is left as it is, and the call fails as not supported; "
                  "answers no data.")
        .dry_run()
        .confirm("Delete the tag {tag} of {repo}", "{repo}:{tag}")
        .positional("repo", "tag")
        .short_form("untag", "repo", "tag")
        .verbose("dockerhub_registry_delete_tag")
        .example(R"({"repo": "registry.example.com:5000/team/app", "tag": "old"})"),
    action("untag_layout", destructive, "Takes one tag from an image layout on this machine",
           call(actions::untag_layout), {layout_tag})
        .describe("Answers what it named and the tags that stay; the manifest and its blobs stay "
                  "in the folder, since garbage is not collected.")
        .dry_run()
        .confirm("Take the tag {store} from the image layout", "{store}")
        .positional("store")
        .short_form("untag-layout", "store")
        .verbose("dockerhub_registry_untag_layout")
        .example(R"({"store": "oci:build:v1"})"),
    action("resolve_digest", read, "Tells the digest that a tag names now",
           call(actions::resolve_digest), {repo, reference})
        .describe("Docker Hub counts no pull for it.")
        .positional("repo", "reference")
        .short_form("digest", "repo", "reference")
        .columns("digest")
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
        .short_form("image-config", "repo", "reference")
        .verbose("dockerhub_registry_get_config")
        .example(R"({"repo": "library/alpine", "reference": "latest", "platform": "linux/arm64"})"),
    action("inspect", read, "Tells digest, type and platforms of an image", call(actions::inspect),
           {repo, reference, include_config, platform})
        .describe("Docker Hub counts it as a pull; no layer is read.")
        .positional("repo", "reference")
        .short_form("inspect", "repo", "reference")
        .from_outside("os", "architecture", "variant", "mediaType", "config")
        .verbose("dockerhub_registry_inspect")
        .example(R"({"repo": "library/alpine", "reference": "latest"})")
        .example(R"({"repo": "registry.example.com:5000/team/app:v1", "include_config": true})"),
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
    action("attestations", read, "Lists what is attested about an image, and what it is",
           call(actions::attestations), {repo, reference})
        .describe("SBOMs, provenance, VEX and signatures that stand in its index, refer to it, or "
                  "are kept under tags of its digest; contents and signatures are not checked.")
        .items("attestations", "digest")
        .columns("what", "format", "platform", "size", "signature", "source", "digest")
        .from_outside("type", "platform")
        .positional("repo", "reference")
        .verbose("dockerhub_registry_attestations")
        .example(R"({"repo": "library/alpine", "reference": "latest"})"),
    action("tree", read, "Shows an image with all that hangs on it", call(actions::tree),
           {repo, reference})
        .describe("Its platforms, what its index attests, what refers to each of them and what is "
                  "kept under tags of their digests, from the top down; `depth` says below what.")
        .items("tree")
        .columns("depth", "kind", "platform", "digest", "artifact_type", "media_type", "size")
        .from_outside("media_type", "artifact_type", "platform")
        .positional("repo", "reference")
        .short_form("tree", "repo", "reference")
        .verbose("dockerhub_registry_tree")
        .example(R"({"repo": "library/alpine", "reference": "latest"})"),
    action("diff", read, "Compares two images by platforms, configs and layers",
           call(actions::diff),
           {repo, reference,
            string("to",
                   "The other image: [host[:port]/]repository[:tag][@digest], or :tag or "
                   "@digest of the same repository.")
                .required()
                .length(1, 400)
                .example(":latest")})
        .describe(
            "Answers a row for each platform: added, removed, same, or changed with the members of "
            "the config and the layers that differ; files within layers are not compared.")
        .items("images", "platform")
        .columns("platform", "change", "from", "to", "bytes_from", "bytes_to")
        .from_outside("config")
        .positional("repo", "to")
        .short_form("diff", "repo", "to")
        .verbose("dockerhub_registry_diff")
        .example(R"({"repo": "library/alpine:3.20", "to": ":latest"})"),
    action("verify", read, "Reads every byte of an image and compares it with its digests",
           call(actions::verify), {repo, reference, moved_platform, parallel})
        .describe("Answers how much was read, of all platforms of an index or of one, and keeps "
                  "nothing; fails when a manifest or blob is not what it is called, or is missing.")
        .positional("repo", "reference")
        .short_form("verify", "repo", "reference")
        .verbose("dockerhub_registry_verify")
        .example(R"({"repo": "library/alpine", "reference": "3.20"})"),
    action(
        "copy", write, "Copies an image from one repository to another", call(actions::copy),
        {repo, reference, target_images, copied_platforms,
         boolean("as_index",
                 "Make an index of a single platform, too; it names the digest of the whole one.")
             .defaults(false),
         boolean("no_referrers",
                 "Leave behind what refers to the image: signatures, SBOMs, attestations.")
             .defaults(false),
         no_overwrite, min_remaining, parallel, chunk_mib})
        .describe("Answers the digest, and the old one where a tag is moved; what an index lists "
                  "and what refers to any of it goes along unchanged, Cosign's tags too, blobs "
                  "that are there are not sent, those of the same registry are mounted.")
        .idempotent()
        .dry_run()
        .positional("repo", "to")
        .short_form("copy", "repo", "to")
        .columns("image")
        .verbose("dockerhub_registry_copy")
        .example(
            R"({"repo": "library/alpine:3.20", "to": "registry.example.com:5000/base/alpine"})"),
    action("push", write, "Pushes an image from an image layout", call(actions::push),
           {image_store, repo, reference, moved_platform, no_overwrite, parallel, chunk_mib})
        .describe("Answers the digest, and the old one where a tag is moved; blobs are verified "
                  "while they are sent, those that are there are left out, and the tag comes last.")
        .idempotent()
        .dry_run()
        .positional("store", "repo")
        .short_form("push", "store", "repo")
        .columns("image")
        .verbose("dockerhub_registry_push")
        .example(R"({"store": "oci:build:v1", "repo": "registry.example.com:5000/team/app:v1"})"),
    action("pull", write, "Pulls an image into an image layout", call(actions::pull),
           {repo, image_store, reference, moved_platform, no_overwrite, parallel})
        .describe(
            "Answers the digest, and the old one where a tag of the layout is moved; what is there "
            "is proved and kept, what is missing fetched and verified before it gets its name.")
        .idempotent()
        .dry_run()
        .positional("repo", "store")
        .short_form("pull", "repo", "store")
        .columns("registry", "repository", "tag", "digest", "replaced")
        .verbose("dockerhub_registry_pull")
        .example(R"({"repo": "library/alpine:3.20", "store": "oci:images:alpine"})"),
    action(
        "mirror", write, "Makes repositories the same as others, as a file says",
        call(actions::mirror),
        {object("config",
                "Where they go (`to`), and `repositories`: each with `from` and, where wanted, to, "
                "tags, without, versions, newest, platforms, referrers.")
             .required(),
         boolean("prune",
                 "Delete tags of the targets that the source has not, or the file leaves out.")
             .defaults(false),
         min_remaining, parallel, chunk_mib})
        .describe("Answers a row for each image with its `state`, of a dry run the plan with its "
                  "cost; what is "
                  "there already is told by requests that count no pull.")
        .idempotent()
        .dry_run()
        .destructive_when("prune", true)
        .confirm("Mirror the repositories of the file, and delete the tags of their targets that "
                 "it leaves out")
        .items("images", "to")
        .columns("from", "to", "state", "digest", "error")
        .positional("config")
        .short_form("mirror", "config")
        .verbose("dockerhub_registry_mirror")
        .example(
            R"({"config": {"repositories": [{"from": "library/alpine", "to": "registry.example.com:5000/base/alpine", "tags": ["3.*"], "newest": 2}]}})"),
    action("export", write, "Puts images of repositories into a store",
           call(actions::export_images),
           {array("images", "[host[:port]/]repository[:tag] of each.")
                .required()
                .items(Type::string)
                .count(1, 100)
                .example(R"(["library/alpine:3.20"])"),
            image_store, moved_platform, no_overwrite, parallel})
        .describe("Answers a row for each: it stands there under its whole name, like "
                  "docker.io/library/alpine:3.20, unless it is one alone and `store` names a tag; "
                  "import takes them "
                  "into a registry.")
        .idempotent()
        .dry_run()
        .items("images", "tag")
        .columns("tag", "digest", "bytes", "replaced")
        .positional("images", "store")
        .short_form("export", "images", "store")
        .verbose("dockerhub_registry_export")
        .example(
            R"({"images": ["library/alpine:3.20", "library/alpine:latest"], "store": "oci-archive:images.tar"})"),
    action("import", write, "Puts the images of a store into a registry",
           call(actions::import_images),
           {image_store,
            string("to",
                   "[host[:port]/][namespace] below which they go; without a host at the "
                   "configured registry.")
                .required()
                .length(1, 300)
                .example("registry.example.com:5000/mirror"),
            boolean("flat", "Leave the namespaces out that stand in their names.").defaults(false),
            moved_platform, no_overwrite, parallel, chunk_mib})
        .describe("Answers a row for each: it goes to the repository and tag that its name in the "
                  "store says, "
                  "below `to`, or one alone where `store` names a tag.")
        .idempotent()
        .dry_run()
        .items("images", "image")
        .columns("image", "reference", "replaced")
        .positional("store", "to")
        .short_form("import", "store", "to")
        .verbose("dockerhub_registry_import")
        .example(
            R"({"store": "oci-archive:images.tar", "to": "registry.example.com:5000/mirror", "flat": true})"),
    completion(call(dockerhub::hub::complete_once)))
