#include "screen.hpp"

#include <sys/ioctl.h>

#include <cctype>
#include <string>

#include "environment_text.hpp"
#include "global_options.hpp"

namespace dockerhub::cli {

namespace {

std::size_t screen_extent(unsigned short told, const char* variable, std::size_t usual) {
  if (told != 0) return told;
  const auto number = positive_number(variable_text(variable));
  return number ? static_cast<std::size_t>(*number) : usual;
}

}  // namespace

ScreenSize screen_size(int descriptor) {
  winsize told{};
  if (::ioctl(descriptor, TIOCGWINSZ, &told) != 0) told = {};
  const ScreenSize usual;
  return {screen_extent(told.ws_col, "COLUMNS", usual.columns),
          screen_extent(told.ws_row, "LINES", usual.rows)};
}

// The name says it. The C library knows only locales that are installed, and containers and machines at the other end
// of an ssh often lack the one of the terminal.
bool shows_utf8() {
  for (const char* variable : {"LC_ALL", "LC_CTYPE", "LANG"}) {
    const std::string_view locale = variable_text(variable);
    if (locale.empty()) continue;
    std::string letters;
    for (const char c : locale) {
      if (c != '-') letters += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    }
    return letters.find("utf8") != std::string::npos;
  }
  return false;
}

std::string_view ellipsis() {
  return shows_utf8() ? "…" : "...";
}

}  // namespace dockerhub::cli
