#include "redaction/secret_scan.hpp"

#include <algorithm>

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
  end_ += part;
  if (end_.size() < kShortestSearched) return;
  found_ = redactor_.holds_secret(end_);
  const std::size_t kept = std::max(redactor_.reach(), kShortestSearched);
  if (end_.size() > kept) end_.erase(0, end_.size() - kept);
}

bool SecretScan::finish() {
  if (end_.size() < kShortestSearched) found_ = found_ || redactor_.holds_secret(end_);
  return !found_;
}

}  // namespace dockerhub
