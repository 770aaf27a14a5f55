#include "server_tls/server_tls_library.hpp"

#include "dockerhub/build_info.hpp"
#include "dockerhub/late_library.hpp"

namespace dockerhub {

Result<const ServerTlsLibrary*> load_server_tls_library() {
  static constexpr LateLibrary kLibrary = {"libdockerhub_server_tls.so", kServerTlsLibrarySymbol,
                                           "TLS for a server"};
  return load_late<ServerTlsLibrary>(kLibrary, kVersion);
}

}  // namespace dockerhub
