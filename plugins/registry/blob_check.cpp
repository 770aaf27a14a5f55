#include "blob_check.hpp"

#include <utility>

#include "fault.hpp"
#include "hub/composed.hpp"

namespace dockerhub::registry {
namespace {

sdk::Status wrong_content(sdk::Context& ctx, const BlobName& blob, std::string_view from,
                          std::string_view what) {
  return refuse_answer(
      ctx, hub::composed("digest mismatch: {} of {} {}", {blob.digest.text(), from, what}),
      "Nothing of it was kept. Where it came from is damaged or was changed.");
}

}  // namespace

sdk::Reply<BlobCheck> BlobCheck::open(sdk::Context& ctx, const BlobName& blob) {
  if (!blob.digest.is_verifiable()) {
    return ctx.fail(
        "UnsupportedError",
        hub::composed("the digest algorithm of {} cannot be computed", {blob.digest.text()}),
        "Content that cannot be verified is not passed on. Use sha256 or sha512.");
  }
  auto digest = ctx.digest(blob.digest.algorithm());
  if (!digest) return digest.status();
  return BlobCheck(ctx, blob, *std::move(digest));
}

sdk::Status BlobCheck::update(std::uint64_t position, std::string_view bytes) {
  if (position > checked_) return DH_E_INVALID;
  const std::uint64_t known = checked_ - position;
  if (known >= bytes.size()) return {};
  bytes.remove_prefix(static_cast<std::size_t>(known));
  if (bytes.size() > blob_.size - checked_) {
    return wrong_content(
        ctx_, blob_, "its source",
        hub::composed("has more than the {} bytes that its descriptor states", {blob_.size}));
  }
  checked_ += bytes.size();
  return digest_.update(bytes);
}

sdk::Status BlobCheck::verify(std::string_view from) {
  if (!is_complete()) {
    return wrong_content(ctx_, blob_, from,
                         hub::composed("has {} bytes, not {}", {checked_, blob_.size}));
  }
  if (!actual_) {
    auto computed = digest_.finish();
    if (!computed) return computed.status();
    actual_ = *std::move(computed);
  }
  if (*actual_ == blob_.digest.text()) return {};
  return wrong_content(ctx_, blob_, from, hub::composed("is {}", {*actual_}));
}

}  // namespace dockerhub::registry
