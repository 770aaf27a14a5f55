#include "blob_proof.hpp"

#include <utility>

#include "status_codes.hpp"

namespace dockerhub::registry {

BlobProof::BlobProof(Client& source, BlobName blob, ProofCounts& counts)
    : source_(source),
      blob_(std::move(blob)),
      counts_(counts),
      progress_(source.context(), blob_.digest.text(), blob_.size),
      remote_(source, blob_.digest) {}

sdk::Reply<bool> BlobProof::unreadable(sdk::Status status) {
  return remote_.refused_with() == kNotFound ? problem("missing") : sdk::Reply<bool>(status);
}

sdk::Reply<bool> BlobProof::unlike(sdk::Status status) {
  return status.value() == DH_E_FAILED ? problem("wrong") : sdk::Reply<bool>(status);
}

sdk::Reply<bool> BlobProof::problem(std::string_view what) {
  counts_.problems.push_back({blob_, what});
  return true;
}

sdk::Reply<bool> BlobProof::end() {
  const sdk::Status same = check_->verify(source_.image().registry);
  if (!same) return unlike(same);
  ++counts_.blobs;
  counts_.bytes += blob_.size;
  return true;
}

sdk::Reply<bool> BlobProof::step(std::span<char> buffer) {
  if (!check_) {
    auto check = BlobCheck::open(source_.context(), blob_);
    if (!check) return check.status();
    check_.emplace(*std::move(check));
    const sdk::Status begun = remote_.seek(0);
    if (!begun) return begun;
    return false;
  }
  const auto got = remote_.read(buffer);
  if (!got) return unreadable(got.status());
  if (*got == 0) return end();
  const sdk::Status taken = check_->update(at_, {buffer.data(), *got});
  if (!taken) return unlike(taken);
  at_ += *got;
  progress_.at(at_);
  return false;
}

}  // namespace dockerhub::registry
