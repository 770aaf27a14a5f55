// attestations: what is said about an image, wherever it is kept. BuildKit puts manifests beside the images in
// the index (annotations "vnd.docker.reference.*", "in-toto.io/predicate-type"); others refer to the image by
// `subject`, or by tags that carry its digest (Cosign).
#include <list>
#include <set>
#include <string>
#include <vector>

#include "actions.hpp"
#include "attestation_kind.hpp"
#include "companions.hpp"
#include "hub/composed.hpp"
#include "images.hpp"
#include "json_text.hpp"
#include "referrers.hpp"
#include "target.hpp"

namespace dockerhub::registry {
namespace {

constexpr std::string_view kReferenceType = "vnd.docker.reference.type";
constexpr std::string_view kReferenceDigest = "vnd.docker.reference.digest";
constexpr std::string_view kPredicateType = "in-toto.io/predicate-type";

std::string annotation(const sdk::Value& descriptor, std::string_view name) {
  const sdk::Value* annotations = find_member(descriptor, "annotations");
  return annotations == nullptr ? std::string() : std::string(text_member(*annotations, name));
}

// An image that something may be said about.
struct Subject {
  std::string digest, platform;  // platform empty: the index itself, or not stated
};

class AttestationSurvey {
 public:
  AttestationSurvey(Client& client, ReferrersSupport& support)
      : client_(client), support_(support) {}

  sdk::Status run(const ReadManifest& root) {
    if (const sdk::Status found = find_subjects(root); !found) return found;
    if (const sdk::Status told = tell_entries(root); !told) return told;
    for (const Subject& subject : subjects_) {
      if (const sdk::Status told = tell_referrers(subject); !told) return told;
      if (const sdk::Status told = tell_tags(subject); !told) return told;
    }
    return {};
  }

 private:
  static constexpr std::size_t kMostSubjects = 30;

  sdk::Status find_subjects(const ReadManifest& root) {
    subjects_.push_back({root.body.digest, {}});
    if (root.manifest.kind != ManifestKind::index) return {};
    const auto images = images_of(client_, root.manifest);
    if (!images) return images.status();
    for (const Descriptor& image : images->images) {
      if (subjects_.size() == kMostSubjects) {
        client_.context().warn("Of more than 30 images of the index the rest is left out.");
        return {};
      }
      subjects_.push_back({image.digest, image.platform ? image.platform->text() : std::string()});
    }
    return {};
  }

  std::string platform_of(const std::string& digest) const {
    for (const Subject& subject : subjects_) {
      if (subject.digest == digest) return subject.platform;
    }
    return {};
  }

  sdk::Status tell_entries(const ReadManifest& root) {
    const auto document = parse_json(root.body.bytes);
    const sdk::Value* entries = document ? array_member(*document, "manifests") : nullptr;
    if (root.manifest.kind != ManifestKind::index || entries == nullptr) return {};
    for (const sdk::Value& entry : entries->GetArray()) {
      if (annotation(entry, kReferenceType) != "attestation-manifest") continue;
      seen_.insert(std::string(text_member(entry, "digest")));
      const std::string about = annotation(entry, kReferenceDigest);
      if (const sdk::Status told = tell_layers(entry, {about, platform_of(about)}, "index"); !told)
        return told;
    }
    return {};
  }

  // What the layers of an attestation manifest are; their contents are not read.
  sdk::Status tell_layers(const sdk::Value& entry, const Subject& about, std::string_view source) {
    Descriptor descriptor;
    descriptor.digest = text_member(entry, "digest");
    descriptor.size = size_member(entry, "size");
    const auto read = manifest_of_entry(client_, descriptor);
    if (!read) return left_out(descriptor.digest, read.status());
    const auto document = parse_json(read->body.bytes);
    const sdk::Value* layers = document ? array_member(*document, "layers") : nullptr;
    if (layers == nullptr) return {};
    for (const sdk::Value& layer : layers->GetArray()) {
      std::string type = annotation(layer, kPredicateType);
      if (type.empty()) type = text_member(layer, "mediaType");
      if (const sdk::Status told = tell(type, about, layer, descriptor.digest, source); !told)
        return told;
    }
    return {};
  }

