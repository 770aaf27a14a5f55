#include "redaction/secret_scan.hpp"

#include <algorithm>
#include <cstddef>

#include "redaction/known_values.hpp"

namespace dockerhub {
namespace {

constexpr std::size_t kPart = 64 * 1024;

}  // namespace

bool SecretScan::take(std::string_view piece) {
  while (!found_ && !piece.empty()) {
    look_at(piece.substr(0, kPart));
    piece.remove_prefix(std::min(piece.size(), kPart));
  }
  return !found_;
}

// What is looked at has the shortest searched size or more, so that no short value is taken for the whole.
void SecretScan::look_at(std::string_view part) {
  end_.insert(end_.end(), part.begin(), part.end());
  if (end_.size() < kShortestSearched) return;
  found_ = end_holds_secret();
  const std::size_t kept = std::max(redactor_.reach(), kShortestSearched);
  if (end_.size() > kept) end_.erase(end_.begin(), end_.end() - static_cast<std::ptrdiff_t>(kept));
}

bool SecretScan::finish() {
  if (end_.size() < kShortestSearched) found_ = found_ || end_holds_secret();
  return !found_;
}

}  // namespace dockerhub
