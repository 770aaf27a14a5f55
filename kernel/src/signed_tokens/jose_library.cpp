#include "signed_tokens/jose_library.hpp"

#include "dockerhub/build_info.hpp"
#include "dockerhub/late_library.hpp"

namespace dockerhub {

Result<const JoseLibrary*> load_jose_library() {
  static constexpr LateLibrary kLibrary = {"libdockerhub_jose.so", kJoseLibrarySymbol,
                                           "a check of signed tokens"};
  return load_late<JoseLibrary>(kLibrary, kVersion);
}

}  // namespace dockerhub
