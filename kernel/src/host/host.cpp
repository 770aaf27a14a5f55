#include "host/host.hpp"

#include <array>

namespace dockerhub {
namespace {

struct Extension {
  std::string_view id;
  const void* table;
};

// The one list of what this kernel offers to modules.
const std::array<Extension, 12>& extensions() {
  static const std::array<Extension, 12> kExtensions = {{{DH_CALL_1, &kCall1},
                                                         {DH_HTTP_1, &kHttp1},
                                                         {DH_ASK_1, &kAsk1},
                                                         {DH_STORE_1, &kStore1},
                                                         {DH_IDENTITY_1, &kIdentity1},
                                                         {DH_LIMITS_1, &kLimits1},
                                                         {DH_DIGEST_1, &kDigest1},
                                                         {DH_CATALOG_1, &kCatalog1},
                                                         {DH_CONFIG_1, &kConfig1},
                                                         {DH_LOG_1, &kLog1},
                                                         {DH_EMIT_1, &kEmit1},
                                                         {DH_KEPT_1, &kKept1}}};
  return kExtensions;
}

const void* find_extension(const dh_host* host, dh_str id) {
  if (host == nullptr) return nullptr;
  for (const Extension& extension : extensions()) {
    if (extension.id == view(id)) return extension.table;
  }
  return nullptr;
}

}  // namespace

std::shared_ptr<const dh_host> make_host(const Services& services, const Manifest& manifest) {
  auto state = std::make_shared<HostState>(services, manifest);
  state->host.size = sizeof(dh_host);
  state->host.abi_major = DH_ABI_MAJOR;
  state->host.abi_minor = DH_ABI_MINOR;
  state->host.kernel = state.get();
  state->host.extension = &find_extension;
  return {state, &state->host};
}

std::vector<std::string> host_extension_ids() {
  std::vector<std::string> ids;
  for (const Extension& extension : extensions()) ids.emplace_back(extension.id);
  return ids;
}

dh_status too_many_handles(RunningCall& running) {
  Error error;
  error.kind = ErrorKind::module_fault;
  error.message = "the module holds too many handles at once";
  error.hint = "This is a mistake in the module: report it to its publisher.";
  return running.fail(std::move(error), DH_E_LIMIT);
}

std::vector<std::string> row_features() {
  return {"items/1", "request/1", "store/1"};
}

}  // namespace dockerhub
