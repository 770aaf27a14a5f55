// Manifests from any registry: never a crash, and what is read of one does not depend on the second
// reading. The first byte chooses the Content-Type.
#include <array>
#include <cstdint>
#include <cstdlib>
#include <iterator>
#include <list>
#include <string_view>

#include "digest_name.hpp"
#include "manifest.hpp"
#include "tag_page.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace dockerhub::registry;
  constexpr std::array<std::string_view, 3> kTypes = {"", "application/vnd.oci.image.index.v1+json",
                                                      "application/vnd.oci.image.manifest.v1+json"};
  if (size == 0) return 0;
  const std::string_view type = kTypes[data[0] % kTypes.size()];
  const std::string_view bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
  static_cast<void>(parse_tag_page(bytes));
  const auto manifest = parse_manifest(bytes, type);
  if (!manifest) return 0;
  if (manifest->kind == ManifestKind::schema1) std::abort();
  std::list<Platform> offered;
  for (const Descriptor& entry : manifest->entries) {
    static_cast<void>(DigestName::parse(entry.digest));
    offered.push_back(entry.platform.value_or(Platform()));
  }
  const auto chosen = choose_platform(offered, {"linux", "amd64", "", ""});
  if (!chosen) return 0;
  const Platform& platform = *std::next(offered.begin(), static_cast<std::ptrdiff_t>(*chosen));
  if (platform.normalised().architecture != "amd64") std::abort();
  return 0;
}
