// Manifests of module files: the text, or with an odd first byte the whole ELF file that holds it.
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/json.hpp"
#include "modules/known_text.hpp"
#include "modules/manifest.hpp"
#include "modules/manifest_text.hpp"
#include "modules/trust.hpp"

namespace {

using dockerhub::Action;
using dockerhub::Manifest;

std::string said(const dockerhub::ShortFormLine& line) {
  std::string text = line.name + line.summary + std::to_string(static_cast<int>(line.worst_effect));
  for (const auto& [name, is_required] : line.positionals) text += name + (is_required ? "!" : "?");
  return text;
}

std::string said(const Action& action) {
  std::string text = action.name + action.description + action.confirm_text;
  for (const auto& condition : action.effect_conditions)
    text += condition.parameter + condition.equals_json;
  for (const auto& parameter : action.parameters) {
    text += parameter.name + parameter.default_json;
    for (const auto& bound : {parameter.minimum, parameter.maximum})
      text += bound ? dockerhub::json::write(dockerhub::json::Value(*bound)) : "-";
  }
  return text;
}

std::string said(const Manifest& manifest) {
  std::string text = manifest.name + manifest.version + manifest.description;
  for (const auto& setting : manifest.settings) text += setting.key + setting.default_json;
  for (const auto& destination : manifest.destinations)
    text += destination.name + destination.origin;
  for (const auto& tool : manifest.tools) {
    text += tool.name + tool.summary;
    for (const auto& line : tool.actions.short_forms()) text += said(line);
    const auto any = [](std::string_view /*name*/) { return true; };
    for (const Action& action : tool.actions.with_short_form(any)) text += said(action);
    for (const Action& action : tool.actions) text += said(action);
  }
  return text;
}

// A text that keeps all rules says the same when it is known.
void check_known(std::string_view input, const Manifest& manifest,
                 const std::vector<std::string>& features) {
  if (!manifest.refused_actions.empty()) return;
  auto outline = dockerhub::json::parse(dockerhub::outline_of(input));
  if (!outline) __builtin_trap();
  const auto known = dockerhub::parse_known_manifest(
      std::make_shared<const dockerhub::KnownText>(std::string(input), std::move(*outline)),
      features);
  if (!known || said(*known) != said(manifest)) __builtin_trap();
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
