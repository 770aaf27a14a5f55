// What the user's terminal shows: how much, and which characters. Reads the environment. Free functions; any thread.
#pragma once

#include <cstddef>
#include <string_view>

namespace dockerhub::cli {

struct ScreenSize {
  std::size_t columns = 80;
  std::size_t rows = 24;
};

// Of the terminal at this descriptor; what it does not know is as COLUMNS and LINES say, else as usual.
ScreenSize screen_size(int descriptor);

// Whether the locale (LC_ALL, else LC_CTYPE, else LANG, the first that is not empty) has UTF-8.
bool shows_utf8();

// What stands for a part that was cut off: "…", without UTF-8 "...".
std::string_view ellipsis();

}  // namespace dockerhub::cli
