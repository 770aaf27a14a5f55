#include "text_width.hpp"

#include <algorithm>
#include <clocale>
#include <cwchar>

namespace dockerhub::cli {

namespace {

// wcwidth and mbrtowc ask the thread's locale, and a UTF-8 one may not be set in the environment.
class Utf8Locale {
 public:
  Utf8Locale() : locale_(::newlocale(LC_CTYPE_MASK, "C.UTF-8", nullptr)) {
    if (locale_ != nullptr) before_ = ::uselocale(locale_);
  }
  ~Utf8Locale() {
    if (locale_ == nullptr) return;
    ::uselocale(before_);
    ::freelocale(locale_);
  }
  Utf8Locale(const Utf8Locale&) = delete;
  Utf8Locale& operator=(const Utf8Locale&) = delete;

 private:
  locale_t locale_;
  locale_t before_ = nullptr;
};

bool is_ascii(std::string_view text) {
  for (const char c : text) {
    if (static_cast<unsigned char>(c) >= 0x80) return false;
  }
  return true;
}

struct Symbol {
  std::size_t bytes, columns;
};

// The first character of a text that is not empty.
Symbol first_symbol(std::string_view text) {
  wchar_t symbol = 0;
  std::mbstate_t state{};
  const std::size_t bytes = std::mbrtowc(&symbol, text.data(), text.size(), &state);
  if (bytes == 0 || bytes > text.size()) return {1, 1};
  const int columns = ::wcwidth(symbol);
  return {bytes, columns < 0 ? 1 : static_cast<std::size_t>(columns)};
}

// As much of the text as fits into that width.
std::string_view beginning(std::string_view text, std::size_t width) {
  const Utf8Locale locale;
  std::size_t used = 0, bytes = 0;
  while (bytes < text.size()) {
    const Symbol symbol = first_symbol(text.substr(bytes));
    if (used + symbol.columns > width) break;
    used += symbol.columns;
    bytes += symbol.bytes;
  }
  return text.substr(0, bytes);
}

}  // namespace

std::size_t display_width(std::string_view text) {
  if (is_ascii(text)) return text.size();
  const Utf8Locale locale;
  std::size_t width = 0;
  while (!text.empty()) {
    const Symbol symbol = first_symbol(text);
    width += symbol.columns;
    text.remove_prefix(symbol.bytes);
  }
  return width;
}

std::string cut_to_width(std::string_view text, std::size_t width, std::string_view end) {
  if (display_width(text) <= width) return std::string(text);
  const std::size_t end_width = display_width(end);
  if (end_width >= width) return std::string(beginning(end, width));
  return std::string(beginning(text, width - end_width)).append(end);
}

std::string wrapped(std::string_view text, std::size_t indent, std::size_t width) {
  std::string lines;
  lines.reserve(text.size() + indent);
  std::size_t column = indent;
  const auto is_space = [](char byte) { return byte == ' ' || byte == '\n'; };
  while (!text.empty()) {
    const auto end = std::find_if(text.begin(), text.end(), is_space);
    const std::string_view word(text.begin(), end);
    const std::size_t columns = display_width(word);
    const bool first = lines.empty();
    if (!first && column + 1 + columns > width) {
      lines.append("\n").append(indent, ' ');
      column = indent;
    } else if (!first) {
      lines += ' ';
      ++column;
    }
    lines.append(word);
    column += columns;
    text.remove_prefix(word.size() == text.size() ? word.size() : word.size() + 1);
  }
  return lines;
}

}  // namespace dockerhub::cli
