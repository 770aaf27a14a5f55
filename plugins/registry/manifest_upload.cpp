#include "manifest_upload.hpp"

#include <functional>
#include <optional>
#include <string>
#include <utility>

#include "hub/composed.hpp"
#include "interruption.hpp"
#include "json_text.hpp"
#include "status_codes.hpp"
#include "verified_body.hpp"

namespace dockerhub::registry {
namespace {

RequestParts put_parts(const Client& client, const Reference& reference, std::string_view bytes,
                       std::string_view media_type) {
  RequestParts parts{"PUT", manifests(reference)};
  parts.media_type = media_type;
  parts.body = bytes;
  parts.scope = push_scope(client.image());
  return parts;
}

// Whether a put whose answer was lost took place.
sdk::Reply<std::optional<Received>> took_place(Client& client, const Reference& reference,
                                               const DigestName& digest) {
  auto head = client.send("HEAD", manifests(reference), kManifestTypes);
  if (!head) return head.status();
  if (head->status_code == kNotFound) return std::optional<Received>();
  if (!head->good()) return client.reject(*head);
  const auto present = client.digest_of(*head, reference);
  if (!present) return present.status();
  if (!(*present == digest)) return std::optional<Received>();
  return std::optional<Received>(*std::move(head));
}

// The list of referrers under the fallback tag, as it is now.
struct FallbackIndex {
  Reference tag;
  std::string etag;
  sdk::Document index;

  bool lists(std::string_view digest) const {
    for (const sdk::Value& entry : index["manifests"].GetArray()) {
      if (text_member(entry, "digest") == digest) return true;
    }
    return false;
  }
};

sdk::Document empty_index() {
  const std::string text =
      R"({"schemaVersion":2,"mediaType":")" + std::string(kOciIndex) + R"(","manifests":[]})";
  return sdk::parse_json(text).value();
}

sdk::Reply<FallbackIndex> read_fallback(Client& client, const DigestName& subject) {
  FallbackIndex fallback{Reference::of_tag(fallback_tag(subject)), {}, empty_index()};
  auto answer = client.send("GET", manifests(fallback.tag), kManifestTypes);
  if (!answer) return answer.status();
  if (answer->status_code == kNotFound) return fallback;
  auto read = client.read_manifest(*std::move(answer), fallback.tag, {});
  if (!read) return read.status();
  auto document = parse_json(read->body.bytes);
  const bool is_index = read->manifest.kind == ManifestKind::index && document &&
                        array_member(*document, "manifests") != nullptr;
  if (!is_index) {
    return refuse_answer(
        client.context(),
        hub::composed("the tag {} should list referrers, and names something else",
                      {fallback.tag.text()}),
        "The manifest itself was pushed. Delete that tag, or give it another name, and push "
        "again.");
  }
  fallback.index = *std::move(document);
  fallback.etag = read->headers.find("etag");
  return fallback;
}

// Status code of the answer; one that is no success is the error of the call.
sdk::Reply<int> write_fallback(Client& client, const FallbackIndex& fallback) {
  const std::string bytes = sdk::Json(static_cast<const sdk::Value&>(fallback.index)).text();
  RequestParts parts = put_parts(client, fallback.tag, bytes, kOciIndex);
  // Another writer may have been faster; a registry that knows it says so.
  if (!fallback.etag.empty()) {
    parts.extra_header = "If-Match";
    parts.extra_value = fallback.etag;
  }
  auto answer = client.send(parts);
  if (!answer) return answer.status();
  const bool was_overtaken = answer->status_code == kPreconditionFailed;
  if (!answer->good() && !was_overtaken) return client.reject(*answer);
  return answer->status_code;
}

// Reads the list, changes it and writes it; again where somebody else wrote in between. `change` tells
// whether there is something to write.
sdk::Status update_fallback(Client& client, const DigestName& subject,
                            const std::function<bool(FallbackIndex&)>& change) {
  constexpr int kMostRounds = 5;
  for (int round = 0; round < kMostRounds; ++round) {
    auto fallback = read_fallback(client, subject);
    if (!fallback) return fallback.status();
    if (!change(*fallback)) return {};
    const auto written = write_fallback(client, *fallback);
    if (!written) return written.status();
    if (*written != kPreconditionFailed) return {};
  }
  return refuse_answer(
      client.context(),
      hub::composed("others write the list of referrers {} all the time", {fallback_tag(subject)}),
      "The manifest itself was pushed: push it again to have it listed.");
}

sdk::Json referrer_entry(const Manifest& manifest, const DigestName& digest, std::size_t size) {
  sdk::Json entry = {{"mediaType", manifest.media_type}, {"digest", digest.text()}, {"size", size}};
  if (!manifest.artifact_type.empty())
    entry = with(entry, {{"artifactType", manifest.artifact_type}});
  if (!manifest.annotations.empty())
    entry = with(entry, {{"annotations", sdk::Json::raw(manifest.annotations)}});
  return entry;
}

std::optional<DigestName> subject_of(const Manifest& manifest) {
  return manifest.subject ? DigestName::parse(manifest.subject->digest) : std::nullopt;
}

}  // namespace

sdk::Reply<PutAnswer> put_manifest_bytes(Client& client, const Reference& reference,
                                         std::string_view bytes, std::string_view media_type,
                                         const DigestName& digest, std::string* refusal) {
  for (int failures = 0;; ++failures) {
    auto answer = client.send(put_parts(client, reference, bytes, media_type));
    if (answer) {
      if (!answer->good() && refusal == nullptr) return client.reject(*answer);
      if (!answer->good()) {
        *refusal = client.refusal(*answer);
        return sdk::Status(DH_E_FAILED);
      }
      const sdk::Status same = check_stored(client.context(), *answer, digest);
      if (!same) return same;
      return PutAnswer{*std::move(answer)};
    }
    const sdk::Status reason = answer.status();
    if (!is_interruption(reason)) return reason;
    if (const sdk::Status waited = wait_before_repeat(client.context(), failures, reason); !waited)
      return waited;
    auto happened = took_place(client, reference, digest);
    if (!happened) return happened.status();
    if (*happened) return PutAnswer{**std::move(happened), true};
  }
}

sdk::Status note_referrer(Client& client, const PutAnswer& answer, const Manifest& manifest,
                          const DigestName& digest, std::size_t size) {
  const auto subject = subject_of(manifest);
  if (!subject || !answer.received.headers.find("oci-subject").empty()) return {};
  if (answer.is_looked_up) {
    const auto list = client.send("GET", referrers(*subject), kOciIndex);
    if (!list) return list.status();
    if (list->good()) return {};
  }
  return update_fallback(client, *subject, [&](FallbackIndex& fallback) {
    if (fallback.lists(digest.text())) return false;
    const auto entry = parse_json(referrer_entry(manifest, digest, size).text());
    auto& allocator = fallback.index.GetAllocator();
    fallback.index["manifests"].PushBack(sdk::Value(*entry, allocator), allocator);
    return true;
  });
}

sdk::Status forget_referrer(Client& client, const Manifest& manifest, const DigestName& digest) {
  const auto subject = subject_of(manifest);
  if (!subject) return {};
  return update_fallback(client, *subject, [&](FallbackIndex& fallback) {
    if (!fallback.lists(digest.text())) return false;
    sdk::Value& entries = fallback.index["manifests"];
    for (auto entry = entries.Begin(); entry != entries.End();) {
      entry = text_member(*entry, "digest") == digest.text() ? entries.Erase(entry) : entry + 1;
    }
    return true;
  });
}

}  // namespace dockerhub::registry
