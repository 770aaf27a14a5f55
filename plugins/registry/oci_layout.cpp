#include "oci_layout.hpp"

#include <algorithm>
#include <array>

#include "hub/answer.hpp"
#include "hub/composed.hpp"
#include "hub/contains.hpp"
#include "hub/plan_text.hpp"
#include "image_name.hpp"
#include "json_text.hpp"

namespace dockerhub::registry {
namespace {

constexpr std::string_view kVersionFile = "oci-layout";
constexpr std::string_view kIndexFile = "index.json";
constexpr std::string_view kVersion = R"({"imageLayoutVersion":"1.0.0"})";
constexpr std::string_view kMostImages = "mostImages";
constexpr std::string_view kRefName = "org.opencontainers.image.ref.name";
constexpr std::size_t kMostSmall = 4 * 1024 * 1024;

std::string entry_name(const DigestName& digest) {
  return hub::composed("blobs/{}/{}", {digest.algorithm(), digest.encoded()});
}

std::string_view name_of(const sdk::Value& entry) {
  const sdk::Value* annotations = find_member(entry, "annotations");
  return annotations == nullptr ? std::string_view() : text_member(*annotations, kRefName);
}

// The descriptor with the tag among its annotations.
sdk::Json tagged(const sdk::Json& entry, std::string_view tag) {
  if (tag.empty()) return entry;
  return with(entry, {{"annotations", {{kRefName, tag}}}});
}

// Whether there is one manifest, under whatever names.
bool is_about_one(const std::vector<Descriptor>& entries) {
  return !entries.empty() &&
         std::all_of(entries.begin(), entries.end(), [&](const Descriptor& entry) {
           return entry.digest == entries.front().digest;
         });
}

std::string listed(const std::vector<std::string>& names) {
  constexpr std::size_t kMostNamed = 30;
  std::string text;
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (i == kMostNamed) return text + ", ...";
    hub::add_named(text, quoted(names[i]));
  }
  return text;
}

// The document with these in place of its manifests.
std::string with_manifests(rapidjson::Document& document, const std::vector<sdk::Json>& entries) {
  const auto list = sdk::parse_json(sdk::Json::array(entries).text());
  document["manifests"].CopyFrom(list.value(), document.GetAllocator());
  return sdk::Json(static_cast<const sdk::Value&>(document)).text();
}

// In a layout a name without a host is of Docker's registry, whichever registry is configured.
bool is_same_image(std::string_view one, std::string_view other) {
  const auto a = ImageName::parse(one, ConfiguredRegistry());
  const auto b = ImageName::parse(other, ConfiguredRegistry());
  return a && b && a->embedded && b->embedded && a->registry == b->registry &&
         a->repository == b->repository && a->embedded->text() == b->embedded->text();
}

}  // namespace

sdk::Reply<OciLayout> OciLayout::open(sdk::Context& ctx, std::string_view parameter,
                                      bool writable) {
  std::string tag(ctx.params().text(parameter));
  auto store = ctx.store(parameter, writable);
  if (!store) return store.status();
  OciLayout layout(ctx, *std::move(store), std::move(tag));
  const sdk::Status checked = layout.check_version();
  layout.is_new_ = checked.value() == DH_E_NOT_FOUND;
  if (layout.is_new_) {
    if (!writable) return layout.broken("it has no oci-layout");
    return layout;
  }
  if (!checked) return checked;
  if (const sdk::Status read = layout.read_index(); !read) return read;
  return layout;
}

sdk::Status OciLayout::broken(std::string_view what) {
  return hub::wrong_parameter(ctx_, "store",
                              hub::composed("this is no image layout that can be used: {}", {what}),
                              "Name an image layout, as `skopeo copy ... oci:DIR:TAG` makes it.");
}

sdk::Reply<std::string> OciLayout::text(std::string_view name, std::size_t most) {
  auto entry = store_.open(name);
  if (!entry) return entry.status();
  if (entry->size() > most) return broken(hub::composed("{} is too large", {name}));
  std::string bytes(static_cast<std::size_t>(entry->size()), '\0');
  std::size_t at = 0;
  while (at < bytes.size()) {
    const auto got = entry->read_at(at, bytes.data() + at, bytes.size() - at);
    if (!got) return got.status();
    if (*got == 0) return broken(hub::composed("{} was cut meanwhile", {name}));
    at += *got;
  }
  return bytes;
}

sdk::Status OciLayout::check_version() {
  const auto version = text(kVersionFile, kMostSmall);
  if (!version) return version.status();
  const auto document = parse_json(*version);
  holds_one_ = document && size_member(*document, kMostImages) == std::uint64_t{1};
  if (document && text_member(*document, "imageLayoutVersion").starts_with("1.")) return {};
  return broken("its oci-layout names no version 1");
}

sdk::Status OciLayout::read_index() {
  auto index = text(kIndexFile, kMostSmall);
  if (index.status().value() == DH_E_NOT_FOUND) return {};
  if (!index) return index.status();
  const auto document = parse_json(*index);
  if (!document || !document->IsObject()) return broken("its index.json is no JSON object");
  index_ = *std::move(index);
  return {};
}

