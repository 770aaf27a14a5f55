// export: images of repositories into a store, each under its whole name. import: from there into a registry.
#include <list>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "actions.hpp"
#include "hub/composed.hpp"
#include "image_download.hpp"
#include "image_upload.hpp"
#include "json_text.hpp"
#include "layout_source.hpp"
#include "target.hpp"

namespace dockerhub::registry {
namespace {

// "docker.io/library/alpine:3.20", as other programs write it into layouts.
std::string whole_name(const ImageName& image, const Reference& reference) {
  const bool is_dockers = image.registry == ConfiguredRegistry().host;
  return hub::composed("{}/{}{}{}", {is_dockers ? "docker.io" : image.registry, image.repository,
                                     reference.digest() ? "@" : ":", reference.text()});
}

sdk::Reply<std::list<Target>> exported_images(sdk::Context& ctx, const OciLayout& layout) {
  std::list<Target> images;
  for (const std::string_view text : ctx.params().texts("images")) {
    auto image = named_target(ctx, "images", text);
    if (!image) return image.status();
    images.push_back(*std::move(image));
  }
  if (images.size() < 2) return images;
  if (layout.holds_one()) {
    return refuse_parameter(ctx, "store", "holds one image, and several are exported",
                            "Nothing was read. Name an image layout or an archive.");
  }
  if (layout.tag().empty()) return images;
  return refuse_parameter(ctx, "store", "names one tag, and several images are exported",
                          "Leave the tag out: each image gets its whole name.");
}

// An image that goes into the store under that name, read and agreed on.
struct Export {
  Client& client;
  ImageTree tree;
  std::string name;
  std::optional<DigestName> replaced;
};

sdk::Reply<Export> agreed_export(Target& image, OciLayout& layout,
                                 const std::optional<Platform>& platform) {
  sdk::Context& ctx = image.client.context();
  auto root = remote_manifest(image.client, image.reference, {});
  if (!root) return root.status();
  auto tree = read_tree(ctx, *std::move(root), platform, remote_entries(image.client));
  if (!tree) return tree.status();
  Export one{
      image.client, *std::move(tree),
      layout.tag().empty() ? whole_name(image.client.image(), image.reference) : layout.tag(),
      std::nullopt};
  auto replaced = replaced_by({one.client, layout, one.tree, one.name});
  if (!replaced) return replaced.status();
  one.replaced = *std::move(replaced);
  const sdk::Status agreed = consent_to_move(ctx, hub::composed("{} in the store", {one.name}),
                                             one.replaced, one.tree.root().digest);
  if (!agreed) return agreed;
  return one;
}

sdk::Status export_one(const Export& one, OciLayout& layout) {
  sdk::Context& ctx = one.client.context();
  const ImageDownload download{one.client, layout, one.tree, one.name};
  const sdk::Json summary = summary_of(download, one.replaced);
  if (!ctx.dry_run()) {
    const auto counts = download_image(download);
    if (!counts) return counts.status();
    tell_foreign(ctx, one.tree);
  }
  return ctx.item(with(summary, {{"bytes", one.tree.bytes}}));
}

// Where an image of the store goes: below `to`, by its own repository and tag.
sdk::Reply<Target> import_target(sdk::Context& ctx, const std::string& name) {
  const auto image = ImageName::parse(name, configured_registry(ctx.host()));
  if (!image || is_tag(name)) {
    return refuse_parameter(
        ctx, "store",
        hub::composed("has an image under {}, which names no repository", {quoted(name)}),
        "Name that one tag of the store and push it: hub_registry push says where it goes.");
  }
  const auto reference = one_reference(*image, std::nullopt);
  if (!reference) return fail(ctx, reference.error());
  std::string repository = image->repository;
  if (ctx.params().flag("flat")) repository.erase(0, repository.rfind('/') + 1);
  return named_target(
      ctx, "to",
      hub::composed("{}/{}{}{}", {ctx.params().text("to"), repository,
                                  reference->digest() ? "@" : ":", reference->text()}));
}

// An image of the store, and where it goes.
struct Import {
  std::string name;
  Target target;
};

// All of them, before anything is sent. Names of two registries may come to one.
sdk::Reply<std::list<Import>> imports(sdk::Context& ctx, const std::vector<std::string>& names) {
  std::list<Import> all;
  std::map<std::string, std::string> taken;  // what goes there
  for (const std::string& name : names) {
    auto target = import_target(ctx, name);
    if (!target) return target.status();
    const std::string place = reference_name(target->client.image(), target->reference);
    const auto [other, is_new] = taken.emplace(place, name);
    if (!is_new) {
      return refuse_parameter(
          ctx, "store",
          hub::composed("has {} and {} for {}", {quoted(other->second), quoted(name), place}),
          "Nothing was sent. Import them one by one: name its tag in the store, and another 'to'.");
    }
    all.push_back({name, *std::move(target)});
  }
  return all;
}

// An image of the store, read, and what its way changes, agreed on.
struct AgreedImport {
  ImageUpload upload;
  ImageTree tree;
  Uploaded moves;
};

sdk::Reply<AgreedImport> agreed_import(OciLayout& layout, Import& one,
                                       const std::optional<Platform>& platform) {
  sdk::Context& ctx = one.target.client.context();
  const auto entry = layout.manifest(one.name);
  if (!entry) return entry.status();
  const ReadEntry read = layout_entries(ctx, layout);
  auto root = read(*entry);
  if (!root) return root.status();
  auto tree = read_tree(ctx, *std::move(root), platform, read);
  if (!tree) return tree.status();
  ImageUpload upload{one.target.client, {one.target.reference}, {}, layout_blobs(ctx, layout)};
  auto moves = agree_on(upload, *tree);
  if (!moves) return moves.status();
  return AgreedImport{std::move(upload), *std::move(tree), *std::move(moves)};
}

sdk::Status import_one(sdk::Context& ctx, AgreedImport& one) {
  const auto uploaded = send_agreed(one.upload, one.tree, std::move(one.moves));
  if (!uploaded) return uploaded.status();
  return ctx.item(summary_of(one.upload, one.tree, *uploaded));
}

// Of items: that nobody takes more of them ends the work, and well.
bool is_over(const sdk::Status& status) {
  return status.value() == DH_E_RECEIVER;
}

}  // namespace

sdk::Status export_images(sdk::Context& ctx) {
  const auto platform = platform_parameter(ctx);
  if (!platform) return platform.status();
  auto layout = OciLayout::open(ctx, "store", true);
  if (!layout) return layout.status();
  auto images = exported_images(ctx, *layout);
  if (!images) return images.status();
  std::list<Export> agreed;
  for (Target& image : *images) {
    auto one = agreed_export(image, *layout, *platform);
    if (!one) return one.status();
    agreed.push_back(*std::move(one));
  }
  for (const Export& one : agreed) {
    const sdk::Status done = export_one(one, *layout);
    if (!done && !is_over(done)) return done;
  }
  if (!ctx.dry_run()) {
    if (const sdk::Status finished = layout->finish(); !finished) return finished;
  }
  return ctx.answer({{"images", sdk::kGivenItems}});
}

sdk::Status import_images(sdk::Context& ctx) {
  const auto platform = platform_parameter(ctx);
  if (!platform) return platform.status();
  auto layout = OciLayout::open(ctx, "store", false);
  if (!layout) return layout.status();
  std::vector<std::string> names = layout->tags();
  if (!layout->tag().empty()) names = {layout->tag()};
  if (names.empty()) {
    return refuse_parameter(ctx, "store", "has no image with a name",
                            "hub_registry push takes images without one.");
  }
  auto all = imports(ctx, names);
  if (!all) return all.status();
  std::list<AgreedImport> agreed;
  for (Import& one : *all) {
    auto image = agreed_import(*layout, one, *platform);
    if (!image) return image.status();
    agreed.push_back(*std::move(image));
  }
  for (AgreedImport& one : agreed) {
    const sdk::Status done = import_one(ctx, one);
    if (!done && !is_over(done)) return done;
  }
  return ctx.answer({{"images", sdk::kGivenItems}});
}

}  // namespace dockerhub::registry
