// Poco's sockets over the kernel's, and TLS over those as the kernel sees it. Free functions; what they
// give belongs to one thread at a time.
#pragma once

#include <Poco/Net/SecureStreamSocket.h>
#include <Poco/Net/StreamSocket.h>

#include <memory>

#include "http/tls_context.hpp"

namespace dockerhub::http {

// Waits as `below` does, which outlives it and stays the owner of the descriptor. Poco's own time-outs
// are per read and know of no stop.
Poco::Net::StreamSocket poco_socket(WaitingSocket& below);

std::unique_ptr<SecureStream> make_secure_stream(const Poco::Net::SecureStreamSocket& secured);

}  // namespace dockerhub::http
