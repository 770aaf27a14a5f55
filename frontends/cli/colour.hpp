// Colours on a terminal. They repeat what the text says: nothing is told by a colour alone. Free functions; any
// thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace dockerhub::cli {

enum class ColourMode { automatic, always, never };

// The names that --color takes; nullopt for an unknown one.
std::vector<std::string> colour_mode_names();
std::optional<ColourMode> colour_mode(std::string_view name);

// automatic: NO_COLOR says no, CLICOLOR_FORCE says yes (each where it is neither empty nor, the second, 0), else
// a terminal that is not `dumb` says yes. Reads the environment.
bool wants_colour(ColourMode mode, bool terminal);

enum class Ink { header, name, error, warning };

// The text with the sequences that colour it and end the colour. An empty text stays empty.
std::string painted(std::string_view text, Ink ink);

}  // namespace dockerhub::cli
