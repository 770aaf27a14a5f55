// What a module would like to know again when it is run anew (kept/1): one small value under a name of its own,
// which the kernel keeps between processes. It may be gone at any time, so that nothing may depend on it, and its
// failures put no error on the call. A record gives itself back. Only inside the call, on its thread.
#pragma once

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include "dockerhub/sdk/status.hpp"

namespace dockerhub::sdk {

class KeptRecord {
 public:
  // The record of that name, which need not be there yet. DH_E_EXISTS: somebody else has it now, in this process or
  // another; DH_E_UNSUPPORTED: nothing can be kept here; DH_E_DRY_RUN: a dry run keeps nothing.
  static Reply<KeptRecord> open(const dh_kept_1* table, dh_call* call, std::string_view name) {
    dh_handle handle = 0;
    const Status status = invoke(table, &dh_kept_1::open, call, to_abi(name), &handle);
    if (!status) return status;
    return KeptRecord(table, call, handle);
  }
  KeptRecord(KeptRecord&& other) noexcept
      : table_(other.table_), call_(other.call_), handle_(std::exchange(other.handle_, 0)) {}
  KeptRecord& operator=(KeptRecord&&) = delete;
  KeptRecord(const KeptRecord&) = delete;
  KeptRecord& operator=(const KeptRecord&) = delete;
  ~KeptRecord() {
    if (handle_ != 0) static_cast<void>(invoke(table_, &dh_kept_1::close, call_, handle_));
  }

  // DH_E_NOT_FOUND: there is no value that is still good.
  Reply<std::string> read() {
    dh_bytes value{};
    const Status status = invoke(table_, &dh_kept_1::read, call_, handle_, &value);
    if (!status) return status;
    return value.size == 0 ? std::string()
                           : std::string(static_cast<const char*>(value.data), value.size);
  }
  // At most DH_KEPT_MAX bytes, for that time, cut to 1..DH_KEPT_SECONDS_MAX seconds.
  Status write(std::string_view value, std::chrono::seconds time) {
    const auto seconds =
        static_cast<std::uint32_t>(std::clamp<std::int64_t>(time.count(), 1, DH_KEPT_SECONDS_MAX));
    return invoke(table_, &dh_kept_1::write, call_, handle_, bytes_of(value), seconds);
  }
  Status remove() { return invoke(table_, &dh_kept_1::remove, call_, handle_); }

 private:
  KeptRecord(const dh_kept_1* table, dh_call* call, dh_handle handle)
      : table_(table), call_(call), handle_(handle) {}
  const dh_kept_1* table_;
  dh_call* call_;
  dh_handle handle_;
};

}  // namespace dockerhub::sdk
