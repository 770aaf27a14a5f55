// Serves one client over standard input and output until it goes or a signal comes, in every revision.
#pragma once

#include "descriptor.hpp"
#include "server/principal.hpp"
#include "service.hpp"
#include "standard_streams.hpp"

namespace dockerhub::mcp {

// signals: a signalfd. Returns the program's exit code: 0 when the client closed its end (requests
// that run have 5 seconds to end), 128 + the number of a signal. A module that does not end its
// call even when it is cancelled ends the process here.
int serve_stdio(const Service& service, const server::Principal& principal, StandardStreams streams,
                const Descriptor& signals);

}  // namespace dockerhub::mcp
