// Manifests of module files: the text, or with an odd first byte the whole ELF file that holds it.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "modules/manifest.hpp"
#include "modules/manifest_text.hpp"
#include "modules/trust.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string_view input(reinterpret_cast<const char*>(data) + 1, size - 1);
  if (data[0] % 2 == 1) {
    static_cast<void>(dockerhub::read_manifest_text(input));
    return 0;
  }
  const auto manifest = dockerhub::parse_manifest(input, {"request/1"});
  if (manifest && !dockerhub::manifest_changes(input, input).empty()) __builtin_trap();
  return 0;
}
