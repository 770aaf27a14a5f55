#include "colour.hpp"

#include <array>
#include <utility>

#include "environment_text.hpp"

namespace dockerhub::cli {

namespace {

constexpr std::array<std::pair<std::string_view, ColourMode>, 3> kColourModes{{
    {"auto", ColourMode::automatic},
    {"always", ColourMode::always},
    {"never", ColourMode::never},
}};

// SGR codes of ECMA-48 in the eight colours that every terminal has: the user chose how they look.
std::string_view code_of(Ink ink) {
  switch (ink) {
    case Ink::header:
      return "1";
    case Ink::name:
      return "36";
    case Ink::error:
      return "1;31";
    case Ink::warning:
      return "33";
  }
  return "0";
}

}  // namespace

std::vector<std::string> colour_mode_names() {
  std::vector<std::string> names;
  for (const auto& [name, mode] : kColourModes) names.emplace_back(name);
  return names;
}

std::optional<ColourMode> colour_mode(std::string_view name) {
  for (const auto& [known, mode] : kColourModes) {
    if (known == name) return mode;
  }
  return std::nullopt;
}

bool wants_colour(ColourMode mode, bool terminal) {
  if (mode != ColourMode::automatic) return mode == ColourMode::always;
  if (!variable_text("NO_COLOR").empty()) return false;
  const std::string_view force = variable_text("CLICOLOR_FORCE");
  if (!force.empty() && force != "0") return true;
  return terminal && variable_text("TERM") != "dumb";
}

std::string painted(std::string_view text, Ink ink) {
  if (text.empty()) return {};
  std::string coloured = "\x1b[";
  return coloured.append(code_of(ink)).append("m").append(text).append("\x1b[0m");
}

}  // namespace dockerhub::cli
