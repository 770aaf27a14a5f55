#include "yaml/yaml_library.hpp"

#include "dockerhub/build_info.hpp"
#include "dockerhub/late_library.hpp"

namespace dockerhub::yaml {

Result<const Library*> load_library() {
  static constexpr LateLibrary kLibrary = {"libdockerhub_yaml.so", kLibrarySymbol, "YAML"};
  return load_late<Library>(kLibrary, kVersion);
}

}  // namespace dockerhub::yaml
