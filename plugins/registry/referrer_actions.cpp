// list_referrers: by the referrers API, or by the tag that stands in for it (OCI distribution-spec
// 1.1.1, "Listing Referrers" and "Referrers Tag Schema").
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "actions.hpp"
#include "json_text.hpp"
#include "linked_pages.hpp"
#include "target.hpp"

namespace dockerhub::registry {
namespace {

constexpr int kNotFound = 404;
constexpr std::size_t kMostIndex = 4 * 1024 * 1024;

// One question about referrers.
struct Query {
  Client& client;
  const DigestName& subject;
  std::string_view artifact_type;  // wanted; empty: any
};

sdk::Json parameters(const Query& query) {
  if (query.artifact_type.empty()) return sdk::Json::raw("{}");
  return {{"artifactType", query.artifact_type}};
}

// Hands out the entries of an index that are of the wanted type: a server may have filtered, and may
// not. False: no more are wanted.
sdk::Reply<bool> hand_out(const Query& query, const sdk::Value& entries) {
  for (const sdk::Value& entry : entries.GetArray()) {
    const bool is_wanted =
        query.artifact_type.empty() || text_member(entry, "artifactType") == query.artifact_type;
    if (!entry.IsObject() || !is_wanted) continue;
    const sdk::Status sent = query.client.context().item(entry);
    if (sent.value() == DH_E_RECEIVER) return false;
    if (!sent) return sent;
  }
  return true;
}

sdk::Reply<bool> hand_out_page(const Query& query, Received& page) {
  if (!page.good()) return query.client.reject(page);
  const auto text = query.client.text(page, kMostIndex);
  if (!text) return text.status();
  const auto document = parse_json(*text);
  const sdk::Value* entries = document ? array_member(*document, "manifests") : nullptr;
  if (entries != nullptr) return hand_out(query, *entries);
  auto refused =
      wrong_answer("the list of referrers is no index", "What answers there may be no registry.");
  refused.value().request = page.request;
  return fail(query.client.context(), refused.value());
}

sdk::Status by_api(const Query& query, Received first) {
  sdk::Context& ctx = query.client.context();
  ctx.annotate("source", "referrers API");
  LinkedPages pages(query.client, std::move(first), std::string(kOciIndex));
  while (true) {
    const auto wants_more = hand_out_page(query, pages.page());
    if (!wants_more) return wants_more.status();
    if (!*wants_more || !pages.next()) return {};
    if (!ctx.list_options().all_pages) {
      ctx.warn("There are more referrers; the option all_pages gets them all.");
      return {};
    }
    if (const sdk::Status done = pages.advance(); !done) return done;
  }
}

sdk::Status by_tag(const Query& query) {
  const std::string tag = fallback_tag(query.subject);
  query.client.context().annotate("source", "tag " + tag);
  const Reference reference = Reference::of_tag(tag);
  auto answer = query.client.send({"GET", manifests(reference), kManifestTypes});
  if (!answer) return answer.status();
  if (answer->status_code == kNotFound) return {};
  const auto read = query.client.read_manifest(*std::move(answer), reference, {});
  if (!read) return read.status();
  // Anything but an index under this tag is no list of referrers.
  if (read->manifest.kind != ManifestKind::index) return {};
  const auto document = parse_json(read->body.bytes);
  const sdk::Value* entries = document ? array_member(*document, "manifests") : nullptr;
  return entries == nullptr ? sdk::Status() : hand_out(query, *entries).status();
}

// Whether a 404 is about this repository, and not about the API.
sdk::Reply<bool> is_about_repository(const Query& query, Received& answer) {
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

sdk::Status hand_out_all(ReferrersSupport& support, const Query& query) {
  const std::string& registry = query.client.image().registry;
  if (support.is_missing(registry)) return by_tag(query);
  auto first = query.client.send({"GET", referrers(query.subject), kOciIndex, parameters(query)});
  if (!first) return first.status();
  if (first->status_code != kNotFound) return by_api(query, *std::move(first));
  const auto is_particular = is_about_repository(query, *first);
  if (!is_particular) return is_particular.status();
  if (!*is_particular) support.note_missing(registry);
  return by_tag(query);
}

}  // namespace

sdk::Status list_referrers(ReferrersSupport& support, sdk::Context& ctx) {
  auto client = repository_client(ctx);
  if (!client) return client.status();
  const auto subject = digest_parameter(ctx);
  if (!subject) return subject.status();
  const Query query{*client, *subject, ctx.params().text("artifact_type", "")};
  if (const sdk::Status done = hand_out_all(support, query); !done) return done;
  return ctx.answer(
      {{"schemaVersion", 2}, {"mediaType", kOciIndex}, {"manifests", sdk::Json::raw("[]")}});
}

}  // namespace dockerhub::registry
