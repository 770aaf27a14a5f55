#include "companions.hpp"

#include <algorithm>
#include <array>
#include <set>
#include <utility>
#include <vector>

#include "hub/composed.hpp"
#include "hub/contains.hpp"
#include "json_text.hpp"
#include "referrers.hpp"
#include "status_codes.hpp"

namespace dockerhub::registry {
namespace {

constexpr std::array<std::string_view, 2> kOfDigest = {"sha256-", "sha512-"};
constexpr std::array<std::string_view, 3> kEndings = {".sig", ".att", ".sbom"};

RequestParts head_of(const Reference& tag) {
  return {"HEAD", manifests(tag), kManifestTypes};
}

sdk::Reply<std::optional<DigestTag>> named_by(Client& client, const Reference& tag,
                                              sdk::Exchange&& exchange) {
  auto head = client.finish(std::move(exchange), head_of(tag));
  if (!head) return head.status();
  if (head->status_code == kNotFound) return std::optional<DigestTag>();
  if (!head->good()) return client.reject(*head);
  auto digest = client.digest_of(*head, tag);
  if (!digest) return digest.status();
  DigestTag named{
      tag.text(), *std::move(digest), bare_media_type(head->headers.find("content-type")), {}};
  if (head->content_length >= 0) named.size = static_cast<std::uint64_t>(head->content_length);
  return std::optional<DigestTag>(std::move(named));
}

Companion companion(const sdk::Value& descriptor, const std::string& source) {
  Companion found;
  found.manifest.media_type = text_member(descriptor, "mediaType");
  found.manifest.digest = text_member(descriptor, "digest");
  found.manifest.size = size_member(descriptor, "size");
  found.artifact_type = text_member(descriptor, "artifactType");
  found.source = source;
  return found;
}

}  // namespace

bool is_of_digest(std::string_view tag) {
  for (const std::string_view beginning : kOfDigest) {
    if (tag.starts_with(beginning)) return true;
  }
  return false;
}

std::string_view subject_part(std::string_view tag) {
  const std::size_t dot = std::min(tag.rfind('.'), tag.size());
  const bool is_known = hub::contains(kEndings, tag.substr(dot));
  return is_known && is_of_digest(tag) ? tag.substr(0, dot) : std::string_view();
}

sdk::Reply<std::list<DigestTag>> digest_tags(Client& client, const DigestName& subject) {
  std::vector<std::pair<Reference, sdk::Exchange>> asked;
  for (const std::string_view ending : kEndings) {
    const Reference tag = Reference::of_tag(fallback_tag(subject) + std::string(ending));
    auto exchange = client.open(head_of(tag));
    if (!exchange) return exchange.status();
    asked.emplace_back(tag, *std::move(exchange));
  }
  std::list<DigestTag> found;
  for (auto& [tag, exchange] : asked) {
    auto named = named_by(client, tag, std::move(exchange));
    if (!named) return named.status();
    if (*named) found.push_back(**std::move(named));
  }
  return found;
}

sdk::Reply<std::list<Companion>> companions_of(Client& client, ReferrersSupport& support,
                                               const DigestName& subject) {
  std::list<Companion> found;
  std::set<std::string> seen;
  const auto source = visit_referrers(support, {client, subject, {}, true},
                                      [&](const sdk::Value& descriptor) -> sdk::Reply<bool> {
                                        if (seen.emplace(text_member(descriptor, "digest")).second)
                                          found.push_back(companion(descriptor, {}));
                                        return true;
                                      });
  if (!source) return source.status();
  for (Companion& referrer : found) referrer.source = *source;
  auto tags = digest_tags(client, subject);
  if (!tags) return tags.status();
  for (DigestTag& tag : *tags) {
    Companion named;
    named.manifest.media_type = std::move(tag.media_type);
    named.manifest.digest = tag.digest.text();
    named.manifest.size = tag.size;
    named.tag = std::move(tag.tag);
    named.source = hub::composed("tag {}", {named.tag});
    found.push_back(std::move(named));
  }
  return found;
}

}  // namespace dockerhub::registry
