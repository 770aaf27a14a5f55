#include "http/field_text.hpp"

#include <algorithm>

namespace dockerhub::http {

bool is_token(std::string_view text) {
  constexpr std::string_view kMarks = "!#$%&'*+-.^_`|~";
  return !text.empty() && std::all_of(text.begin(), text.end(), [&](char letter) {
    return (letter >= '0' && letter <= '9') || (letter >= 'a' && letter <= 'z') ||
           (letter >= 'A' && letter <= 'Z') || kMarks.find(letter) != std::string_view::npos;
  });
}

bool is_field_text(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char letter) {
    return letter == '\t' || (static_cast<unsigned char>(letter) >= ' ' && letter != '\x7F');
  });
}

}  // namespace dockerhub::http
