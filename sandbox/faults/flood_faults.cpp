#include "faults/flood_faults.hpp"

#include <algorithm>
#include <string>

#include "encoding/gzip.hpp"
#include "faults/wire_format.hpp"

namespace dockerhub::sandbox {
namespace {

constexpr std::size_t kBytes = 100'000'000;
constexpr std::size_t kHeaders = 10'000;
constexpr std::size_t kPiece = 65'536;

}  // namespace

void write_oversized(Connection& connection, const Answer& answer,
                     const FaultParameters& parameters) {
  std::size_t left = or_else(parameters.bytes, kBytes);
  const std::string spaces(std::min(left, kPiece), ' ');
  if (!connection.send(with_length(answer, answer.body.size() + left)) ||
      !connection.send(answer.body.view()))
    return;
  while (left > 0) {
    const std::size_t size = std::min(left, spaces.size());
    if (!connection.send(std::string_view(spaces).substr(0, size))) return;
    left -= size;
  }
}

void write_gzip_bomb(Connection& connection, const Answer& answer,
                     const FaultParameters& parameters) {
  const std::string packed = gzip(answer.body.view(), or_else(parameters.bytes, kBytes));
  Answer told = answer;
  told.set("Content-Encoding", "gzip");
  if (connection.send(with_length(told, packed.size()))) connection.send(packed);
}

void write_header_flood(Connection& connection, const Answer& answer,
                        const FaultParameters& parameters) {
  const std::size_t count = or_else(parameters.count, kHeaders);
  if (!connection.send(head_of(answer))) return;
  for (std::size_t i = 0; i < count; ++i) {
    if (!connection.send("X-Flood-" + std::to_string(i) + ": 1\r\n")) return;
  }
  connection.send(length_line(answer.body.size()) + std::string(kEndOfHead) +
                  std::string(answer.body.view()));
}

}  // namespace dockerhub::sandbox
