#include "http/tls_probe.hpp"

#include <string_view>

namespace dockerhub::http {
namespace {

// RFC 8446 5.1: the types of the records that a server may answer a hello with.
constexpr unsigned char kAlert = 21;
constexpr unsigned char kHandshake = 22;

// A ClientHello of TLS 1.2 (RFC 5246 7.4.1.2) with one cipher suite and no extension. Nobody goes on
// with this handshake, so its random bytes may be line ends: with them an HTTP server has read enough
// for its complaint.
constexpr std::string_view kHello(
    "\x16\x03\x01\x00\x2D"              // handshake record: version, length
    "\x01\x00\x00\x29"                  // ClientHello, length
    "\x03\x03"                          // TLS 1.2
    "\r\n\r\n\r\n\r\n\r\n\r\n\r\n\r\n"  // random
    "\r\n\r\n\r\n\r\n\r\n\r\n\r\n\r\n"  //
    "\x00"                              // no session
    "\x00\x02\xC0\x2F"                  // ECDHE-RSA-AES128-GCM-SHA256
    "\x01\x00",                         // no compression
    50);

}  // namespace

Result<bool> answers_tls_hello(Connection& connection) {
  if (auto sent = connection.send(kHello, false); !sent) return Failure(sent.error());
  const auto filled = connection.fill();
  // A server without TLS may throw the hello away instead of complaining.
  if (!filled && filled.error().kind == ErrorKind::network) return false;
  if (!filled) return Failure(filled.error());
  if (!*filled) return true;
  const auto first = static_cast<unsigned char>(connection.input().front());
  return first == kHandshake || first == kAlert;
}

}  // namespace dockerhub::http
