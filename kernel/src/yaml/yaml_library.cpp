#include "yaml/yaml_library.hpp"

#include "dockerhub/build_info.hpp"
#include "dockerhub/late_library.hpp"

namespace dockerhub::yaml {

// Kept: a server goes on with the one it has when another version is installed over it.
Result<const Library*> load_library() {
  static constexpr LateLibrary kLibrary = {"libdockerhub_yaml.so", kLibrarySymbol, "YAML"};
  static const Result<const Library*> kLoaded = load_late<Library>(kLibrary, kVersion);
  return kLoaded;
}

}  // namespace dockerhub::yaml
