// Digest and size of a blob, proved while its bytes pass. Inside the call, on its thread. Errors are put
// on the call.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "digest_name.hpp"
#include "dockerhub/sdk/context.hpp"

namespace dockerhub::registry {

// A blob as a manifest names it.
struct BlobName {
  DigestName digest;
  std::uint64_t size = 0;  // bytes
};

class BlobCheck {
 public:
  // UnsupportedError where the algorithm cannot be computed: what is not verified is not passed on.
  static sdk::Reply<BlobCheck> open(sdk::Context& ctx, const BlobName& blob);

  // Bytes that begin at this place of the blob. What passed before may pass again; a gap may not be.
  // An error as soon as there are more than its size.
  sdk::Status update(std::uint64_t position, std::string_view bytes);
  bool is_complete() const { return checked_ == blob_.size; }
  // After the last byte: whether it is what it is called. The same answer, however often it is asked.
  // `from` names where it came from.
  sdk::Status verify(std::string_view from);

 private:
  BlobCheck(sdk::Context& ctx, BlobName blob, sdk::Digest digest)
      : ctx_(ctx), blob_(std::move(blob)), digest_(std::move(digest)) {}

  sdk::Context& ctx_;
  BlobName blob_;
  sdk::Digest digest_;
  std::uint64_t checked_ = 0;          // bytes from the start
  std::optional<std::string> actual_;  // computed
};

}  // namespace dockerhub::registry
