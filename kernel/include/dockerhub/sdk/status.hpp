// How a function of the SDK ended. Status is dh_status with a name for each question that a handler
// asks of it; Reply<T> is a Status that carries a value when it is good. A failure that came from
// the kernel has already put its error (message, what to do next) on the call: a handler passes it
// on by returning it. Both are plain values: any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "dockerhub/abi.h"

namespace dockerhub::sdk {

class [[nodiscard]] Status {
 public:
  constexpr Status() = default;                         // good
  constexpr Status(dh_status value) : value_(value) {}  // DH_OK, DH_E_...
  Status(bool) = delete;                                // true is no status: return ctx.done()
  constexpr bool ok() const { return value_ == DH_OK; }
  // The handler has to stop and return this: a failure, or suspended().
  constexpr bool failed() const { return value_ < 0; }
  // A question waits for its answer: not ok(). The handler is run again with it (ask.hpp).
  constexpr bool suspended() const { return value_ == DH_SUSPENDED; }
  constexpr explicit operator bool() const { return ok(); }
  constexpr dh_status value() const { return value_; }
  friend constexpr bool operator==(Status, Status) = default;

 private:
  dh_status value_ = DH_OK;
};

// A value, or the status that stands in its place.
template <typename T>
class [[nodiscard]] Reply {
 public:
  Reply(T value) : value_(std::move(value)) {}
  // `status` is not DH_OK; a good status without a value becomes DH_E_INVALID.
  Reply(Status status) : status_(status.ok() ? Status(DH_E_INVALID) : status) {}

  explicit operator bool() const { return value_.has_value(); }
  Status status() const { return status_; }
  // The value; only when there is one.
  T& operator*() & { return *value_; }
  T&& operator*() && { return *std::move(value_); }
  const T& operator*() const& { return *value_; }
  T* operator->() { return &*value_; }
  const T* operator->() const { return &*value_; }

 private:
  Status status_;
  std::optional<T> value_;
};

// Text on both sides of the interface. The view lives as long as its origin (abi.h, "Lifetime").
constexpr dh_str to_abi(std::string_view text) {
  return {text.data(), text.size()};
}
constexpr std::string_view from_abi(dh_str text) {
  return text.data == nullptr ? std::string_view() : std::string_view(text.data, text.size);
}
constexpr dh_bytes bytes_of(std::string_view data) {
  return {data.data(), data.size()};
}

// True when this table of functions exists, is long enough to have the function, and has it.
template <typename Table, typename Function>
bool offers(const Table* table, Function Table::*function) noexcept {
  if (table == nullptr) return false;
  const auto* start = reinterpret_cast<const char*>(table);
  const auto* end = reinterpret_cast<const char*>(&(table->*function)) + sizeof(Function);
  return end - start <= static_cast<std::ptrdiff_t>(table->size) && table->*function != nullptr;
}

// Calls a function of an extension, or says DH_E_UNSUPPORTED where this kernel does not have it.
template <typename Table, typename... Formal, typename... Actual>
Status invoke(const Table* table, dh_status (*Table::*function)(Formal...),
              Actual... actual) noexcept {
  if (table == nullptr || !offers(table, function)) return DH_E_UNSUPPORTED;
  return (table->*function)(actual...);
}

}  // namespace dockerhub::sdk
