#include <algorithm>

#include "encoding/digest.hpp"
#include "encoding/query.hpp"
#include "registry/handlers.hpp"

namespace dockerhub::sandbox {
namespace {

// A page of a sorted list: the entries after `last`, at most `most` of them (nullopt: all).
std::vector<std::string> page_of(const std::vector<std::string>& sorted, std::string_view last,
                                 std::optional<std::int64_t> most, bool& more) {
  auto begin = std::upper_bound(sorted.begin(), sorted.end(), last);
  const auto left = sorted.end() - begin;
  const auto count = most ? std::min<std::int64_t>(*most, left) : left;
  more = count < left;
  return {begin, begin + count};
}

std::string next_link(const std::string& path, const std::string& query) {
  return '<' + path + '?' + query + ">; rel=\"next\"";
}

// What the client asks for (`n`), bounded by the setting; nullopt: the whole list.
std::optional<std::int64_t> page_size(std::optional<std::int64_t> wanted, std::int64_t most) {
  if (most == 0) return wanted;
  return std::min(wanted.value_or(most), most);
}

}  // namespace

Answer api_version(RegistryCall&) {
  return json_answer(200, JsonText::object({}));
}

Answer list_tags(RegistryCall& call) {
  const Repository* repository = call.repository();
  if (repository == nullptr) return name_unknown(call);
  const Query query(call.request.query);
  std::optional<std::int64_t> wanted;
  if (const auto n = query.value("n")) {
    wanted = to_number(*n);
    if (!wanted || *wanted < 0)
      return registry_error(400, "PAGINATION_NUMBER_INVALID", "invalid number of results requested",
                            JsonText::object({{"n", *n}}));
  }
  std::vector<std::string> names;
  for (const auto& [name, tag] : repository->tags) names.push_back(name);
  const auto size = page_size(wanted, call.world.settings.tags_page);
  bool more = false;
  const std::vector<std::string> page = page_of(names, query.text("last"), size, more);
  Answer answer = json_answer(
      200, JsonText::object({{"name", repository->name}, {"tags", JsonText::strings(page)}}));
  if (more && !page.empty())
    answer.set("Link",
               next_link("/v2/" + repository->name + "/tags/list",
                         "last=" + percent_encode(page.back()) + "&n=" + std::to_string(*size)));
  return answer;
}

Answer list_referrers(RegistryCall& call) {
  if (!call.world.settings.referrers) return text_answer(404, "404 page not found\n");
  const std::string& digest = call.value("digest");
  if (!is_digest(digest))
    return registry_error(400, "DIGEST_INVALID", "the digest is not well-formed");
  const Query query(call.request.query);
  const std::string type = query.text("artifactType");
  std::vector<std::string> digests;
  if (const Repository* repository = call.repository()) {
    for (const auto& [name, manifest] : repository->manifests) {
      if (manifest.subject == digest && (type.empty() || manifest.artifact_type == type))
        digests.push_back(name);
    }
  }
  const auto size = page_size(std::nullopt, call.world.settings.referrers_page);
  bool more = false;
  const std::vector<std::string> page = page_of(digests, query.text("last"), size, more);
  std::vector<JsonText> entries;
  entries.reserve(page.size());
  for (const std::string& name : page)
    entries.push_back(referrer_descriptor(*call.repository()->manifest(name)));
  Answer answer = json_answer(200, JsonText::object({{"schemaVersion", 2},
                                                     {"mediaType", media::kOciIndex},
                                                     {"manifests", JsonText::array(entries)}}));
  answer.set("Content-Type", media::kOciIndex);
  if (!type.empty()) answer.set("OCI-Filters-Applied", "artifactType");
  if (more && !page.empty()) {
    std::string rest = "last=" + percent_encode(page.back());
    if (!type.empty()) rest += "&artifactType=" + percent_encode(type);
    answer.set("Link", next_link(call.request.path, rest));
  }
  return answer;
}

}  // namespace dockerhub::sandbox
