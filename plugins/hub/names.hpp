// Names of people and teams, which are the same in upper and lower case. Pure; any thread.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace dockerhub::hub {

// The name in lower case (ASCII letters), to compare it.
inline std::string folded(std::string_view name) {
  std::string text(name);
  for (char& c : text) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return text;
}

// Names stand in the question for consent, which has to stay readable.
inline bool is_too_long(std::string_view name) {
  constexpr std::size_t kLongest = 255;
  return name.size() > kLongest;
}

// Why rows with addresses remove nobody where Docker Hub hides addresses, and what to do.
inline constexpr std::string_view kHiddenAddresses =
    "addresses cannot be compared: Docker Hub does not show those of all members to this account";
inline constexpr std::string_view kNameByDockerId = "Name them by Docker ID. Nothing was changed.";

}  // namespace dockerhub::hub
