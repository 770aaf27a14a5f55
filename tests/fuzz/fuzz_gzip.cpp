// Content that is said to be gzip: never a crash, never more at once than there is room for, and the same
// content in whatever pieces it arrives.
#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "http/gzip_decoder.hpp"

namespace {

using dockerhub::http::GzipDecoder;

constexpr std::size_t kMost = 1024 * 1024;

struct Outcome {
  std::string content;
  bool whole = false;

  bool operator==(const Outcome&) const = default;
};

template <std::size_t Room>
Outcome unpack(std::string_view input, std::size_t step) {
  GzipDecoder decoder;
  Outcome outcome;
  std::array<char, Room> out;
  std::size_t begin = 0;
  for (std::size_t end = std::min(step, input.size()); outcome.content.size() < kMost;) {
    const auto taken = decoder.decode(input.substr(begin, end - begin), out.data(), out.size());
    if (!taken) return outcome;
    if (taken->produced > out.size() || taken->consumed > end - begin) std::abort();
    outcome.content.append(out.data(), taken->produced);
    begin += taken->consumed;
    if (taken->produced > 0) continue;
    if (end == input.size()) break;
    end = std::min(end + step, input.size());
  }
  outcome.content.resize(std::min(outcome.content.size(), kMost));
  outcome.whole = decoder.input_ended().has_value();
  return outcome;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const Outcome at_once = unpack<4096>(bytes, size + 1);
  // What failed may have given out less by then.
  const bool bounded = at_once.content.size() < kMost;
  if (at_once.whole && bounded && !(unpack<7>(bytes, 1) == at_once)) std::abort();
  return 0;
}
