// What libdockerhub_server_tls does for this folder (kernel/server_tls): TLS by OpenSSL. It is loaded
// when a server is started that needs it; nothing of OpenSSL is named here. Any thread.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "dockerhub/server_tls.hpp"

namespace dockerhub {

struct ServerTlsLibrary {
  std::string_view build;
  // The error says what is wrong with which of the two PEM texts.
  tl::expected<std::shared_ptr<TlsIdentity>, std::string> (*make)(std::string_view certificate,
                                                                  std::string_view key);
};
inline constexpr const char* kServerTlsLibrarySymbol = "dh_server_tls_library";

// Errors: as dockerhub/late_library.hpp says.
Result<const ServerTlsLibrary*> load_server_tls_library();

}  // namespace dockerhub
