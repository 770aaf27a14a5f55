// Ids that clients name when they come back for the rest of a stream: what is read as one of a session is exactly
// what that session would have given out, and nothing else is.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "event_id.hpp"

namespace {

namespace mcp = dockerhub::mcp;

constexpr std::string_view kMark = "0123abcd";

void check_place(mcp::EventPlace place) {
  const auto read = mcp::read_event_id(kMark, mcp::event_id(kMark, place));
  if (!read || read->stream != place.stream || read->number != place.number) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  for (const std::string& id : {std::string(text), std::string(kMark) + std::string(text)}) {
    const auto place = mcp::read_event_id(kMark, id);
    if (place && mcp::event_id(kMark, *place) != id) std::abort();
    if (place) check_place({place->number, place->stream});
    // Nor does it belong to two sessions.
    if (place && mcp::read_event_id("0123abce", id)) std::abort();
  }
  return 0;
}
