#include "referrers.hpp"

#include <utility>

#include "hub/composed.hpp"
#include "json_text.hpp"
#include "linked_pages.hpp"
#include "status_codes.hpp"

namespace dockerhub::registry {
namespace {

constexpr std::size_t kMostIndex = 4 * 1024 * 1024;

sdk::Json parameters(const ReferrerQuery& query) {
  if (query.artifact_type.empty()) return sdk::Json::raw("{}");
  return {{"artifactType", query.artifact_type}};
}

// Hands out the entries of an index that are of the wanted type: a server may have filtered, and may
// not. False: no more are wanted.
sdk::Reply<bool> hand_out(const ReferrerQuery& query, const VisitReferrer& visit,
                          const sdk::Value& entries) {
  for (const sdk::Value& entry : entries.GetArray()) {
    const bool is_wanted =
        query.artifact_type.empty() || text_member(entry, "artifactType") == query.artifact_type;
    if (!entry.IsObject() || !is_wanted) continue;
    auto wants_more = visit(entry);
    if (!wants_more || !*wants_more) return wants_more;
  }
  return true;
}

sdk::Reply<bool> hand_out_page(const ReferrerQuery& query, const VisitReferrer& visit,
                               Received& page) {
  if (!page.good()) return query.client.reject(page);
  const auto text = query.client.text(page, kMostIndex);
  if (!text) return text.status();
  const auto document = parse_json(*text);
  const sdk::Value* entries = document ? array_member(*document, "manifests") : nullptr;
  if (entries != nullptr) return hand_out(query, visit, *entries);
  return refuse_answer(query.client.context(), "the list of referrers is no index",
                       "What answers there may be no registry.", page.request);
}

sdk::Reply<std::string> by_api(const ReferrerQuery& query, const VisitReferrer& visit,
                               Received first) {
  const std::string source = "referrers API";
  LinkedPages pages(query.client, std::move(first), std::string(kOciIndex));
  while (true) {
    const auto wants_more = hand_out_page(query, visit, pages.page());
    if (!wants_more) return wants_more.status();
    if (*wants_more && query.all_pages && query.page_done) query.page_done();
    if (!*wants_more || !pages.next()) return source;
    if (!query.all_pages) {
      query.client.context().warn("There are more referrers; the option all_pages gets them all.");
      return source;
    }
    if (const sdk::Status done = pages.advance(); !done) return done;
  }
}

sdk::Reply<std::string> by_tag(const ReferrerQuery& query, const VisitReferrer& visit) {
  const std::string tag = fallback_tag(query.subject);
  const std::string source = hub::composed("tag {}", {tag});
  const Reference reference = Reference::of_tag(tag);
  auto answer = query.client.send("GET", manifests(reference), kManifestTypes);
  if (!answer) return answer.status();
  if (answer->status_code == kNotFound) return source;
  const auto read = query.client.read_manifest(*std::move(answer), reference, {});
  if (!read) return read.status();
  // Anything but an index under this tag is no list of referrers.
  if (read->manifest.kind != ManifestKind::index) return source;
  const auto document = parse_json(read->body.bytes);
  const sdk::Value* entries = document ? array_member(*document, "manifests") : nullptr;
  if (entries != nullptr) {
    if (const auto handed = hand_out(query, visit, *entries); !handed) return handed.status();
  }
  return source;
}

// Whether a 404 is about this repository, and not about the API.
sdk::Reply<bool> is_about_repository(const ReferrerQuery& query, Received& answer) {
  constexpr std::size_t kMostError = 1024 * 1024;
  const auto text = query.client.text(answer, kMostError);
  if (!text) return text.status();
  const auto document = parse_json(*text);
  const sdk::Value* errors = document ? array_member(*document, "errors") : nullptr;
  if (errors == nullptr) return false;
  for (const sdk::Value& error : errors->GetArray()) {
    const std::string_view code = text_member(error, "code");
    if (code == "NAME_UNKNOWN" || code == "MANIFEST_UNKNOWN") return true;
  }
  return false;
}

}  // namespace

sdk::Reply<std::string> visit_referrers(ReferrersSupport& support, const ReferrerQuery& query,
                                        const VisitReferrer& visit) {
  const std::string& registry = query.client.image().registry;
  if (support.is_missing(registry)) return by_tag(query, visit);
  auto first = query.client.send("GET", referrers(query.subject), kOciIndex, parameters(query));
  if (!first) return first.status();
  if (first->status_code != kNotFound) return by_api(query, visit, *std::move(first));
  const auto is_particular = is_about_repository(query, *first);
  if (!is_particular) return is_particular.status();
  if (!*is_particular) support.note_missing(registry);
  return by_tag(query, visit);
}

}  // namespace dockerhub::registry
