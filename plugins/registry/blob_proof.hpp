// One blob of a registry, read to its end to prove that it is what it is called; nothing of it is kept.
#pragma once

#include <list>
#include <optional>

#include "blob_check.hpp"
#include "blob_source.hpp"
#include "transfer.hpp"

namespace dockerhub::registry {

// A blob that is not what it is called.
struct BlobProblem {
  BlobName blob;
  std::string_view what;  // "wrong" or "missing"
};

struct ProofCounts {
  std::size_t blobs = 0;
  std::uint64_t bytes = 0;
  std::list<BlobProblem> problems;
};

class BlobProof final : public Transfer {
 public:
  // `source` and `counts` outlive it.
  BlobProof(Client& source, BlobName blob, ProofCounts& counts);
  sdk::Reply<bool> step(std::span<char> buffer) override;
  const sdk::Exchange* waits_on() const override { return remote_.waits_on(); }

 private:
  // A problem of the blob is noted, and the rest goes on. What hinders the proof ends the call: a blob that
  // may not be read, or that nobody can give just now, is not missing.
  sdk::Reply<bool> unreadable(sdk::Status status);
  sdk::Reply<bool> unlike(sdk::Status status);
  sdk::Reply<bool> problem(std::string_view what);
  sdk::Reply<bool> end();

  Client& source_;
  BlobName blob_;
  ProofCounts& counts_;
  BlobProgress progress_;
  RemoteSource remote_;
  std::optional<BlobCheck> check_;
  std::uint64_t at_ = 0;
};

}  // namespace dockerhub::registry
