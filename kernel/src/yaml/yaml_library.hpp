// What libdockerhub_yaml does (kernel/yaml): YAML by yaml-cpp. It is loaded with the first text; nothing of yaml-cpp is
// named here. Any thread.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <tl/expected.hpp>

#include "dockerhub/kernel.hpp"
#include "yaml/nodes.hpp"

namespace dockerhub::yaml {

struct Problem {
  std::size_t line = 0;  // from 1; 0: of the whole text
  std::string name;      // of the document, as it is there, which stands before `what`
  std::string what, hint;
};
template <typename T>
using Read = tl::expected<T, Problem>;

struct Library {
  std::string_view build;
  Read<Node> (*nodes)(std::string_view yaml);
  Read<std::string> (*json)(std::string_view yaml);
  Read<std::string> (*text)(std::string_view json);
};
inline constexpr const char* kLibrarySymbol = "dh_yaml_library";

// Looked for once. Errors: as dockerhub/late_library.hpp says.
Result<const Library*> load_library();

}  // namespace dockerhub::yaml
