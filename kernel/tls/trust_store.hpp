// Which certificate authorities are trusted. Free functions; any thread.
#pragma once

#include <openssl/ssl.h>

#include "http/tls_context.hpp"

namespace dockerhub::http {

// Makes the context trust those of the options, or the system's: the directory with its links by hash
// where there is one, since certificates are then read when they are needed (1.7 ms instead of 22),
// else the bundle. Errors (configuration) name what cannot be read.
Result<void> load_trust(SSL_CTX* context, const TlsOptions& options);

}  // namespace dockerhub::http
