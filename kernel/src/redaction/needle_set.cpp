#include "redaction/needle_set.hpp"

#include <algorithm>
#include <limits>

namespace dockerhub {
namespace {

constexpr std::size_t kBlocks = 65536;

std::uint16_t block_at(const char* bytes) {
  return static_cast<std::uint16_t>((static_cast<unsigned char>(bytes[0]) << 8) |
                                    static_cast<unsigned char>(bytes[1]));
}

}  // namespace

NeedleSet::NeedleSet(const std::vector<SecretBytes>& needles) {
  if (needles.empty()) return;
  const auto shorter = [](const SecretBytes& a, const SecretBytes& b) {
    return a.size() < b.size();
  };
  window_ = std::min_element(needles.begin(), needles.end(), shorter)->size();
  for (const SecretBytes& needle : needles) {
    needles_.push_back({block_at(needle.data() + window_ - 2), bytes_.size(), needle.size()});
    bytes_.insert(bytes_.end(), needle.begin(), needle.end());
    longest_ = std::max(longest_, needle.size());
  }
  std::sort(needles_.begin(), needles_.end(),
            [](const Needle& a, const Needle& b) { return a.block < b.block; });
  prepare_shifts();
}

// A block that is in no needle's window lets the search go on by a whole window; one that ends a
// window means "look closer" (0).
void NeedleSet::prepare_shifts() {
  const std::size_t most =
      std::min<std::size_t>(window_ - 1, std::numeric_limits<std::uint8_t>::max());
  shifts_.assign(kBlocks, static_cast<std::uint8_t>(most));
  for (const Needle& needle : needles_) {
    for (std::size_t end = 2; end <= window_; ++end) {
      std::uint8_t& shift = shifts_[block_at(bytes(needle).data() + end - 2)];
      shift = static_cast<std::uint8_t>(std::min<std::size_t>(shift, window_ - end));
    }
  }
}

std::size_t NeedleSet::match(std::string_view text, std::uint16_t block) const {
  const auto less = [](const Needle& needle, std::uint16_t value) { return needle.block < value; };
  auto needle = std::lower_bound(needles_.begin(), needles_.end(), block, less);
  std::size_t longest = 0;
  for (; needle != needles_.end() && needle->block == block; ++needle) {
    if (text.substr(0, needle->size) == bytes(*needle)) longest = std::max(longest, needle->size);
  }
  return longest;
}

void NeedleSet::find(std::string_view text, Spans& spans, std::size_t limit) const {
  if (needles_.empty()) return;
  const std::size_t limit_size = spans.size() + std::min(limit, text.size());
  for (std::size_t end = window_; end <= text.size();) {
    const std::uint16_t block = block_at(text.data() + end - 2);
    const std::size_t shift = shifts_[block];
    end += std::max<std::size_t>(shift, 1);
    if (shift != 0) continue;
    const std::size_t begin = end - 1 - window_;
    const std::size_t size = match(text.substr(begin), block);
    if (size == 0) continue;
    spans.push_back({begin, begin + size});
    if (spans.size() >= limit_size) return;
  }
}

}  // namespace dockerhub
