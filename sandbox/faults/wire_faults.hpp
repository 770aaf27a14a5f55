// Faults of bytes and time: what a broken, slow or hostile peer writes to the connection in place of a
// proper answer (RFC 9112 says what would be proper). Each function writes everything itself; the
// connection is closed afterwards. Parameters that are not given have the value in brackets.
#pragma once

#include "exchange/message.hpp"
#include "faults/parameters.hpp"
#include "server/connection.hpp"

namespace dockerhub::sandbox {

// The connection ends with a TCP reset / is closed / stays silent, without an answer.
void write_reset(Connection& connection, const Answer& answer, const FaultParameters& parameters);
void write_nothing(Connection& connection, const Answer& answer, const FaultParameters& parameters);
void write_never(Connection& connection, const Answer& answer, const FaultParameters& parameters);
// The body ends after `bytes` [half of it] bytes.
void write_truncated(Connection& connection, const Answer& answer,
                     const FaultParameters& parameters);
// Content-Length promises `bytes` [100] bytes more than come; the connection stays open.
void write_long_length(Connection& connection, const Answer& answer,
                       const FaultParameters& parameters);
// Content-Length promises `bytes` [1] bytes less than come.
void write_short_length(Connection& connection, const Answer& answer,
                        const FaultParameters& parameters);
// The connection ends with a TCP reset after `bytes` [half of it] bytes of the body.
void write_reset_midway(Connection& connection, const Answer& answer,
                        const FaultParameters& parameters);
// Two Content-Length headers that differ by `bytes` [1].
void write_two_lengths(Connection& connection, const Answer& answer,
                       const FaultParameters& parameters);
// A chunked body without its last chunk / with "ZZ" for the size of its second chunk.
void write_unended_chunks(Connection& connection, const Answer& answer,
                          const FaultParameters& parameters);
void write_bad_chunk_size(Connection& connection, const Answer& answer,
                          const FaultParameters& parameters);
// A chunked body that has no chunks, only bytes of any kind.
void write_chunked_garbage(Connection& connection, const Answer& answer,
                           const FaultParameters& parameters);
// The end of the connection is the end of the body, and over TLS comes without close_notify, as after
// an attacker's cut. Over plain HTTP that is a whole answer.
void write_end_without_notice(Connection& connection, const Answer& answer,
                              const FaultParameters& parameters);
// 1xx answers every `interval_ms` [10], for ever.
void write_endless_informational(Connection& connection, const Answer& answer,
                                 const FaultParameters& parameters);
// The whole answer, `bytes` [1] every `interval_ms` [100].
void write_dripping(Connection& connection, const Answer& answer,
                    const FaultParameters& parameters);
// `body` ["garbage"] where the status line should be.
void write_garbage_status_line(Connection& connection, const Answer& answer,
                               const FaultParameters& parameters);
// A header of `bytes` [10000000].
void write_huge_header(Connection& connection, const Answer& answer,
                       const FaultParameters& parameters);

}  // namespace dockerhub::sandbox
