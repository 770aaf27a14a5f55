// Link headers from any registry: never a crash; a target is clean, and one that stays at the registry
// names no other host.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "link.hpp"
#include "warning.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace dockerhub::registry;
  const std::string_view header(reinterpret_cast<const char*>(data), size);
  static_cast<void>(warning_text(header));
  const auto target = next_link(header);
  if (!target) return 0;
  if (target->empty() || target->find_first_of(" \r\n\t<>\\") != std::string::npos) std::abort();
  static_cast<void>(query_parameter(*target, "last"));
  const std::size_t scheme = target->find("://");
  const bool is_absolute =
      scheme != std::string::npos && target->find_first_of("/?#") == scheme + 1;
  if (stays_at(*target, "registry.test") && is_absolute &&
      target->find('@') < target->find_first_of("/?#", scheme + 3)) {
    std::abort();
  }
  return 0;
}
