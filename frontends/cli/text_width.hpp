// How many terminal columns UTF-8 text takes, whatever the process's locale. Any thread.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "screen.hpp"

namespace dockerhub::cli {

std::size_t display_width(std::string_view text);

// The longest beginning that fits into `width` columns, with that end when something was cut.
std::string cut_to_width(std::string_view text, std::size_t width,
                         std::string_view end = ellipsis());

// `text` in lines of at most `width` columns where it can be broken at spaces, each but the first
// beginning with `indent` spaces; no line end after the last.
std::string wrapped(std::string_view text, std::size_t indent, std::size_t width);

}  // namespace dockerhub::cli
