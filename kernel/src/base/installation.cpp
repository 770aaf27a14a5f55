#include "base/installation.hpp"

#include <boost/dll/runtime_symbol_info.hpp>
#include <system_error>

namespace dockerhub {

std::filesystem::path own_folder() {
  std::error_code unknown;
  const auto file = boost::dll::this_line_location(unknown);
  if (unknown) return {};
  std::error_code problem;
  const std::filesystem::path real = std::filesystem::canonical(file, problem);
  return (problem ? file : real).parent_path();
}

}  // namespace dockerhub
