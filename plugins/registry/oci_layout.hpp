// An OCI image layout in a store (OCI image-spec 1.1.1, image-layout.md): "oci-layout", "index.json" with
// the tagged manifests, "blobs/ALGORITHM/ENCODED". The store's parameter names what of it is meant: a tag,
// or nothing. Inside the call, on its thread. Errors are put on the call.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "blob_check.hpp"
#include "digest_name.hpp"
#include "dockerhub/sdk/context.hpp"
#include "manifest.hpp"

namespace dockerhub::registry {

class OciLayout {
 public:
  // A layout that is not there yet has no manifests; where it is only read that is an error.
  static sdk::Reply<OciLayout> open(sdk::Context& ctx, std::string_view parameter, bool writable);

  // The tag that the parameter names, empty without one.
  const std::string& tag() const { return tag_; }

  // Of a store that has room for one image alone, which its oci-layout says ("mostImages": 1).
  bool holds_one() const { return holds_one_; }

  // The manifest of a tag, nullopt without one. With an empty tag the only manifest there is,
  // under however many names.
  sdk::Reply<std::optional<Descriptor>> find(std::string_view tag);
  // The same, also under another spelling of the same image ("docker.io/library/alpine:3.20" is "alpine:3.20"); its
  // absence is an error that names the tags there are.
  sdk::Reply<Descriptor> manifest(std::string_view tag);

  // DH_E_NOT_FOUND: it is not there.
  sdk::Reply<sdk::EntryReader> blob(const DigestName& digest);
  // A small one, verified.
  sdk::Reply<std::string> blob_text(const BlobName& blob);
  sdk::Reply<sdk::EntryWriter> create_blob(const DigestName& digest);
  // A small one whose digest was proved; nothing happens where it is there with these bytes.
  sdk::Status put_blob(const DigestName& digest, std::string_view bytes);

  // The tags that there are, each once; manifests without one are left out.
  std::vector<std::string> tags() const;

  // Makes `tag` name this manifest, in place of what it named; without a tag it is listed without one.
  // `entry`: a descriptor, JSON. Nobody sees it before finish().
  sdk::Status set(std::string_view tag, const sdk::Json& entry);
  // Takes this name from the list, and no other: what it named keeps its further names, and its blobs stay. Gives what it
  // named; an error where there is no such name, or no layout.
  sdk::Reply<Descriptor> remove(std::string_view tag);
  // Puts the list into the store, the last thing that is written.
  sdk::Status finish();

 private:
  OciLayout(sdk::Context& ctx, sdk::Store store, std::string tag)
      : ctx_(ctx), store_(std::move(store)), tag_(std::move(tag)) {}

  sdk::Status check_version();
  sdk::Status read_index();
  sdk::Reply<std::string> text(std::string_view name, std::size_t most);
  sdk::Status put(std::string_view name, std::string_view bytes);
  sdk::Status broken(std::string_view what);
  sdk::Status no_such(std::string_view tag);
  sdk::Status missing();
  sdk::Reply<std::optional<Descriptor>> find_other_spelling(std::string_view tag);

  sdk::Context& ctx_;
  sdk::Store store_;
  std::string tag_;
  bool is_new_ = false, holds_one_ = false;
  std::string index_;  // as it was read; empty: there is none
};

}  // namespace dockerhub::registry
