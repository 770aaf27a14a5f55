#include <algorithm>

#include "base/utf8.hpp"
#include "dockerhub/kernel.hpp"
#include "dockerhub/unseen.hpp"

namespace dockerhub {
namespace {

// How many bytes `text` begins with that are printable ASCII, which most texts are throughout.
std::size_t plain_prefix(std::string_view text) {
  const auto is_plain = [](char c) { return c >= ' ' && c <= '~'; };
  return static_cast<std::size_t>(std::find_if_not(text.begin(), text.end(), is_plain) -
                                  text.begin());
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
