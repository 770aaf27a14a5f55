#include "image_upload.hpp"

#include <memory>
#include <utility>
#include <vector>

#include "json_text.hpp"
#include "manifest_upload.hpp"
#include "status_codes.hpp"

namespace dockerhub::registry {
namespace {

std::string full_name(const ImageUpload& upload) {
  const ImageName& image = upload.target.image();
  return image.registry + "/" + image.repository + (upload.reference.digest() ? "@" : ":") +
         upload.reference.text();
}

sdk::Status check_reference(const ImageUpload& upload, const DigestName& root) {
  const auto& wanted = upload.reference.digest();
  if (!wanted || *wanted == root) return {};
  const auto refused = wrong_parameter(
      "reference", "is the digest " + wanted->text() + ", and the image is " + root.text(),
      "Name a tag, or the digest that the image has.");
  return fail(upload.target.context(), refused.value());
}

sdk::Json digest_or_null(const std::optional<DigestName>& digest) {
  return digest ? sdk::Json(digest->text()) : sdk::Json(nullptr);
}

sdk::Json summary(const ImageUpload& upload, const ImageTree& tree,
                  const std::optional<DigestName>& replaced) {
  const ImageName& image = upload.target.image();
  return {{"registry", image.registry},
          {"repository", image.repository},
          {"reference", upload.reference.text()},
          {"digest", tree.root().digest.text()},
          {"media_type", tree.root().manifest.media_type},
          {"replaced", digest_or_null(replaced)},
          {"manifests", tree.manifests.size()}};
}

sdk::Status tell_plan(const ImageUpload& upload, const ImageTree& tree,
                      const std::optional<DigestName>& replaced) {
  const sdk::Json plan =
      with_member(with_member(summary(upload, tree, replaced), "blobs", tree.blobs.size()), "bytes",
                  tree.bytes);
  return upload.target.context().answer({{"would_push", plan}});
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

// The consent was given to what the tag named at the start: with large blobs that is long ago.
sdk::Status check_still_named(const ImageUpload& upload, const std::optional<DigestName>& old,
                              const DigestName& root) {
  if (upload.reference.digest()) return {};
  const auto now = named_now(upload.target, upload.reference);
  if (!now) return now.status();
  if (*now == old || *now == root) return {};
  Fault fault;
  fault.type = "ApiError";
  fault.message = full_name(upload) + " was moved by somebody else while the image was sent: it " +
                  (*now ? "names " + (*now)->text() : std::string("is gone")) + " now";
  fault.hint = "The tag was not touched. Look at it, then call again.";
  return fail(upload.target.context(), fault);
}

sdk::Status put(const ImageUpload& upload, const TreeManifest& node, const Reference& reference) {
  const auto answer = put_manifest_bytes(upload.target, reference, node.bytes,
                                         node.manifest.media_type, node.digest);
  if (!answer) return answer.status();
  return note_referrer(upload.target, *answer, node.manifest, node.digest, node.bytes.size());
}

// What is listed goes before the list, the root last: until then nobody sees anything of it.
sdk::Status put_manifests(const ImageUpload& upload, const ImageTree& tree,
                          const std::optional<DigestName>& old) {
  const bool is_named_already = old == tree.root().digest;
  for (const TreeManifest& node : tree.manifests) {
    const bool is_root = &node == &tree.root();
    // Whether a subject's list has it is told by a put alone.
    if (is_root && is_named_already && !node.manifest.subject) return {};
    const bool by_name = is_root && !is_named_already;
    if (by_name) {
      const sdk::Status same = check_still_named(upload, old, node.digest);
      if (!same) return same;
    }
    const Reference reference = by_name ? upload.reference : Reference::of(node.digest);
    if (const sdk::Status done = put(upload, node, reference); !done) return done;
  }
  return {};
}

sdk::Status tell_done(const ImageUpload& upload, const ImageTree& tree,
                      const std::optional<DigestName>& replaced, const UploadCounts& counts) {
  sdk::Context& ctx = upload.target.context();
  if (tree.foreign > 0) {
    ctx.warn(std::to_string(tree.foreign) +
             " layers that may not be passed on were left where their publisher keeps them.");
  }
  return ctx.answer(with_member(summary(upload, tree, replaced), "blobs",
                                {{"uploaded", counts.uploaded},
                                 {"mounted", counts.mounted},
                                 {"existing", counts.existing},
                                 {"bytes", counts.bytes}}));
}

}  // namespace

std::size_t parallel_parameter(sdk::Context& ctx) {
  return static_cast<std::size_t>(ctx.params().integer("parallel"));
}

sdk::Reply<std::optional<DigestName>> named_now(Client& client, const Reference& reference) {
  auto head = client.send({"HEAD", manifests(reference), kManifestTypes});
  if (!head) return head.status();
  if (head->status_code == kNotFound) return std::optional<DigestName>();
  if (!head->good()) return client.reject(*head);
  auto digest = client.digest_of(*head, reference);
  if (!digest) return digest.status();
  return std::optional<DigestName>(*std::move(digest));
}

sdk::Status consent_to_move(sdk::Context& ctx, const std::string& where,
                            const std::optional<DigestName>& old, const DigestName& digest) {
  if (!old || *old == digest) return {};
  if (ctx.params().flag("no_overwrite")) {
    Fault fault;
    fault.parameter = "no_overwrite";
    fault.message =
        where + " names " + old->text() + " already, and is not to be moved to " + digest.text();
    fault.hint = "Nothing was changed. Choose another tag, or leave no_overwrite out.";
    return fail(ctx, fault);
  }
  if (ctx.dry_run()) return {};
  return ctx.ask().approve(
      sdk::write, "Move " + where + " from " + old->text() + " to " + digest.text(), where);
}

sdk::Status upload_image(const ImageUpload& upload, const ImageTree& tree) {
  sdk::Context& ctx = upload.target.context();
  const DigestName& root = tree.root().digest;
  if (const sdk::Status fits = check_reference(upload, root); !fits) return fits;
  const auto old = named_now(upload.target, upload.reference);
  if (!old) return old.status();
  const bool is_named_already = *old && **old == root;
  const std::optional<DigestName> replaced = is_named_already ? std::nullopt : *old;
  if (const sdk::Status agreed = consent_to_move(ctx, full_name(upload), *old, root); !agreed)
    return agreed;
  if (ctx.dry_run()) return tell_plan(upload, tree, replaced);
  const auto counts = upload_blobs(upload, tree);
  if (!counts) return counts.status();
  if (const sdk::Status done = put_manifests(upload, tree, *old); !done) return done;
  return tell_done(upload, tree, replaced, *counts);
}

}  // namespace dockerhub::registry
