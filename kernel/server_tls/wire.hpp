// The bytes between OpenSSL and a peer, as OpenSSL's own kind of stream (BIO): it reads what has come and
// writes to the end of a text, so that it never waits and keeps nothing of its own.
#pragma once

#include <openssl/bio.h>

#include <string>
#include <string_view>

namespace dockerhub::server_tls {

// Where a stream reads and writes at the moment. Set it before each call of OpenSSL.
struct Wire {
  std::string_view in;
  std::string* out = nullptr;
};

// A stream over `wire`, which outlives it; the caller's to free. nullptr: no memory.
BIO* make_stream(Wire& wire);

}  // namespace dockerhub::server_tls
