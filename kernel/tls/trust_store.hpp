// Which certificate authorities are trusted. Free functions; any thread.
#pragma once

#include <openssl/ssl.h>

#include <string>
#include <vector>

#include "http/tls_context.hpp"

namespace dockerhub::http {

// Where a system has its authorities: of Debian and Ubuntu, Alpine, Fedora, SUSE.
struct TrustPlaces {
  std::vector<std::string> directories = {"/etc/ssl/certs", "/etc/pki/tls/certs"};
  std::vector<std::string> bundles = {"/etc/ssl/certs/ca-certificates.crt", "/etc/ssl/cert.pem",
                                      "/etc/pki/tls/certs/ca-bundle.crt", "/etc/ssl/ca-bundle.pem"};
};

// Makes the context trust those of the options, or the system's: the first directory with links by
// hash where there is one, since certificates are then read when they are needed (1.7 ms instead of
// 22), else the first bundle. Errors (configuration) name what cannot be read.
Result<void> load_trust(SSL_CTX* context, const TlsOptions& options,
                        const TrustPlaces& system = {});

}  // namespace dockerhub::http