sdk::Reply<std::optional<Descriptor>> OciLayout::find(std::string_view tag) {
  if (index_.empty()) return std::optional<Descriptor>();
  auto index = parse_manifest(index_, {});
  if (!index) return broken("its index.json is no index");
  const auto document = parse_json(index_);
  const sdk::Value* entries = array_member(*document, "manifests");
  if (entries == nullptr || entries->Size() != index->entries.size())
    return broken("its index.json has no list of manifests");
  if (tag.empty()) {
    if (!is_about_one(index->entries)) return std::optional<Descriptor>();
    return std::optional<Descriptor>(index->entries.front());
  }
  for (rapidjson::SizeType i = 0; i < entries->Size(); ++i) {
    if (name_of((*entries)[i]) == tag) return std::optional<Descriptor>(index->entries[i]);
  }
  return std::optional<Descriptor>();
}

std::vector<std::string> OciLayout::tags() const {
  std::vector<std::string> names;
  const auto document = parse_json(index_.empty() ? "{}" : index_);
  const sdk::Value* entries = document ? array_member(*document, "manifests") : nullptr;
  if (entries == nullptr) return names;
  for (const sdk::Value& entry : entries->GetArray()) {
    const std::string name(name_of(entry));
    if (!name.empty() && !hub::contains(names, name)) names.push_back(name);
  }
  return names;
}

sdk::Status OciLayout::no_such(std::string_view tag) {
  const std::vector<std::string> names = tags();
  return hub::wrong_parameter(
      ctx_, "store",
      tag.empty() ? "the image layout has not just one manifest: name its tag"
                  : hub::composed("the image layout has no tag {}", {quoted(tag)}),
      names.empty() ? "It has no tags." : hub::composed("Its tags: {}.", {listed(names)}));
}

// Of two spellings nobody knows which is meant.
sdk::Reply<std::optional<Descriptor>> OciLayout::find_other_spelling(std::string_view tag) {
  std::vector<std::string> names = tags();
  names.erase(std::remove_if(names.begin(), names.end(),
                             [&](const std::string& name) { return !is_same_image(name, tag); }),
              names.end());
  if (names.size() != 1) return std::optional<Descriptor>();
  return find(names.front());
}

sdk::Reply<Descriptor> OciLayout::manifest(std::string_view tag) {
  auto found = find(tag);
  if (found && !*found && !tag.empty()) found = find_other_spelling(tag);
  if (!found) return found.status();
  if (!*found) return no_such(tag);
  return **std::move(found);
}

sdk::Reply<sdk::EntryReader> OciLayout::blob(const DigestName& digest) {
  return store_.open(entry_name(digest));
}

sdk::Reply<std::string> OciLayout::blob_text(const BlobName& blob) {
  auto bytes = text(entry_name(blob.digest), kMostSmall);
  if (bytes.status().value() == DH_E_NOT_FOUND)
    return broken(hub::composed("it lacks {}, which it names", {blob.digest.text()}));
  if (!bytes) return bytes.status();
  auto check = BlobCheck::open(ctx_, blob);
  if (!check) return check.status();
  if (const sdk::Status updated = check->update(0, *bytes); !updated) return updated;
  if (const sdk::Status same = check->verify("the image layout"); !same) return same;
  return bytes;
}

sdk::Status OciLayout::put(std::string_view name, std::string_view bytes) {
  auto entry = store_.create(name);
  if (!entry) return entry.status();
  if (const sdk::Status written = entry->write(bytes); !written) return written;
  return entry->commit();
}

sdk::Reply<sdk::EntryWriter> OciLayout::create_blob(const DigestName& digest) {
  if (is_new_) {
    if (const sdk::Status made = put(kVersionFile, kVersion); !made) return made;
    is_new_ = false;
  }
  return store_.create(entry_name(digest));
}

sdk::Status OciLayout::put_blob(const DigestName& digest, std::string_view bytes) {
  const auto present = text(entry_name(digest), kMostSmall);
  if (present && *present == bytes) return {};
  auto entry = create_blob(digest);
  if (!entry) return entry.status();
  if (const sdk::Status written = entry->write(bytes); !written) return written;
  return entry->commit();
}

sdk::Status OciLayout::set(std::string_view tag, const sdk::Json& entry) {
  auto document = parse_json(index_.empty() ? R"({"schemaVersion":2,"manifests":[]})" : index_);
  if (!document || array_member(*document, "manifests") == nullptr)
    return broken("its index.json has no list of manifests");
  const auto added = parse_json(entry.text());
  const std::string_view digest = text_member(*added, "digest");
  std::vector<sdk::Json> entries;
  for (const sdk::Value& present : array_member(*document, "manifests")->GetArray()) {
    const bool is_replaced =
        tag.empty() ? name_of(present).empty() && text_member(present, "digest") == digest
                    : name_of(present) == tag;
    if (!is_replaced) entries.emplace_back(present);
  }
  entries.push_back(tagged(entry, tag));
  index_ = with_manifests(*document, entries);
  return {};
}

sdk::Status OciLayout::missing() {
  return hub::wrong_parameter(ctx_, "store", "there is no image layout there",
                              "Check the name of the folder: oci:DIR:TAG.");
}

sdk::Reply<Descriptor> OciLayout::remove(std::string_view tag) {
  if (is_new_) return missing();
  auto found = find(tag);
  if (!found) return found.status();
  if (!*found) return no_such(tag);
  auto document = parse_json(index_);
  std::vector<sdk::Json> entries;
  const sdk::Value& present = *document;
  for (const sdk::Value& entry : array_member(present, "manifests")->GetArray()) {
    if (name_of(entry) != tag) entries.emplace_back(entry);
  }
  index_ = with_manifests(*document, entries);
  return **std::move(found);
}

sdk::Status OciLayout::finish() {
  return put(kIndexFile, index_);
}

}  // namespace dockerhub::registry
