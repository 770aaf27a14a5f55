#include "scout/resolvers.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "scout/sample_findings.hpp"

namespace dockerhub::sandbox {
namespace {

// An image of a repository that the caller may see.
struct Seen {
  const Repository* repository = nullptr;
  const Manifest* manifest = nullptr;
  std::string tag;
  Platform platform;

  bool is_old() const { return tag == "1.0"; }
  // An image of one platform is analysed; those for ARM wait for their turn.
  std::string_view state() const {
    return platform.architecture == "amd64" ? "INDEXED" : "INDEXING";
  }
};

std::string_view text(const ScoutCall& call, std::string_view name) {
  return json::text_of(call.arguments, name);
}

std::string_view query_text(const ScoutCall& call, std::string_view name) {
  const json::Value* query = json::find(call.arguments, "query");
  return query == nullptr ? std::string_view() : json::text_of(*query, name);
}

std::string_view organization_of(const ScoutCall& call) {
  const json::Value* context = json::find(call.arguments, "context");
  return context == nullptr ? std::string_view() : json::text_of(*context, "organization");
}

bool is_visible(const ScoutCall& call, const Repository& repository) {
  if (!repository.is_private) return true;
  const std::string_view owner =
      std::string_view(repository.name).substr(0, repository.name.find('/'));
  return call.caller && organization_of(call) == owner &&
         call.world.accounts.may(*call.caller, repository.name, Right::pull);
}

// The tag's image that has this digest, or one that its index lists.
std::optional<Seen> see_tag(const Repository& repository, const std::string& tag,
                            std::string_view digest) {
  const Manifest* manifest = repository.manifest(tag);
  if (manifest == nullptr) return std::nullopt;
  if (manifest->digest == digest && !manifest->is_index())
    return Seen{&repository, manifest, tag, {"linux", "amd64", ""}};
  for (const Descriptor& child : manifest->children) {
    const bool is_image = child.platform && child.platform->os != "unknown";
    if (child.digest == digest && is_image)
      return Seen{&repository, repository.manifest(digest), tag, *child.platform};
  }
  return std::nullopt;
}

// Only images with an attestation, as in these two repositories, were pushed to an account with Scout.
bool is_analysed(const Repository& repository) {
  return repository.name == "sandbox/multi" || repository.name == "library/alpine" ||
         repository.name == "sandbox-org/tools";
}

std::optional<Seen> see(const ScoutCall& call, std::string_view name, std::string_view digest) {
  for (const auto& [repository_name, repository] : call.world.store.repositories()) {
    const bool is_meant = name.empty() || name == repository_name;
    if (!is_meant || !is_analysed(repository) || !is_visible(call, repository)) continue;
    for (const auto& [tag, target] : repository.tags) {
      if (auto seen = see_tag(repository, tag, digest)) return seen;
    }
  }
  return std::nullopt;
}

JsonText platform_json(const Platform& platform) {
  return JsonText::object({{"os", platform.os},
                           {"architecture", platform.architecture},
                           {"variant", platform.variant}});
}

JsonText repository_json(const Repository& repository) {
  return JsonText::object(
      {{"hostName", "hub.docker.com"}, {"repoName", repository.name}, {"badge", nullptr}});
}

JsonText tags_json(const Seen& seen) {
  return JsonText::array({JsonText::object({{"name", seen.tag},
                                            {"current", true},
                                            {"updatedAt", "2024-01-01T00:00:00Z"},
                                            {"digest", seen.manifest->digest}})});
}

JsonText report_of(const Seen& seen) {
  if (seen.state() != "INDEXED") return nullptr;
  return vulnerability_report(sample_purls(seen.is_old()));
}

JsonText image_summaries(const ScoutCall& call) {
  std::vector<JsonText> found;
  const json::Value* digests = json::find(call.arguments, "digests");
  const json::Value* repository = json::find(call.arguments, "repository");
  const std::string_view name =
      repository == nullptr ? std::string_view() : json::text_of(*repository, "repoName");
  if (digests == nullptr || !digests->IsArray()) return JsonText::array(found);
  for (const json::Value& digest : digests->GetArray()) {
    if (!digest.IsString()) continue;
    const auto seen = see(call, name, json::view(digest));
    if (!seen) continue;
    found.push_back(JsonText::object({{"digest", json::view(digest)},
                                      {"sbomState", seen->state()},
                                      {"vulnerabilityReport", report_of(*seen)}}));
  }
  return JsonText::array(found);
}

JsonText image_details(const ScoutCall& call) {
  const auto seen = see(call, text(call, "repository"), text(call, "digest"));
  if (!seen) return JsonText::array({});
  const JsonText base = JsonText::object(
      {{"digest", seen->manifest->digest},
       {"repository", JsonText::object({{"repoName", "library/alpine"}})},
       {"tags", JsonText::array({JsonText::object({{"name", "3.20"}, {"current", true}})})}});
  return JsonText::array({JsonText::object(
      {{"digest", seen->manifest->digest},
       {"createdAt", "2024-01-01T00:00:00Z"},
       {"packageCount", sample_purls(seen->is_old()).size()},
       {"layerCount", 1},
       {"compressedSize", 1000},
       {"mediaType", seen->manifest->media_type},
       {"user", nullptr},
       {"sbomState", seen->state()},
       {"platform", platform_json(seen->platform)},
       {"repository", repository_json(*seen->repository)},
       {"tags", tags_json(*seen)},
       {"vulnerabilityReport", report_of(*seen)},
       {"baseImage", base},
       {"labels", JsonText::array({JsonText::object(
                      {{"key", "org.opencontainers.image.title"}, {"value", "sandbox sample"}})})},
       {"attestations",
        JsonText::array({JsonText::object({{"predicateType", "https://spdx.dev/Document"}})})}})});
}

JsonText image_packages(const ScoutCall& call) {
  const auto seen = see(call, query_text(call, "repoName"), query_text(call, "digest"));
  if (!seen) return nullptr;
  const bool excepted = json::flag_of(*json::find(call.arguments, "query"), "includeExcepted");
  std::vector<JsonText> packages;
  if (seen->state() == "INDEXED") {
    for (const std::string& purl : sample_purls(seen->is_old())) {
      packages.push_back(
          JsonText::object({{"package", package_with_vulnerabilities(purl, excepted)},
                            {"locations", JsonText::array({})}}));
    }
  }
  return JsonText::object(
      {{"digest", seen->manifest->digest},
       {"hostName", "hub.docker.com"},
       {"repoName", seen->repository->name},
       {"sbomState", seen->state()},
       {"imagePackages", JsonText::object({{"packages", JsonText::array(packages)}})}});
}

JsonText vulnerabilities_by_package(const ScoutCall& call) {
  std::vector<JsonText> found;
  const json::Value* purls = json::find(call.arguments, "packageUrls");
  if (purls == nullptr || !purls->IsArray()) return JsonText::array(found);
  for (const json::Value& purl : purls->GetArray()) {
    if (!purl.IsString()) continue;
    found.push_back(
        JsonText::object({{"purl", json::view(purl)},
                          {"vulnerabilities", vulnerabilities_of(json::view(purl), true)}}));
  }
  return JsonText::array(found);
}

JsonText attestations_list(const ScoutCall& call) {
  const auto seen = see(call, query_text(call, "repoName"), query_text(call, "digest"));
  std::vector<JsonText> items;
  if (seen) {
    items.push_back(
        JsonText::object({{"digest", seen->manifest->digest},
                          {"predicateType", "https://scout.docker.com/health/v0.1"},
                          {"reference", "registry.scout.docker.com/" + seen->repository->name +
                                            "@" + seen->manifest->digest}}));
  }
  return JsonText::object({{"paging", JsonText::object({{"totalCount", items.size()}})},
                           {"items", JsonText::array(items)}});
}

JsonText policy_summary(std::string_view id, std::string_view name, std::string_view type,
                        int compliant) {
  const JsonText policy = JsonText::object({{"definitionName", id},
                                            {"configurationName", id},
                                            {"displayName", name},
                                            {"description", "Sample data."},
                                            {"resultType", type},
                                            {"owner", "DOCKER"},
                                            {"enabled", true},
                                            {"remediationLink", nullptr}});
  const JsonText delta = JsonText::object({{"compliantImages", 0},
                                           {"totalDeviations", 0},
                                           {"totalImages", 0},
                                           {"unknownImages", 0},
                                           {"timestamp", "2024-01-01T00:00:00Z"}});
  return JsonText::object({{"policy", policy},
                           {"stream", "latest-indexed"},
                           {"totalImages", 4},
                           {"compliantImages", compliant},
                           {"unknownImages", 0},
                           {"totalDeviations", 4 - compliant},
                           {"delta", delta}});
}

JsonText policy_summaries(const ScoutCall& call) {
  const bool is_other =
      !query_text(call, "stream").empty() && query_text(call, "stream") != "latest-indexed";
  if (is_other || organization_of(call) != "sandbox-org")
    return JsonText::object({{"items", JsonText::array({})}});
  return JsonText::object(
      {{"items",
        JsonText::array({policy_summary("fixable-vulnerabilities", "No fixable vulnerabilities",
                                        "vulnerability", 3),
                         policy_summary("default-non-root-user", "No root", "boolean", 1)})}});
}

JsonText policy_json(std::string_view type, std::string_view id, JsonText result) {
  return JsonText::object({{"__typename", type},
                           {"definitionName", id},
                           {"configurationName", id},
                           {"displayName", id},
                           {"description", "Sample data."},
                           {"evaluated", result.text() != "null"},
                           {"latestDelta", nullptr},
                           {"remediationLink", nullptr},
                           {"licenses", JsonText::array({})},
                           {"currentResult", std::move(result)}});
}

JsonText vulnerability_result(const Seen& seen) {
  std::vector<JsonText> deviations = {
      JsonText::object({{"id", "1"},
                        {"vulnerability", "CVE-0000-0001"},
                        {"purl", "pkg:apk/alpine/busybox@1.36.1-r2"},
                        {"severity", "HIGH"},
                        {"cvssScore", "7.8"},
                        {"fixedBy", "1.36.1-r3"}})};
  if (!seen.is_old()) deviations.clear();
  return JsonText::object({{"statusLabel", "sample"},
                           {"createdDateTime", "2024-01-01T00:00:00Z"},
                           {"deviationCount", deviations.size()},
                           {"isStale", false},
                           {"deviations", JsonText::array(deviations)}});
}

JsonText policy_results(const ScoutCall& call) {
  const auto seen = see(call, {}, query_text(call, "digest"));
  const bool is_evaluated =
      seen && seen->repository->name == "sandbox/multi" && seen->state() == "INDEXED";
  if (!is_evaluated) return nullptr;
  const JsonText root = JsonText::object({{"statusLabel", "sample"},
                                          {"createdDateTime", "2024-01-01T00:00:00Z"},
                                          {"hasDeviation", true},
                                          {"isStale", false}});
  return JsonText::object(
      {{"digest", seen->manifest->digest},
       {"createdAt", "2024-01-01T00:00:00Z"},
       {"repository", repository_json(*seen->repository)},
       {"platform", platform_json(seen->platform)},
       {"tags", tags_json(*seen)},
       {"policies",
        JsonText::array({policy_json("ScVulnerabilityPolicy", "fixable-vulnerabilities",
                                     vulnerability_result(*seen)),
                         policy_json("ScBooleanPolicy", "default-non-root-user", root),
                         policy_json("ScLicencePolicy", "copyleft-license", nullptr)})}});
}

JsonText tag_json(std::string_view digest, const std::string& tag, bool is_old) {
  return JsonText::object({{"digest", digest},
                           {"tags", JsonText::array({JsonText(tag)})},
                           {"packageCount", sample_purls(is_old).size()},
                           {"vulnerabilityReport", vulnerability_report(sample_purls(is_old))}});
}

JsonText recommendations(const ScoutCall& call) {
  const auto seen = see(call, text(call, "repository"), text(call, "digest"));
  if (!seen) return nullptr;
  const JsonText one = JsonText::object(
      {{"currentTag", tag_json(seen->manifest->digest, "3.19", true)},
       {"recommendedTags", JsonText::array({tag_json(seen->manifest->digest, "3.20", false)})}});
  return JsonText::object({{"repository", JsonText::object({{"name", "alpine"}})},
                           {"recommendations", JsonText::array({one})}});
}

constexpr std::array<Resolver, 8> kResolvers = {{
    {"imageSummariesByDigest", image_summaries},
    {"imageDetailsListByDigest", image_details},
    {"imagePackagesForImageCoords", image_packages},
    {"vulnerabilitiesByPackage", vulnerabilities_by_package},
    {"attestationsList", attestations_list},
    {"goalResultSummaries", policy_summaries},
    {"goalResultsByDigest", policy_results},
    {"tagRecommendationsByDigest", recommendations},
}};

}  // namespace

const Resolver* find_resolver(std::string_view field) {
  const auto* const found = std::find_if(kResolvers.begin(), kResolvers.end(),
                                         [&](const Resolver& one) { return one.field == field; });
  return found == kResolvers.end() ? nullptr : found;
}

bool may_read_context(const ScoutCall& call) {
  const std::string_view organization = organization_of(call);
  if (organization.empty()) return true;
  return call.caller && call.world.accounts.belongs(*call.caller, organization);
}

}  // namespace dockerhub::sandbox
