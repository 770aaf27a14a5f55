#include <strings.h>

#include <algorithm>
#include <utility>

#include "encoding/digest.hpp"
#include "encoding/query.hpp"
#include "registry/handlers.hpp"
#include "registry/names.hpp"

namespace dockerhub::sandbox {
namespace {

constexpr std::size_t kMostManifest = 4U * 1024 * 1024;

Answer manifest_unknown(const std::string& reference) {
  return registry_error(404, "MANIFEST_UNKNOWN", "manifest unknown",
                        JsonText::object({{"Tag", reference}}));
}

bool accepts(const Request& request, std::string_view type) {
  for (const Header& header : request.headers) {
    // Media types have no commas and none is the beginning of another one's name.
    if (strcasecmp(header.name.c_str(), "Accept") == 0 &&
        header.value.find(type) != std::string::npos)
      return true;
  }
  return false;
}

std::string counted(std::int64_t number, const Quota& quota) {
  return std::to_string(number) + ";w=" + std::to_string(quota.window());
}

// Counts a read of a manifest against the caller's pulls; nullopt: no limit applies. HEAD is free.
std::optional<Quota::State> count_pull(RegistryCall& call) {
  const Settings& settings = call.world.settings;
  const std::int64_t limit =
      call.caller ? settings.signed_in_pull_limit : settings.anonymous_pull_limit;
  if (&call.store != &call.world.store || limit == 0) return std::nullopt;
  const std::string who = call.caller ? call.caller->account : "";
  return call.world.pull_quota.take(who, limit, call.request.method == "GET" ? 1 : 0);
}

void add_pull_headers(const RegistryCall& call, const std::optional<Quota::State>& pulls,
                      Answer& answer) {
  if (!pulls) return;
  answer.set("ratelimit-limit", counted(pulls->limit, call.world.pull_quota));
  answer.set("ratelimit-remaining", counted(pulls->remaining, call.world.pull_quota));
  answer.set("docker-ratelimit-source", call.caller ? call.caller->uuid : "127.0.0.1");
}

Answer present(const RegistryCall& call, const Manifest& manifest) {
  const std::string quoted = '"' + manifest.digest + '"';
  Answer answer{200, {{"Content-Type", manifest.media_type}}, manifest.bytes};
  if (call.request.header("If-None-Match").value_or("") == quoted) answer = empty_answer(304);
  return answer.set("Docker-Content-Digest", manifest.digest).set("ETag", quoted);
}

// The digest of the first thing that the manifest names and the repository lacks.
std::optional<std::string> missing_part(const Repository& repository, const Manifest& manifest) {
  for (const Descriptor& child : manifest.children) {
    if (!repository.manifests.contains(child.digest)) return child.digest;
  }
  for (const Descriptor& blob : manifest.blobs) {
    if (!blob.foreign && !repository.blobs.contains(blob.digest)) return blob.digest;
  }
  return std::nullopt;
}

// The audit log is that of the Hub, whose registry the first one is.
void note_push(RegistryCall& call, const std::string& tag, const std::string& digest) {
  if (&call.store != &call.world.store) return;
  const std::string& name = call.value("repository");
  call.world.audit.add({namespace_of(name),
                        "repo.tag.push",
                        name,
                        call.caller ? call.caller->account : std::string(),
                        {{"tag", tag}, {"digest", digest}}});
}

Answer created(RegistryCall& call, const Manifest& manifest) {
  Answer answer = empty_answer(201);
  answer.set("Location",
             location(call, "/v2/" + call.value("repository") + "/manifests/" + manifest.digest));
  answer.set("Docker-Content-Digest", manifest.digest);
  if (!manifest.subject.empty() && call.world.settings.referrers)
    answer.set("OCI-Subject", manifest.subject);
  return answer;
}

}  // namespace

Answer get_manifest(RegistryCall& call) {
  Repository* repository = call.repository();
  if (repository == nullptr) return name_unknown(call);
  const std::string& reference = call.value("reference");
  const Manifest* manifest = repository->manifest(reference);
  const std::optional<Quota::State> pulls = count_pull(call);
  Answer answer = manifest_unknown(reference);
  if (pulls && pulls->exceeded) {
    answer = registry_error(429, "TOOMANYREQUESTS",
                            "You have reached your pull rate limit. You may increase the limit by "
                            "authenticating and upgrading.");
  } else if (manifest != nullptr && call.world.settings.strict_accept &&
             !accepts(call.request, manifest->media_type)) {
    answer = registry_error(404, "MANIFEST_UNKNOWN",
                            "the accept header does not support " + manifest->media_type);
  } else if (manifest != nullptr) {
    if (call.request.method == "GET") ++repository->pulls;
    answer = present(call, *manifest);
  }
  add_pull_headers(call, pulls, answer);
  return answer;
}

Answer put_manifest(RegistryCall& call) {
  const std::string& reference = call.value("reference");
  const bool by_digest = reference.find(':') != std::string::npos;
  if (by_digest ? !is_digest(reference) : !is_tag(reference))
    return registry_error(400, by_digest ? "DIGEST_INVALID" : "TAG_INVALID",
                          "the reference is not well-formed");
  if (call.request.body.size() > kMostManifest)
    return registry_error(413, "SIZE_INVALID", "the manifest is larger than 4 MiB");
  Result<Manifest> manifest =
      read_manifest(call.request.header("Content-Type").value_or(""), call.request.body);
  if (!manifest)
    return registry_error(400, "MANIFEST_INVALID", "manifest invalid", manifest.error().message);
  if (by_digest && !digest_fits(reference, call.request.body))
    return registry_error(400, "DIGEST_INVALID", "provided digest did not match uploaded content");
  Repository& repository = call.store.get_or_add(call.value("repository"));
  if (!by_digest && repository.keeps(reference) &&
      repository.tags.find(reference)->second.digest != manifest->digest)
    return registry_error(403, "DENIED", "the tag is immutable",
                          JsonText::object({{"tag", reference}}));
  if (const auto missing = missing_part(repository, *manifest))
    return registry_error(400, "MANIFEST_BLOB_UNKNOWN", "blob unknown to registry",
                          JsonText::object({{"digest", *missing}}));
  if (by_digest) manifest->digest = reference;
  Answer answer = created(call, *manifest);
  if (!by_digest) note_push(call, reference, manifest->digest);
  call.store.put_manifest(repository, *std::move(manifest), by_digest ? "" : reference);
  return answer;
}

Answer delete_manifest(RegistryCall& call) {
  const std::string& reference = call.value("reference");
  Repository* repository = call.repository();
  if (repository == nullptr) return name_unknown(call);
  if (!is_digest(reference))
    return registry_error(405, "UNSUPPORTED", "only a digest can be deleted");
  if (!repository->manifests.contains(reference)) return manifest_unknown(reference);
  const bool referenced =
      !repository->tags_of(reference).empty() || repository->has_parent(reference);
  if (referenced && !call.world.settings.delete_referenced)
    return registry_error(403, "DENIED",
                          "the manifest is still referenced by a tag or by an index");
  Store::remove_manifest(*repository, reference);
  return empty_answer(202);
}

}  // namespace dockerhub::sandbox
