#include "base/utf8.hpp"
#include "dockerhub/kernel.hpp"
#include "dockerhub/unseen.hpp"

namespace dockerhub {

std::string visible(std::string_view text, bool multiline) {
  constexpr std::string_view kReplacement = "\xEF\xBF\xBD";
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) {
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
