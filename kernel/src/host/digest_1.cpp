#include <nettle/nettle-meta.h>

#include <cstdint>
#include <string>
#include <vector>

#include "base/hex.hpp"
#include "host/host.hpp"

namespace dockerhub {
namespace {

class Digest : public CallHandle {
 public:
  explicit Digest(const nettle_hash& algorithm)
      : algorithm_(algorithm), state_(algorithm.context_size) {
    algorithm_.init(state_.data());
  }

  bool update(std::string_view bytes) {
    if (!open_) return false;
    algorithm_.update(state_.data(), bytes.size(),
                      reinterpret_cast<const std::uint8_t*>(bytes.data()));
    return true;
  }

  // Lent to the module until the handle is closed; nullptr when it was finished before.
  const std::string* finish() {
    if (!open_) return nullptr;
    open_ = false;
    std::vector<std::uint8_t> bytes(algorithm_.digest_size);
    algorithm_.digest(state_.data(), bytes.size(), bytes.data());
    text_ = std::string(algorithm_.name) + ":" + to_hex(bytes);
    return &text_;
  }

 private:
  const nettle_hash& algorithm_;
  std::vector<char> state_;  // as aligned as any allocated memory
  std::string text_;
  bool open_ = true;
};

dh_status unsupported(RunningCall& running, std::string_view algorithm) {
  Error error;
  error.kind = ErrorKind::unsupported;
  error.message = "the digest algorithm '" + visible(algorithm) + "' is not supported";
  error.hint = "Use sha256 or sha512.";
  return running.fail(std::move(error), DH_E_UNSUPPORTED);
}

dh_status open(dh_call* call, dh_str algorithm, dh_handle* digest) {
  return guarded(call, [&](RunningCall& running) {
    const std::string name(view(algorithm));
    const nettle_hash* found = name == "sha256"   ? &nettle_sha256
                               : name == "sha512" ? &nettle_sha512
                                                  : nullptr;
    if (found == nullptr) return unsupported(running, name);
    *digest = running.add(std::make_unique<Digest>(*found));
    return *digest == 0 ? too_many_handles(running) : static_cast<dh_status>(DH_OK);
  });
}

dh_status update(dh_call* call, dh_handle digest, dh_bytes bytes) {
  return guarded(call, [&](RunningCall& running) {
    Digest* const found = running.find<Digest>(digest);
    if (found == nullptr || !found->update(view(bytes)))
      return running.invalid("digest/1: no open digest of that handle");
    return static_cast<dh_status>(DH_OK);
  });
}

dh_status finish(dh_call* call, dh_handle digest, dh_str* text) {
  return guarded(call, [&](RunningCall& running) {
    Digest* const found = running.find<Digest>(digest);
    const std::string* finished = found == nullptr ? nullptr : found->finish();
    if (finished == nullptr) return running.invalid("digest/1: no open digest of that handle");
    *text = {finished->data(), finished->size()};
    return static_cast<dh_status>(DH_OK);
  });
}

dh_status close_digest(dh_call* call, dh_handle digest) {
  return guarded(call, [&](RunningCall& running) {
    return running.remove(digest) ? static_cast<dh_status>(DH_OK)
                                  : running.invalid("digest/1: no such handle");
  });
}

}  // namespace

const dh_digest_1 kDigest1 = {sizeof(dh_digest_1), 0, open, update, finish, close_digest};

}  // namespace dockerhub
