#include <cstdint>
#include <cstring>

#include "base/utf8.hpp"
#include "dockerhub/kernel.hpp"
#include "dockerhub/unseen.hpp"

namespace dockerhub {
namespace {

// How many bytes `text` begins with that are printable ASCII, which most texts are throughout.
std::size_t plain_prefix(std::string_view text) {
  constexpr std::uint64_t kOnes = 0x0101010101010101, kHighs = 0x8080808080808080;
  const auto is_plain = [](char c) { return c >= ' ' && c <= '~'; };
  std::size_t at = 0;
  for (std::uint64_t eight = 0; at + sizeof eight <= text.size(); at += sizeof eight) {
    std::memcpy(&eight, text.data() + at, sizeof eight);
    // A high bit: not ASCII, below ' ', or above '~'.
    if (((eight | (eight - kOnes * ' ') | (eight + kOnes)) & kHighs) != 0) break;
  }
  while (at < text.size() && is_plain(text[at])) ++at;
  return at;
}

}  // namespace

std::string visible(std::string_view text, bool multiline) {
  constexpr std::string_view kReplacement = "\xEF\xBF\xBD";
  std::string out;
  out.reserve(text.size());
  for (;;) {
    const std::size_t plain = plain_prefix(text);
    out += text.substr(0, plain);
    text.remove_prefix(plain);
    if (text.empty()) break;
    const CodePoint point = first_code_point(text);
    const bool kept = multiline && (point.value == U'\n' || point.value == U'\t');
    if (!point.valid) {
      out += kReplacement;
    } else if (is_unseen(point.value) && !kept) {
      append_escaped(out, point.value);
    } else {
      out += text.substr(0, point.size);
    }
    text.remove_prefix(point.size);
  }
  return out;
}

}  // namespace dockerhub
