// Manifests of module files: the text, or with an odd first byte the whole ELF file that holds it.
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "modules/known_text.hpp"
#include "modules/manifest.hpp"
#include "modules/manifest_text.hpp"
#include "modules/trust.hpp"

namespace {

// A text that keeps all rules says the same when it is known.
void check_known(std::string_view input, const dockerhub::Manifest& manifest,
                 const std::vector<std::string>& features) {
  if (!manifest.refused_actions.empty()) return;
  const auto known =
      dockerhub::parse_known_manifest(std::make_shared<const dockerhub::KnownText>(
                                          std::string(input), dockerhub::outline_of(input)),
                                      features);
  if (!known || known->tools.size() != manifest.tools.size()) __builtin_trap();
  for (std::size_t i = 0; i < manifest.tools.size(); ++i) {
    const auto& actions = manifest.tools[i].actions;
    const auto any = [](std::string_view /*name*/) { return true; };
    const auto lines = known->tools[i].actions.short_forms();
    if (lines.size() != actions.short_forms().size()) __builtin_trap();
    for (std::size_t at = 0; at < lines.size(); ++at) {
      if (lines[at].worst_effect != actions.short_forms()[at].worst_effect) __builtin_trap();
    }
    if (known->tools[i].actions.with_short_form(any).size() != lines.size()) __builtin_trap();
    const auto& again = known->tools[i].actions.all();
    if (again.size() != actions.size()) __builtin_trap();
    for (std::size_t at = 0; at < again.size(); ++at) {
      if (again[at].name != actions[at].name) __builtin_trap();
    }
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string_view input(reinterpret_cast<const char*>(data) + 1, size - 1);
  if (data[0] % 2 == 1) {
    static_cast<void>(dockerhub::read_manifest_text(input));
    return 0;
  }
  const std::vector<std::string> features = {"request/1"};
  const auto manifest = dockerhub::parse_manifest(input, features);
  if (!manifest) return 0;
  if (!dockerhub::manifest_changes(input, input).empty()) __builtin_trap();
  check_known(input, *manifest, features);
  return 0;
}
