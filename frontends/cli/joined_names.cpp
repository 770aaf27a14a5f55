#include "joined_names.hpp"

#include <algorithm>
#include <array>

#include "text_source.hpp"

namespace dockerhub::cli {

namespace {

constexpr std::size_t kNone = std::string_view::npos;

// A namespace has no slash; what follows it may, for the kernel to refuse.
std::size_t slash_of(std::string_view word) {
  return word.find('/');
}

struct Pair {
  std::string_view first, second;
  std::size_t (*separator_of)(std::string_view word);
};
constexpr std::array<Pair, 2> kPairs = {{
    {"namespace", "repository", slash_of},
    {"repo", "tag", colon_of_tag},
}};

// Where the word that stands for this parameter ends for it; kNone: it is the whole word.
std::size_t separator_in(const std::string& word, const std::vector<std::string>& parameters,
                         std::size_t index) {
  if (index + 1 >= parameters.size() || TextSource::refers(word)) return kNone;
  const auto pair = std::find_if(kPairs.begin(), kPairs.end(), [&](const Pair& known) {
    return known.first == parameters[index] && known.second == parameters[index + 1];
  });
  return pair == kPairs.end() ? kNone : pair->separator_of(word);
}

}  // namespace

// Behind the last slash: a registry's port stands before it. A digest has a colon of its own.
std::size_t colon_of_tag(std::string_view name) {
  const std::size_t colon = name.rfind(':');
  const bool is_of_tag =
      colon != kNone && name.find_first_of("/@", colon) == kNone && name.find('@') == kNone;
  return is_of_tag ? colon : kNone;
}

bool names_registry(std::string_view name) {
  const std::size_t slash = slash_of(name);
  if (slash == kNone) return false;
  const std::string_view first = name.substr(0, slash);
  return first.find_first_of(".:") != kNone || first == "localhost";
}

std::vector<std::string> names_apart(const Action& action, const std::vector<std::string>& words) {
  std::vector<std::string> apart;
  for (const std::string& word : words) {
    const std::size_t end = separator_in(word, action.positionals, apart.size());
    apart.push_back(word.substr(0, end));
    if (end != kNone) apart.push_back(word.substr(end + 1));
  }
  return apart;
}

}  // namespace dockerhub::cli
