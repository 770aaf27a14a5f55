// ASCII letters in lower case: names of hosts, schemes and header fields do not depend on the locale.
// Free function; any thread.
#pragma once

#include <string>
#include <string_view>

namespace dockerhub {

inline std::string lower_case(std::string_view text) {
  std::string out(text);
  for (char& letter : out) {
    if (letter >= 'A' && letter <= 'Z') letter = static_cast<char>(letter - 'A' + 'a');
  }
  return out;
}

}  // namespace dockerhub
