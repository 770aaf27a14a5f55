// Names of images from anybody: never a crash; what is accepted is accepted again in its full form, and
// its parts hold nothing that could change a path.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "image_name.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace dockerhub::registry;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  static_cast<void>(Reference::parse("reference", text));
  const ConfiguredRegistry configured;
  const auto name = ImageName::parse(text, configured);
  if (!name) return 0;
  if (name->repository.find("..") != std::string::npos ||
      name->repository.find_first_of("?#%@: ") != std::string::npos ||
      name->registry.find_first_of("/?#@ ") != std::string::npos) {
    std::abort();
  }
  const auto again = ImageName::parse(name->registry + "/" + name->repository, configured);
  if (!again || again->repository != name->repository || again->registry != name->registry ||
      again->host != name->host) {
    std::abort();
  }
  return 0;
}
