// Digests made by the kernel (digest/1), piece by piece. A Digest closes itself. Only inside the
// call, on its thread.
#pragma once

#include <string>
#include <string_view>
#include <utility>

#include "dockerhub/sdk/status.hpp"

namespace dockerhub::sdk {

class Digest {
 public:
  // algorithm: "sha256" or "sha512"; DH_E_UNSUPPORTED for others.
  static Reply<Digest> open(const dh_digest_1* table, dh_call* call, std::string_view algorithm) {
    dh_handle handle = 0;
    const Status status = invoke(table, &dh_digest_1::open, call, to_abi(algorithm), &handle);
    if (!status) return status;
    return Digest(table, call, handle);
  }
  Digest(Digest&& other) noexcept
      : table_(other.table_), call_(other.call_), handle_(std::exchange(other.handle_, 0)) {}
  Digest& operator=(Digest&&) = delete;
  Digest(const Digest&) = delete;
  Digest& operator=(const Digest&) = delete;
  ~Digest() {
    if (handle_ != 0) static_cast<void>(invoke(table_, &dh_digest_1::close, call_, handle_));
  }

  Status update(std::string_view bytes) {
    return invoke(table_, &dh_digest_1::update, call_, handle_, bytes_of(bytes));
  }
  // "sha256:" and lower-case hex; no update() afterwards.
  Reply<std::string> finish() {
    dh_str text{};
    const Status status = invoke(table_, &dh_digest_1::finish, call_, handle_, &text);
    if (!status) return status;
    return std::string(from_abi(text));
  }

 private:
  Digest(const dh_digest_1* table, dh_call* call, dh_handle handle)
      : table_(table), call_(call), handle_(handle) {}
  const dh_digest_1* table_;
  dh_call* call_;
  dh_handle handle_;
};

}  // namespace dockerhub::sdk
