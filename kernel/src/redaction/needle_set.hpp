// Many secret byte strings, searched for in one pass (Wu and Manber's algorithm: the text is passed
// in steps as long as the shortest needle, looking at two bytes each). Wipes what it holds.
// Immutable after construction; any thread.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "credentials/wiping_allocator.hpp"
#include "redaction/span.hpp"

namespace dockerhub {

class NeedleSet {
 public:
  // Needles have at least 2 bytes.
  explicit NeedleSet(const std::vector<SecretBytes>& needles);

  bool empty() const { return needles_.empty(); }
  std::size_t longest() const { return longest_; }

  // Appends where needles occur; the longest one of each place. `limit` ends the search early.
  void find(std::string_view text, Spans& spans, std::size_t limit) const;

 private:
  struct Needle {
    std::uint16_t block;  // the last two bytes of its first window_ bytes
    std::size_t offset, size;
  };

  std::string_view bytes(const Needle& needle) const {
    return {bytes_.data() + needle.offset, needle.size};
  }
  void prepare_shifts();
  std::size_t match(std::string_view text, std::uint16_t block) const;

  SecretBytes bytes_;
  std::vector<Needle> needles_;  // by block
  std::size_t window_ = 0;       // size of the shortest needle
  std::size_t longest_ = 0;
  std::vector<std::uint8_t> shifts_;
};

}  // namespace dockerhub
