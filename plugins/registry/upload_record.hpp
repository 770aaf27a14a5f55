// What is remembered of an upload beyond the end of the process (kept/1), so that after a kill its rest is sent
// and not all of it. Without a place to keep it, or while another process sends the same blob to the same
// repository, nothing is remembered; nobody need care. Inside the call, on its thread; no function puts an error
// on it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "blob_check.hpp"
#include "dockerhub/sdk/context.hpp"
#include "image_name.hpp"

namespace dockerhub::registry {

// Where an upload stands. Only the registry knows how much it really has.
struct UploadSession {
  std::string location;           // as the registry gave it; it may carry a token: a secret
  std::uint64_t sent = 0;         // bytes that the registry said it has
  std::uint64_t least_chunk = 0;  // bytes; 0: no rule
};

// As JSON, and back; nullopt for a text that session_text() did not make of a blob of this size.
std::string session_text(const UploadSession& session, std::uint64_t size);
std::optional<UploadSession> session_of(std::string_view text, std::uint64_t size);

class UploadRecord {
 public:
  // Takes the record of this blob on its way there. `ctx` outlives this.
  void open(sdk::Context& ctx, const ImageName& target, const BlobName& blob);

  // What an earlier process left.
  std::optional<UploadSession> read();
  void write(const UploadSession& session);
  // The upload is at its end.
  void remove();

 private:
  std::optional<sdk::KeptRecord> record_;
  std::uint64_t size_ = 0;  // of the blob
};

}  // namespace dockerhub::registry
