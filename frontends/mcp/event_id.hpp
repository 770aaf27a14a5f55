// The ids of events in streams that a client can come back to: "MARK-STREAM-NUMBER", with the mark of the
// session. What a client sends as an id is any text. Free functions; any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace dockerhub::mcp {

struct EventPlace {
  std::uint64_t stream = 0;
  std::uint64_t number = 0;  // in the stream, from 1; 0: before its first event
};

std::string event_id(std::string_view mark, EventPlace place);

// nullopt: no id of this mark, as event_id() makes it.
std::optional<EventPlace> read_event_id(std::string_view mark, std::string_view id);

}  // namespace dockerhub::mcp
