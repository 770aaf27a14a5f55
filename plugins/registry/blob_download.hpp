// One blob on its way into an image layout: an entry that is there is proved, one that is missing or
// damaged is read from the registry. It gets its name only when all of it was verified.
#pragma once

#include <cstdint>
#include <optional>

#include "blob_check.hpp"
#include "blob_source.hpp"
#include "oci_layout.hpp"
#include "transfer.hpp"

namespace dockerhub::registry {

// What became of the blobs of a pull, in numbers.
struct DownloadCounts {
  std::size_t downloaded = 0, existing = 0;
  std::uint64_t bytes = 0;  // downloaded
};

class BlobDownload final : public Transfer {
 public:
  // `source`, `layout` and `counts` outlive it.
  BlobDownload(Client& source, OciLayout& layout, BlobName blob, DownloadCounts& counts);
  sdk::Reply<bool> step(std::span<char> buffer) override;
  const sdk::Exchange* waits_on() const override;

 private:
  enum class State { look, proving, begin, reading, done };

  sdk::Status advance(std::span<char> buffer);
  sdk::Status look();
  sdk::Status prove(std::span<char> buffer);
  sdk::Status begin();
  sdk::Status read(std::span<char> buffer);
  sdk::Status commit();
  sdk::Status open_check();

  Client& source_;
  OciLayout& layout_;
  BlobName blob_;
  DownloadCounts& counts_;
  BlobProgress progress_;
  State state_ = State::look;
  std::optional<sdk::EntryReader> present_;
  std::optional<RemoteSource> remote_;
  std::optional<sdk::EntryWriter> entry_;
  std::optional<BlobCheck> check_;
  std::uint64_t at_ = 0;
};

}  // namespace dockerhub::registry
