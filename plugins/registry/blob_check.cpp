#include "blob_check.hpp"

#include <utility>

#include "fault.hpp"

namespace dockerhub::registry {
namespace {

Fault wrong_content(const BlobName& blob, const std::string& from, const std::string& what) {
  Fault fault;
  fault.type = "ApiError";
  fault.message = "digest mismatch: " + blob.digest.text() + " of " + from + " " + what;
  fault.hint = "Nothing of it was kept. Where it came from is damaged or was changed.";
  return fault;
}

}  // namespace

sdk::Reply<BlobCheck> BlobCheck::open(sdk::Context& ctx, const BlobName& blob) {
  if (!blob.digest.is_verifiable()) {
    Fault fault;
    fault.type = "UnsupportedError";
    fault.message = "the digest algorithm of " + blob.digest.text() + " cannot be computed";
    fault.hint = "Content that cannot be verified is not passed on. Use sha256 or sha512.";
    return fail(ctx, fault);
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
    return fail(ctx_, wrong_content(blob_, "its source",
                                    "has more than the " + std::to_string(blob_.size) +
                                        " bytes that its descriptor states"));
  }
  checked_ += bytes.size();
  return digest_.update(bytes);
}

sdk::Status BlobCheck::verify(const std::string& from) {
  if (!is_complete()) {
    return fail(ctx_, wrong_content(blob_, from,
                                    "has " + std::to_string(checked_) + " bytes, not " +
                                        std::to_string(blob_.size)));
  }
  if (!actual_) {
    auto computed = digest_.finish();
    if (!computed) return computed.status();
    actual_ = *std::move(computed);
  }
  if (*actual_ == blob_.digest.text()) return {};
  return fail(ctx_, wrong_content(blob_, from, "is " + *actual_));
}

}  // namespace dockerhub::registry
