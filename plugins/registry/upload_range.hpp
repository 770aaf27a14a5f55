// How far an upload has come, as its registry tells it (OCI distribution-spec 1.1.1, "Pushing a blob in
// chunks"). Pure; any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace dockerhub::registry {

// Bytes that arrived, of a header `Range: 0-END`. nullopt: not told, unreadable, or "0-0", which means
// nothing or one byte.
std::optional<std::uint64_t> bytes_received(std::string_view range);

// OCI-Chunk-Min-Length: the fewest bytes of a chunk that is not the last; 0 where there is no rule.
std::uint64_t least_chunk(std::string_view header);

}  // namespace dockerhub::registry
