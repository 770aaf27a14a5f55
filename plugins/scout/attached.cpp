#include "attached.hpp"

#include <algorithm>
#include <array>
#include <set>

#include "documents.hpp"
#include "graphql.hpp"
#include "hub/members.hpp"
#include "json_parts.hpp"
#include "registry_call.hpp"

namespace dockerhub::scout {
namespace {

constexpr std::string_view kPredicate = "in-toto.io/predicate-type";
constexpr std::size_t kMostBlob = 32 * 1024 * 1024;

constexpr std::array<std::string_view, 3> kStatementTypes = {
    "application/vnd.in-toto+json", "application/vnd.dsse.envelope.v1+json",
    "application/vnd.dev.sigstore.bundle.v0.3+json"};

template <std::size_t Size>
bool is_one_of(const std::array<std::string_view, Size>& types, std::string_view type) {
  return std::find(types.begin(), types.end(), type) != types.end();
}

// Of an SBOM that is attached bare.
bool is_sbom_type(std::string_view media_type) {
  return std::any_of(kSbomNames.begin(), kSbomNames.end(),
                     [&](const SbomNames& names) { return names.media_type == media_type; });
}

std::string_view layer_predicate(const sdk::Value& layer) {
  const sdk::Value* annotations = hub::member(layer, "annotations");
  return annotations == nullptr ? std::string_view() : hub::text_member(*annotations, kPredicate);
}

// What the layers of an attestation's manifest are.
void add_layers(const sdk::Value& manifest, const Attached& like, std::vector<Attached>& all) {
  const sdk::Value* layers = hub::array_member(manifest, "layers");
  if (layers == nullptr) return;
  for (const sdk::Value& layer : layers->GetArray()) {
    Attached attached = like;
    attached.digest = hub::text_member(layer, "digest");
    attached.media_type = hub::text_member(layer, "mediaType");
    attached.predicate_type = layer_predicate(layer);
    if (attached.predicate_type.empty() && is_sbom_type(attached.media_type))
      attached.predicate_type = attached.media_type;
    all.push_back(std::move(attached));
  }
}

sdk::Status add_manifest(sdk::Context& ctx, const Located& located, const Attached& like,
                         std::vector<Attached>& all) {
  RegistryAnswer manifest;
  const sdk::Status read =
      ask_registry(ctx, "get_manifest",
                   {{"repo", located.image.in_registry}, {"reference", like.manifest}}, manifest);
  if (read) add_layers(manifest.body, like, all);
  return read;
}

bool is_attestation(const sdk::Value& referrer) {
  constexpr std::string_view kBuildKit = "application/vnd.docker.attestation.manifest.v1+json";
  const std::string_view type = hub::text_member(referrer, "artifactType");
  return is_sbom_type(type) || is_one_of(kStatementTypes, type) || type == kBuildKit;
}

sdk::Status list_referrers(sdk::Context& ctx, const Located& located, const std::string& about,
                           std::set<std::string>& known, std::vector<Attached>& all) {
  RegistryAnswer list;
  const sdk::Status read =
      ask_registry(ctx, "list_referrers", {{"repo", located.image.in_registry}, {"digest", about}},
                   list, {{"all_pages", true}});
  if (!read) return read;
  const sdk::Value* referrers = hub::array_member(list.body, "manifests");
  if (referrers == nullptr) return {};
  for (const sdk::Value& referrer : referrers->GetArray()) {
    Attached like;
    like.manifest = hub::text_member(referrer, "digest");
    like.source = "referrer";
    like.about = about;
    // Newer BuildKit lists the same manifest in the index and as a referrer.
    if (!is_attestation(referrer) || !known.insert(like.manifest).second) continue;
    if (const sdk::Status added = add_manifest(ctx, located, like, all); !added) return added;
  }
  return {};
}

sdk::Status add_referrers(sdk::Context& ctx, const Located& located, std::set<std::string>& known,
                          Attachments& attachments) {
  for (const std::string& about : {located.digest, located.index_digest}) {
    if (about.empty()) continue;
    const sdk::Status listed = list_referrers(ctx, located, about, known, attachments.all);
    if (ends_call(listed)) return listed;
    if (listed) continue;
    attachments.is_whole = false;
    ctx.warn("What refers to " + about + " could not be read from the registry.");
  }
  return {};
}

sdk::Status not_readable(sdk::Context& ctx, const Attached& attached) {
  const std::string message = "what is attached as " + attached.digest + " cannot be read";
  return ctx.fail("ApiError", message, "hub_scout attestations shows what there is.");
}

}  // namespace

sdk::Json Attached::json() const {
  return {{"kind", kind_of_predicate(predicate_type)},
          {"predicate_type", text_or_null(predicate_type)},
          {"digest", digest},
          {"manifest", text_or_null(manifest)},
          {"media_type", text_or_null(media_type)},
          {"source", source},
          {"reference", text_or_null(reference)},
          {"about", about}};
}

bool is_sbom(const Attached& attached) {
  return is_sbom(std::string_view(attached.predicate_type)) ||
         is_sbom_type(attached.predicate_type);
}

sdk::Reply<Attachments> attached_in_registry(sdk::Context& ctx, const Located& located) {
  Attachments attachments;
  if (!located.is_read) return attachments;
  std::set<std::string> known;
  for (const std::string& manifest : located.attestation_manifests) {
    Attached like;
    like.manifest = manifest;
    like.source = "attestation";
    like.about = located.digest;
    if (!known.insert(manifest).second) continue;
    const sdk::Status added = add_manifest(ctx, located, like, attachments.all);
    if (!added) return added;
  }
  if (const sdk::Status added = add_referrers(ctx, located, known, attachments); !added)
    return added;
  return attachments;
}

sdk::Reply<std::vector<Attached>> attached_in_scout(sdk::Context& ctx, const Located& located) {
  std::vector<Attached> all;
  const auto answer = ask(ctx, kAttestationsQuery,
                          {{"ctx", context_of(located.image.organization)},
                           {"q",
                            {{"digest", located.digest},
                             {"hostName", located.image.host},
                             {"repoName", located.image.repository}}}});
  if (!answer && ends_call(answer.status())) return answer.status();
  const sdk::Value* list = answer ? answer->value() : nullptr;
  const sdk::Value* items = list == nullptr ? nullptr : hub::array_member(*list, "items");
  if (!answer) ctx.warn("Docker Scout could not be asked for its attestations.");
  if (answer) warn(ctx, answer->problems);
  if (items == nullptr) return all;
  for (const sdk::Value& item : items->GetArray()) {
    Attached attached;
    attached.predicate_type = hub::text_member(item, "predicateType");
    attached.digest = hub::text_member(item, "digest");
    attached.reference = hub::text_member(item, "reference");
    attached.source = "graphql";
    attached.about = located.digest;
    all.push_back(std::move(attached));
  }
  return all;
}

sdk::Reply<AttachedDocument> read_attached(sdk::Context& ctx, const Located& located,
                                           const Attached& attached) {
  RegistryAnswer blob;
  const sdk::Status read = ask_registry(
      ctx, "get_blob",
      {{"repo", located.image.in_registry}, {"digest", attached.digest}, {"max_bytes", kMostBlob}},
      blob);
  if (!read) return read;
  AttachedDocument document;
  document.digest = attached.digest;
  document.predicate_type = attached.predicate_type;
  if (auto statement = read_statement(blob.data)) {
    document.text = std::move(statement->predicate);
    document.predicate_type = statement->predicate_type;
    document.carries_signature = statement->carries_signature;
    document.is_about_image =
        statement->is_about(located.digest) || statement->is_about(located.index_digest);
    return document;
  }
  if (!blob.body.IsObject()) return not_readable(ctx, attached);
  document.text = blob.data;
  return document;
}

}  // namespace dockerhub::scout
