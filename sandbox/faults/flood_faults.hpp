// Faults of size: answers that are well-formed and far too large, where a client that trusts them runs
// out of memory. Parameters that are not given have the value in brackets.
#pragma once

#include "exchange/message.hpp"
#include "faults/parameters.hpp"
#include "server/connection.hpp"

namespace dockerhub::sandbox {

// The body is followed by `bytes` [100000000] spaces, which Content-Length counts in.
void write_oversized(Connection& connection, const Answer& answer,
                     const FaultParameters& parameters);
// The same, compressed: a few bytes on the wire (Content-Encoding gzip).
void write_gzip_bomb(Connection& connection, const Answer& answer,
                     const FaultParameters& parameters);
// `count` [10000] headers besides its own.
void write_header_flood(Connection& connection, const Answer& answer,
                        const FaultParameters& parameters);

}  // namespace dockerhub::sandbox