  // One that is broken or gone does not hide the others.
  sdk::Status left_out(const std::string& digest, sdk::Status status) {
    if (status.value() != DH_E_FAILED && status.value() != DH_E_NOT_FOUND) return status;
    client_.context().warn(hub::composed(
        "The manifest {} is named as an attestation and could not be read.", {quoted(digest)}));
    return {};
  }

  sdk::Status tell_referrers(const Subject& subject) {
    const auto digest = DigestName::parse(subject.digest);
    if (!digest) return {};
    std::vector<std::string> found;  // descriptors
    const auto source = visit_referrers(support_, {client_, *digest, {}, true},
                                        [&](const sdk::Value& descriptor) -> sdk::Reply<bool> {
                                          found.push_back(sdk::Json(descriptor).text());
                                          return true;
                                        });
    if (!source) return source.status();
    for (const std::string& text : found) {
      const auto descriptor = parse_json(text);
      if (!seen_.insert(std::string(text_member(*descriptor, "digest"))).second) continue;
      if (const sdk::Status told = tell_referrer(*descriptor, subject, *source); !told) return told;
    }
    return {};
  }

  // One that only says that it is some attestation is looked into.
  sdk::Status tell_referrer(const sdk::Value& descriptor, const Subject& subject,
                            const std::string& source) {
    const std::string type(text_member(descriptor, "artifactType"));
    const std::string digest(text_member(descriptor, "digest"));
    if (attestation_kind(type).what == "attestation")
      return tell_layers(descriptor, subject, source);
    return tell(type, subject, descriptor, digest, source);
  }

  sdk::Status tell_tags(const Subject& subject) {
    const auto digest = DigestName::parse(subject.digest);
    if (!digest) return {};
    const auto tags = digest_tags(client_, *digest);
    if (!tags) return tags.status();
    for (const DigestTag& tag : *tags) {
      if (!seen_.insert(tag.digest.text()).second) continue;
      const sdk::Json entry{{"digest", tag.digest.text()}};
      if (const sdk::Status told =
              tell_layers(*parse_json(entry.text()), subject, hub::composed("tag {}", {tag.tag}));
          !told)
        return told;
    }
    return {};
  }

  sdk::Status tell(const std::string& type, const Subject& subject, const sdk::Value& content,
                   const std::string& manifest, std::string_view source) {
    const AttestationKind kind = attestation_kind(type);
    const auto size = size_member(content, "size");
    // A statement of BuildKit is in no envelope; of others whether they are signed is not looked at.
    const bool is_unsigned = text_member(content, "mediaType") == "application/vnd.in-toto+json";
    return client_.context().item({{"what", kind.what},
                                   {"format", text_or_null(kind.format)},
                                   {"type", text_or_null(type)},
                                   {"of", text_or_null(subject.digest)},
                                   {"platform", text_or_null(subject.platform)},
                                   {"digest", text_or_null(text_member(content, "digest"))},
                                   {"size", size},
                                   {"manifest", manifest},
                                   {"signature", is_unsigned ? "unsigned" : "not checked"},
                                   {"source", source}});
  }

  Client& client_;
  ReferrersSupport& support_;
  std::list<Subject> subjects_;
  std::set<std::string> seen_;  // manifests that were told
};

}  // namespace

sdk::Status attestations(ReferrersSupport& support, sdk::Context& ctx) {
  auto target = reference_target(ctx);
  if (!target) return target.status();
  const auto root = target->client.manifest(target->reference);
  if (!root) return root.status();
  const sdk::Status told = AttestationSurvey(target->client, support).run(*root);
  const bool has_ended = told.ok() || told.value() == DH_E_RECEIVER;
  if (!has_ended) return told;
  return ctx.answer({{"repository", target->client.image().repository},
                     {"digest", root->body.digest},
                     {"attestations", sdk::kGivenItems}});
}

}  // namespace dockerhub::registry
