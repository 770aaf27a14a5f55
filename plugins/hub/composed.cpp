#include "composed.hpp"

#include <charconv>

namespace dockerhub::hub {

Part::Part(const char* text) noexcept : Part(std::string_view(text)) {}
Part::Part(const std::string& text) noexcept : Part(std::string_view(text)) {}
Part::Part(std::string_view text) noexcept
    : data_(text.empty() ? "" : text.data()), size_(text.size()) {}

Part::Part(Number number) noexcept {
  size_ = static_cast<std::size_t>(std::to_chars(digits_.begin(), digits_.end(), number.value).ptr -
                                   digits_.begin());
}

Part::Part(Natural number) noexcept {
  size_ = static_cast<std::size_t>(std::to_chars(digits_.begin(), digits_.end(), number.value).ptr -
                                   digits_.begin());
}

std::string composed(std::string_view pattern, std::initializer_list<Part> parts) {
  constexpr std::string_view kPlace = "{}";
  std::string text;
  for (const Part& part : parts) {
    const std::size_t place = pattern.find(kPlace);
    if (place == std::string_view::npos) break;
    text.append(pattern.substr(0, place)).append(part.text());
    pattern.remove_prefix(place + kPlace.size());
  }
  text.append(pattern);
  return text;
}

}  // namespace dockerhub::hub
