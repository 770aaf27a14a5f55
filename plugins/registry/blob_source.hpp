// Where the bytes of a blob come from: an entry of a store, or a registry. Read in order; an upload whose
// answer was lost goes back. Inside the call, on its thread. Errors are put on the call.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>

#include "client.hpp"

namespace dockerhub::registry {

class BlobSource {
 public:
  virtual ~BlobSource() = default;
  // The next bytes; 0 after the last.
  virtual sdk::Reply<std::size_t> read(std::span<char> buffer) = 0;
  // Goes on from this byte.
  virtual sdk::Status seek(std::uint64_t position) = 0;
  // What read() waits for; nullptr: for nothing.
  virtual const sdk::Exchange* waits_on() const { return nullptr; }
};

// Opens a source when its bytes are needed.
using OpenSource = std::function<sdk::Reply<std::unique_ptr<BlobSource>>()>;

class StoreSource final : public BlobSource {
 public:
  explicit StoreSource(sdk::EntryReader entry) : entry_(std::move(entry)) {}
  sdk::Reply<std::size_t> read(std::span<char> buffer) override;
  sdk::Status seek(std::uint64_t position) override;

 private:
  sdk::EntryReader entry_;
  std::uint64_t position_ = 0;
};

// A GET that goes on where it broke, as long as it comes forward.
class RemoteSource final : public BlobSource {
 public:
  RemoteSource(Client& client, DigestName digest) : client_(client), digest_(std::move(digest)) {}
  sdk::Reply<std::size_t> read(std::span<char> buffer) override;
  sdk::Status seek(std::uint64_t position) override;
  const sdk::Exchange* waits_on() const override;
  // The status code of the refusal that ended read(); 0: it did not end so.
  int refused_with() const { return refused_with_; }

 private:
  RequestParts get() const;
  sdk::Status open();
  sdk::Status begin();
  // Reads away what a registry without ranges sent before the position.
  sdk::Status skip(std::span<char> buffer);
  sdk::Reply<std::size_t> read_once(std::span<char> buffer);

  Client& client_;
  DigestName digest_;
  std::uint64_t position_ = 0;
  std::uint64_t to_skip_ = 0;
  int failures_ = 0;  // in a row
  int refused_with_ = 0;
  std::optional<sdk::Exchange> exchange_;  // not answered yet
  std::optional<Received> answer_;
};

}  // namespace dockerhub::registry
