#include "image_upload.hpp"

#include <algorithm>
#include <memory>
#include <utility>
#include <vector>

#include "hub/composed.hpp"
#include "hub/contains.hpp"
#include "hub/flight.hpp"
#include "hub/plan_text.hpp"
#include "json_text.hpp"
#include "manifest_upload.hpp"

namespace dockerhub::registry {
namespace {

sdk::Status check_references(const ImageUpload& upload, const DigestName& root) {
  for (const Reference& reference : upload.references) {
    const auto& wanted = reference.digest();
    if (!wanted || *wanted == root) continue;
    return refuse_parameter(
        upload.target.context(), "reference",
        hub::composed("is the digest {}, and the image is {}", {wanted->text(), root.text()}),
        "Name a tag, or the digest that the image has.");
  }
  return {};
}

// The name that `docker pull` takes.
std::string pinned_name(const ImageName& image, const DigestName& digest) {
  const bool is_dockers = image.registry == ConfiguredRegistry().host;
  return hub::composed(
      "{}/{}@{}", {is_dockers ? "docker.io" : image.registry, image.repository, digest.text()});
}

sdk::Reply<UploadCounts> upload_blobs(const ImageUpload& upload, const ImageTree& tree) {
  constexpr std::uint64_t kMebibyte = 1024 * 1024;
  sdk::Context& ctx = upload.target.context();
  const std::uint64_t chunk =
      static_cast<std::uint64_t>(ctx.params().integer("chunk_mib")) * kMebibyte;
  UploadCounts counts;
  std::vector<std::unique_ptr<Transfer>> transfers;
  for (const BlobName& blob : tree.blobs) {
    transfers.push_back(std::make_unique<BlobUpload>(
        upload.target, UploadPlan{blob, upload.mount_from, upload.source_of(blob), chunk}, counts));
  }
  if (const sdk::Status done = run_transfers(ctx, std::move(transfers), parallel_parameter(ctx));
      !done) {
    return done;
  }
  return counts;
}

sdk::Status put(const ImageUpload& upload, const TreeManifest& node, const Reference& reference,
                std::string* refusal = nullptr) {
  const auto answer = put_manifest_bytes(upload.target, reference, node.bytes,
                                         node.manifest.media_type, node.digest, refusal);
  if (!answer) return answer.status();
  return note_referrer(upload.target, *answer, node.manifest, node.digest, node.bytes.size());
}

sdk::Status put_moved(const ImageUpload& upload, const TreeManifest& node, TagMove& move) {
  const auto moved = moved_meanwhile(upload.target, move);
  if (!moved) return moved.status();
  if (*moved) return fail(upload.target.context(), *moved);
  if (const sdk::Status done = put(upload, node, move.reference); !done) return done;
  move.is_done = true;
  return {};
}

// One that keeps no other: why it could not be put is told with it.
sdk::Status put_one_of_several(const ImageUpload& upload, const TreeManifest& root, TagMove& move) {
  const auto moved = moved_meanwhile(upload.target, move);
  sdk::Status done = moved.status();
  if (moved && *moved) {
    move.error = (*moved)->message;
  } else if (moved) {
    done = put(upload, root, move.reference, &move.error);
    move.is_done = done.ok();
  }
  if (hub::ends_call(upload.target.context(), done)) return done;
  if (!move.is_done && move.error.empty())
    move.error = "the registry could not be reached, or its answer could not be used";
  return {};
}

// Under each reference that does not name it yet. What the last one fails with is the error where none names it.
sdk::Status put_root(const ImageUpload& upload, const TreeManifest& root, Uploaded& uploaded) {
  bool is_put = false;
  std::size_t left = uploaded.references.size();
  for (TagMove& move : uploaded.references) {
    --left;
    if (!move.is_needed()) continue;
    const bool is_last_hope = left == 0 && uploaded.missing() == uploaded.references.size();
    const sdk::Status done =
        is_last_hope ? put_moved(upload, root, move) : put_one_of_several(upload, root, move);
    if (!done) return done;
    is_put = is_put || move.is_done;
  }
  // Whether a subject's list has it is told by a put alone.
  if (is_put || !root.manifest.subject) return {};
  return put(upload, root, Reference::of(root.digest));
}

// Under each of its tags that is to name it and does not yet.
sdk::Status put_companion(const ImageUpload& upload, const TreeManifest& node, Uploaded& uploaded) {
  bool is_named = false;
  for (TagMove& move : uploaded.companions) {
    if (!hub::contains(node.tags, move.reference.text()) || move.is_left) continue;
    is_named = true;
    if (!move.is_needed()) continue;
    if (const sdk::Status done = put_moved(upload, node, move); !done) return done;
  }
  return is_named ? sdk::Status() : put(upload, node, Reference::of(node.digest));
}

// What is listed goes before the list, the root last: until then nobody sees anything of it.
sdk::Status put_manifests(const ImageUpload& upload, const ImageTree& tree, Uploaded& uploaded) {
  for (const TreeManifest& node : tree.manifests) {
    const bool is_root = &node == &tree.root();
    const sdk::Status done =
        is_root ? put_root(upload, node, uploaded) : put_companion(upload, node, uploaded);
    if (!done) return done;
  }
  return {};
}

sdk::Status look_up_all(const ImageUpload& upload, const ImageTree& tree, Uploaded& uploaded) {
  for (const Reference& reference : upload.references) {
    auto move = look_up(upload.target, reference, tree.root().digest);
    if (!move) return move.status();
    uploaded.references.push_back(*std::move(move));
  }
  const bool keeps = upload.target.context().params().flag("no_overwrite", false);
  for (const TreeManifest& node : tree.manifests) {
    if (&node == &tree.root()) continue;
    for (const std::string& tag : node.tags) {
      auto move = look_up(upload.target, Reference::of_tag(tag), node.digest);
      if (!move) return move.status();
      move->is_left = keeps && move->replaced();
      uploaded.companions.push_back(*std::move(move));
    }
  }
  return {};
}

void tell_missing(sdk::Context& ctx, const Uploaded& uploaded) {
  if (uploaded.missing() == 0) return;
  std::string names;
  for (const TagMove& move : uploaded.references) {
    if (!move.is_done) hub::add_named(names, move.reference.text());
  }
  ctx.outcome(sdk::Outcome::partial,
              hub::composed("The image was sent, but could not be put under {}: the registry "
                            "refused it, or somebody else moved the tag. Look, then call again.",
                            {names}));
}

}  // namespace

std::size_t Uploaded::missing() const {
  return static_cast<std::size_t>(std::count_if(references.begin(), references.end(),
                                                [](const TagMove& move) { return !move.is_done; }));
}

std::size_t parallel_parameter(sdk::Context& ctx) {
  return static_cast<std::size_t>(ctx.params().integer("parallel"));
}

sdk::Json summary_of(const ImageUpload& upload, const ImageTree& tree, const Uploaded& uploaded) {
  const ImageName& image = upload.target.image();
  const TreeManifest& root = tree.root();
  const bool has_ended = !upload.target.context().dry_run();
  const sdk::Json summary = {{"image", pinned_name(image, root.digest)},
                             {"registry", image.registry},
                             {"repository", image.repository},
                             {"reference", upload.references.front().text()},
                             {"digest", root.digest.text()},
                             {"media_type", root.manifest.media_type},
                             {"replaced", digest_or_null(uploaded.references.front().replaced())},
                             {"references", told_moves(uploaded.references, has_ended)},
                             {"companions", told_moves(uploaded.companions, has_ended)},
                             {"manifests", tree.manifests.size()}};
  if (!has_ended) return with(summary, {{"blobs", tree.blobs.size()}, {"bytes", tree.bytes}});
  return with(summary, {{"blobs",
                         {{"uploaded", uploaded.counts.uploaded},
                          {"mounted", uploaded.counts.mounted},
                          {"existing", uploaded.counts.existing},
                          {"bytes", uploaded.counts.bytes}}}});
}

sdk::Reply<Uploaded> agree_on(const ImageUpload& upload, const ImageTree& tree) {
  if (const sdk::Status fits = check_references(upload, tree.root().digest); !fits) return fits;
  Uploaded uploaded;
  if (const sdk::Status done = look_up_all(upload, tree, uploaded); !done) return done;
  for (const auto* moves : {&uploaded.references, &uploaded.companions}) {
    if (const sdk::Status agreed = consent_to_all(upload.target, *moves); !agreed) return agreed;
  }
  return uploaded;
}

sdk::Reply<Uploaded> send_agreed(const ImageUpload& upload, const ImageTree& tree,
                                 Uploaded uploaded) {
  sdk::Context& ctx = upload.target.context();
  if (ctx.dry_run()) return uploaded;
  const auto counts = upload_blobs(upload, tree);
  if (!counts) return counts.status();
  uploaded.counts = *counts;
  if (const sdk::Status done = put_manifests(upload, tree, uploaded); !done) return done;
  if (tree.foreign > 0) {
    ctx.warn(hub::composed(
        "{} layers that may not be passed on were left where their publisher keeps them.",
        {tree.foreign}));
  }
  return uploaded;
}

sdk::Reply<Uploaded> send_image(const ImageUpload& upload, const ImageTree& tree) {
  auto agreed = agree_on(upload, tree);
  if (!agreed) return agreed;
  return send_agreed(upload, tree, *std::move(agreed));
}

sdk::Status upload_image(const ImageUpload& upload, const ImageTree& tree) {
  const auto uploaded = send_image(upload, tree);
  if (!uploaded) return uploaded.status();
  const sdk::Json summary = summary_of(upload, tree, *uploaded);
  sdk::Context& ctx = upload.target.context();
  if (ctx.dry_run()) return ctx.answer({{"would_push", summary}});
  tell_missing(ctx, *uploaded);
  return ctx.answer(summary);
}

}  // namespace dockerhub::registry
