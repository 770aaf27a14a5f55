#include <algorithm>
#include <numeric>

#include "dockerhub/kernel.hpp"

namespace dockerhub {
namespace {

// Names are identifiers: a longer text is none, and the distance costs the product of the lengths.
constexpr std::size_t kLongestName = 64;

char folded(char c) {
  if (c >= 'A' && c <= 'Z') return static_cast<char>(c - 'A' + 'a');
  return c == '-' ? '_' : c;
}

// Optimal string alignment: insertions, deletions, replacements, and swaps of neighbours as one
// step.
std::size_t distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> before(b.size() + 1), last(b.size() + 1), now(b.size() + 1);
  std::iota(last.begin(), last.end(), std::size_t{0});
  for (std::size_t i = 1; i <= a.size(); ++i) {
    now[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const bool same = folded(a[i - 1]) == folded(b[j - 1]);
      now[j] = std::min({last[j] + 1, now[j - 1] + 1, last[j - 1] + (same ? 0U : 1U)});
      const bool swapped = i > 1 && j > 1 && folded(a[i - 1]) == folded(b[j - 2]) &&
                           folded(a[i - 2]) == folded(b[j - 1]);
      if (swapped) now[j] = std::min(now[j], before[j - 2] + 1);
    }
    std::swap(before, last);
    std::swap(last, now);
  }
  return last[b.size()];
}

}  // namespace

std::string likely(std::string_view given, const std::vector<std::string>& candidates) {
  if (given.empty() || given.size() > kLongestName) return {};
  const std::string* best = nullptr;
  std::size_t least = given.size() / 3 + 1;
  for (const std::string& candidate : candidates) {
    if (candidate.size() > kLongestName) continue;
    const std::size_t steps = distance(given, candidate);
    if (steps >= candidate.size()) continue;
    if (steps < least || (best == nullptr && steps == least)) {
      least = steps;
      best = &candidate;
    }
  }
  return best == nullptr ? std::string() : *best;
}

}  // namespace dockerhub
