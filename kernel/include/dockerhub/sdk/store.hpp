// Content stores that the frontend binds to parameters of type `store` (store/1): flat sets of
// named entries. Stores and entries close themselves; a new entry that was not committed leaves
// nothing. Only inside the call, on its thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include "dockerhub/sdk/json.hpp"
#include "dockerhub/sdk/status.hpp"

namespace dockerhub::sdk {

// A handle of store/1 with its end.
class StoreHandle {
 public:
  StoreHandle(const dh_store_1* table, dh_call* call, dh_handle handle)
      : table_(table), call_(call), handle_(handle) {}
  StoreHandle(StoreHandle&& other) noexcept
      : table_(other.table_), call_(other.call_), handle_(std::exchange(other.handle_, 0)) {}
  StoreHandle& operator=(StoreHandle&&) = delete;
  StoreHandle(const StoreHandle&) = delete;
  StoreHandle& operator=(const StoreHandle&) = delete;
  ~StoreHandle() {
    if (handle_ != 0) static_cast<void>(invoke(table_, &dh_store_1::close, call_, handle_));
  }

 protected:
  const dh_store_1* table_;
  dh_call* call_;
  dh_handle handle_;
};

class EntryReader : public StoreHandle {
 public:
  EntryReader(StoreHandle handle, std::uint64_t size)
      : StoreHandle(std::move(handle)), size_(size) {}
  std::uint64_t size() const { return size_; }
  // Bytes at an offset; 0 at or after the end.
  Reply<std::size_t> read_at(std::uint64_t offset, char* buffer, std::size_t capacity) {
    std::size_t got = 0;
    const Status status = invoke(table_, &dh_store_1::read_at, call_, handle_, offset,
                                 static_cast<void*>(buffer), capacity, &got);
    if (status == Status(DH_END)) return std::size_t{0};
    if (!status) return status;
    return got;
  }

 private:
  std::uint64_t size_;
};

class EntryWriter : public StoreHandle {
 public:
  explicit EntryWriter(StoreHandle handle) : StoreHandle(std::move(handle)) {}
  Status write(std::string_view bytes) {
    return invoke(table_, &dh_store_1::write, call_, handle_, bytes_of(bytes));
  }
  // Gives the entry its name; after success the writer is done.
  Status commit() {
    const Status status = invoke(table_, &dh_store_1::commit, call_, handle_);
    if (status) handle_ = 0;
    return status;
  }
};

class Store : public StoreHandle {
 public:
  explicit Store(StoreHandle handle) : StoreHandle(std::move(handle)) {}
  // Names with this prefix after `after`, in byte order, at most 1,000: a JSON array of texts.
  Reply<Document> list(std::string_view prefix = {}, std::string_view after = {}) {
    dh_str names{};
    const Status status =
        invoke(table_, &dh_store_1::list, call_, handle_, to_abi(prefix), to_abi(after), &names);
    if (!status) return status;
    auto document = parse_json(from_abi(names));
    if (!document || !document->IsArray()) return Status(DH_E_INVALID);
    return std::move(*document);
  }
  Reply<EntryReader> open(std::string_view name) {
    dh_handle entry = 0;
    std::uint64_t size = 0;
    const Status status =
        invoke(table_, &dh_store_1::open_entry, call_, handle_, to_abi(name), &entry, &size);
    if (!status) return status;
    return EntryReader(StoreHandle(table_, call_, entry), size);
  }
  Reply<EntryWriter> create(std::string_view name) {
    dh_handle entry = 0;
    const Status status = invoke(table_, &dh_store_1::create, call_, handle_, to_abi(name), &entry);
    if (!status) return status;
    return EntryWriter(StoreHandle(table_, call_, entry));
  }
  Status remove(std::string_view name) {
    return invoke(table_, &dh_store_1::remove, call_, handle_, to_abi(name));
  }
};

}  // namespace dockerhub::sdk
