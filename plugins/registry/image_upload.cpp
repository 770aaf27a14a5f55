#include "image_upload.hpp"

#include <memory>
#include <utility>
#include <vector>

#include "json_text.hpp"
#include "manifest_upload.hpp"
#include "status_codes.hpp"

namespace dockerhub::registry {
namespace {

std::string full_name(const ImageUpload& upload, const Reference& reference) {
  const ImageName& image = upload.target.image();
  return image.registry + "/" + image.repository + (reference.digest() ? "@" : ":") +
         reference.text();
}

sdk::Status check_references(const ImageUpload& upload, const DigestName& root) {
  for (const Reference& reference : upload.references) {
    const auto& wanted = reference.digest();
    if (!wanted || *wanted == root) continue;
    const auto refused = wrong_parameter(
        "reference", "is the digest " + wanted->text() + ", and the image is " + root.text(),
        "Name a tag, or the digest that the image has.");
    return fail(upload.target.context(), refused.value());
  }
  return {};
}

sdk::Json digest_or_null(const std::optional<DigestName>& digest) {
  return digest ? sdk::Json(digest->text()) : sdk::Json(nullptr);
}

// The name that `docker pull` takes.
std::string pinned_name(const ImageName& image, const DigestName& digest) {
  const bool is_dockers = image.registry == ConfiguredRegistry().host;
  return (is_dockers ? "docker.io" : image.registry) + "/" + image.repository + "@" + digest.text();
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
sdk::Status check_still_named(const ImageUpload& upload, const Reference& reference,
                              const std::optional<DigestName>& old, const DigestName& root) {
  if (reference.digest()) return {};
  const auto now = named_now(upload.target, reference);
  if (!now) return now.status();
  if (*now == old || *now == root) return {};
  Fault fault;
  fault.type = "ApiError";
  fault.message = full_name(upload, reference) +
                  " was moved by somebody else while the image was sent: it " +
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

using Named = std::vector<std::optional<DigestName>>;  // what each reference names

// Under each reference that does not name it yet.
sdk::Status put_root(const ImageUpload& upload, const TreeManifest& root, const Named& old) {
  bool is_put = false;
  for (std::size_t i = 0; i < upload.references.size(); ++i) {
    if (old[i] == root.digest) continue;
    const Reference& reference = upload.references[i];
    if (const sdk::Status same = check_still_named(upload, reference, old[i], root.digest); !same)
      return same;
    if (const sdk::Status done = put(upload, root, reference); !done) return done;
    is_put = true;
  }
  // Whether a subject's list has it is told by a put alone.
  if (is_put || !root.manifest.subject) return {};
  return put(upload, root, Reference::of(root.digest));
}

// Under its tag as well, where it has one that does not name it yet.
sdk::Status put_companion(const ImageUpload& upload, const TreeManifest& node) {
  const Reference tag = Reference::of_tag(node.tag);
  const auto old = named_now(upload.target, tag);
  if (!old) return old.status();
  if (*old == node.digest) return {};
  sdk::Context& ctx = upload.target.context();
  if (*old && ctx.params().flag("no_overwrite", false)) {
    ctx.warn(full_name(upload, tag) + " names " + (*old)->text() +
             " already, and was left as it is.");
    return put(upload, node, Reference::of(node.digest));
  }
  if (const sdk::Status agreed = consent_to_move(ctx, full_name(upload, tag), *old, node.digest);
      !agreed) {
    return agreed;
  }
  return put(upload, node, tag);
}

// What is listed goes before the list, the root last: until then nobody sees anything of it.
sdk::Status put_manifests(const ImageUpload& upload, const ImageTree& tree, const Named& old) {
  for (const TreeManifest& node : tree.manifests) {
    const bool is_root = &node == &tree.root();
    const sdk::Status done = is_root            ? put_root(upload, node, old)
                             : node.tag.empty() ? put(upload, node, Reference::of(node.digest))
                                                : put_companion(upload, node);
    if (!done) return done;
  }
  return {};
}

sdk::Reply<Named> names_now(const ImageUpload& upload) {
  Named named;
  for (const Reference& reference : upload.references) {
    auto now = named_now(upload.target, reference);
    if (!now) return now.status();
    named.push_back(*std::move(now));
  }
  return named;
}

sdk::Json references_of(const ImageUpload& upload, const Uploaded& uploaded) {
  std::vector<sdk::Json> list;
  for (std::size_t i = 0; i < upload.references.size(); ++i) {
    list.push_back({{"reference", upload.references[i].text()},
                    {"replaced", digest_or_null(uploaded.replaced[i])}});
  }
  return sdk::Json::array(list);
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

sdk::Json summary_of(const ImageUpload& upload, const ImageTree& tree, const Uploaded& uploaded) {
  const ImageName& image = upload.target.image();
  const TreeManifest& root = tree.root();
  const sdk::Json summary = {{"image", pinned_name(image, root.digest)},
                             {"registry", image.registry},
                             {"repository", image.repository},
                             {"reference", upload.references.front().text()},
                             {"digest", root.digest.text()},
                             {"media_type", root.manifest.media_type},
                             {"replaced", digest_or_null(uploaded.replaced.front())},
                             {"references", references_of(upload, uploaded)},
                             {"manifests", tree.manifests.size()}};
  if (upload.target.context().dry_run())
    return with_member(with_member(summary, "blobs", tree.blobs.size()), "bytes", tree.bytes);
  return with_member(summary, "blobs",
                     {{"uploaded", uploaded.counts.uploaded},
                      {"mounted", uploaded.counts.mounted},
                      {"existing", uploaded.counts.existing},
                      {"bytes", uploaded.counts.bytes}});
}

sdk::Reply<Uploaded> send_image(const ImageUpload& upload, const ImageTree& tree) {
  sdk::Context& ctx = upload.target.context();
  const DigestName& root = tree.root().digest;
  if (const sdk::Status fits = check_references(upload, root); !fits) return fits;
  const auto old = names_now(upload);
  if (!old) return old.status();
  Uploaded uploaded;
  for (std::size_t i = 0; i < old->size(); ++i) {
    const std::optional<DigestName>& named = (*old)[i];
    uploaded.replaced.push_back(named == root ? std::nullopt : named);
    if (const sdk::Status agreed =
            consent_to_move(ctx, full_name(upload, upload.references[i]), named, root);
        !agreed) {
      return agreed;
    }
  }
  if (ctx.dry_run()) return uploaded;
  const auto counts = upload_blobs(upload, tree);
  if (!counts) return counts.status();
  uploaded.counts = *counts;
  if (const sdk::Status done = put_manifests(upload, tree, *old); !done) return done;
  if (tree.foreign > 0) {
    ctx.warn(std::to_string(tree.foreign) +
             " layers that may not be passed on were left where their publisher keeps them.");
  }
  return uploaded;
}

sdk::Status upload_image(const ImageUpload& upload, const ImageTree& tree) {
  const auto uploaded = send_image(upload, tree);
  if (!uploaded) return uploaded.status();
  const sdk::Json summary = summary_of(upload, tree, *uploaded);
  sdk::Context& ctx = upload.target.context();
  return ctx.dry_run() ? ctx.answer({{"would_push", summary}}) : ctx.answer(summary);
}

}  // namespace dockerhub::registry
