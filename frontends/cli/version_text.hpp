// What `dockerhub --version` prints.
#pragma once

#include <string>

#include "dockerhub/kernel.hpp"

namespace dockerhub::cli {

// "dockerhub 1.0.0 (ABI 1.0, commit abcdef0)" with its line end.
inline std::string version_text() {
  const Version built = version();
  return "dockerhub " + std::string(built.version) + " (ABI " + std::string(built.abi) +
         ", commit " + std::string(built.commit) + ")\n";
}

}  // namespace dockerhub::cli
