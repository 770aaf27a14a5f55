// The host side of abi.h for one module instance: the dh_host that its create() receives, and what
// stands behind it. Each extension is one table in one file of its name; this is where they meet.
// Every host function is a wall: nothing is thrown into a module.
#pragma once

#include <algorithm>
#include <cstring>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/utf8.hpp"
#include "call/running_call.hpp"
#include "call/services.hpp"
#include "dockerhub/abi.h"
#include "modules/manifest.hpp"

namespace dockerhub {

struct HostState {
  HostState(const Services& services_of_kernel, const Manifest& manifest)
      : services(services_of_kernel), module(manifest.name), settings(manifest.settings) {}

  const Services& services;
  std::string module;
  std::vector<ModuleSetting> settings;
  dh_host host{};
  std::mutex mutex;
  std::map<std::string, std::string, std::less<>> setting_texts;  // lent by config/1
};

// The host of one instance; lives as long as the pointer.
std::shared_ptr<const dh_host> make_host(const Services& services, const Manifest& manifest);

// Ids of all extensions that this kernel has, and the row features it understands.
std::vector<std::string> host_extension_ids();
std::vector<std::string> row_features();

// The tables.
extern const dh_call_1 kCall1;
extern const dh_ask_1 kAsk1;
extern const dh_store_1 kStore1;
extern const dh_identity_1 kIdentity1;
extern const dh_digest_1 kDigest1;
extern const dh_http_1 kHttp1;
extern const dh_limits_1 kLimits1;
extern const dh_catalog_1 kCatalog1;
extern const dh_config_1 kConfig1;
extern const dh_log_1 kLog1;
extern const dh_emit_1 kEmit1;
extern const dh_kept_1 kKept1;

// Bytes as they came; a NULL with a size is nothing.
inline std::string_view view(dh_str text) {
  return text.data == nullptr ? std::string_view() : std::string_view(text.data, text.size);
}
inline std::string_view view(dh_bytes bytes) {
  return bytes.data == nullptr ? std::string_view()
                               : std::string_view(static_cast<const char*>(bytes.data), bytes.size);
}
// Text that will stand in an answer: what is not UTF-8 would make the whole of it unreadable.
inline std::string text_of(dh_str text) {
  return valid_utf8(view(text));
}

// A struct of the module's as far as its size goes, the rest zero. `least` is its size in the first
// version of the interface; nullopt when it is smaller.
template <typename Struct>
std::optional<Struct> read_struct(const Struct* given, std::size_t least) {
  if (given == nullptr || given->size < least) return std::nullopt;
  Struct copy{};
  std::memcpy(&copy, given, std::min<std::size_t>(given->size, sizeof copy));
  return copy;
}

// Runs the body of a host function on its call, on the call's own thread only; nothing is thrown
// through it.
template <typename Body>
dh_status guarded(dh_call* call, const Body& body) noexcept {
  if (call == nullptr || !call->running.is_own_thread()) return DH_E_INVALID;
  try {
    return body(call->running);
  } catch (...) {
    return DH_E_FAILED;
  }
}

// DH_E_LIMIT, with its error on the call.
dh_status too_many_handles(RunningCall& running);

// The state behind a host.
inline HostState& state_of(const dh_host* host) {
  return *static_cast<HostState*>(host->kernel);
}

}  // namespace dockerhub
