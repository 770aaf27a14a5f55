#include "http/tls_library.hpp"

#include "dockerhub/build_info.hpp"
#include "dockerhub/late_library.hpp"

namespace dockerhub::http {

Result<std::unique_ptr<TlsContext>> make_tls_context(const TlsOptions& options) {
  static constexpr LateLibrary kLibrary = {"libdockerhub_tls.so", kTlsLibrarySymbol, "https"};
  const auto library = load_late<TlsLibrary>(kLibrary, kVersion);
  if (!library) return Failure(library.error());
  return (*library)->make(options);
}

}  // namespace dockerhub::http
