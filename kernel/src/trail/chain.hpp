// The chain of the trail (docs/trail.md): each line's hash is made, with a key, of the hash before it and of
// the line. A line is `{MEMBERS,"hash":"64 hex digits"}`; the first one is the header, whose hash is not
// written. Free functions; any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "dockerhub/kernel.hpp"

namespace dockerhub {

inline constexpr int kTrailVersion = 1;

// Where a chain has come to.
struct ChainEnd {
  std::uint64_t entries = 0;
  std::uint64_t bytes = 0;  // of the file, up to the end of the last line
  std::string hash;         // of the last line
};

// The first line, with its line end; names the key without telling it.
std::string chain_header(std::string_view key);
// Whether a header was written with that key.
bool is_header_of(std::string_view line, std::string_view key);

// The end of a chain that has this header alone.
ChainEnd begin_of_chain(std::string_view header_line, std::string_view key);

// The line of an entry, with its line end, and the end that it makes.
std::string chained_line(std::string_view members, std::string_view key, const ChainEnd& before);

// The end after a line (without its line end); nullopt when it does not fit to what was before.
std::optional<ChainEnd> next_of_chain(std::string_view line, std::string_view key,
                                      const ChainEnd& before);

// The end of a chain as a file of its own, whose hash nobody without the key can make; and back: nullopt
// for a text that was not made with that key.
std::string head_text(const ChainEnd& end, std::string_view key);
std::optional<ChainEnd> read_head(std::string_view text, std::string_view key);

}  // namespace dockerhub
