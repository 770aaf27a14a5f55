// Absolute http and https URLs (RFC 3986), and http over a Unix socket: origin and the rest. Everything
// that becomes part of a request line goes through here. Plain values; any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "dockerhub/kernel.hpp"

namespace dockerhub::http {

// Scheme, host and port (RFC 6454). Hosts are lower case, IPv6 ones without brackets.
struct Origin {
  std::string scheme;  // "http", "https" or "http+unix"
  std::string host;    // or the absolute path of a Unix socket
  std::uint16_t port = 0;

  bool operator==(const Origin&) const = default;
  bool secure() const { return scheme == "https"; }
  bool is_unix() const { return scheme == "http+unix"; }
  // Within this machine: a Unix socket, or a loopback host.
  bool is_local() const;
  // "host" or "host:port" when it is not the scheme's own; IPv6 in brackets, a socket's path encoded.
  std::string authority() const;
  // The same, always with the port.
  std::string host_and_port() const;
  // The Host field: as authority(), but "localhost" for a Unix socket.
  std::string host_field() const;
  // For messages: as authority(), but a socket's path as it is.
  std::string name() const;
  std::string text() const;  // "https://host:port", the port left out as above
};

struct Url {
  Origin origin;
  std::string path = "/";  // encoded, begins with "/"
  std::string query;       // encoded, without "?"

  bool operator==(const Url&) const = default;
  std::string target() const;  // path and query, as the request line has it
  std::string text() const;
  // For logs and errors: without its query, which may hold a signature.
  std::string without_query() const;
};

// An absolute URL. Refused with ErrorKind::parameter: other schemes, user information, a fragment,
// control characters, blanks, an empty host, a port out of range.
Result<Url> parse_url(std::string_view text);
// The same for the operator's own base URLs, which may also name a Unix socket: "unix:///run/hub.sock",
// or "http+unix://%2Frun%2Fhub.sock/prefix", the form that Url::text() gives. A server may not.
Result<Url> parse_base_url(std::string_view text);
// A reference from a server's answer (Location, Link), absolute or relative to `base`. What a server on
// a Unix socket calls http://localhost is that socket, as it was called in the request.
Result<Url> resolve(const Url& base, std::string_view reference);

// What lies at `path`, which begins with a slash, where the base's own path is a prefix of all of its paths.
std::string path_below(const Url& base, std::string_view path);
// The same as a URL, with the base's query.
Url url_below(const Url& base, std::string_view path);

// One path segment: all but RFC 3986's unreserved characters and the colon percent-encoded.
std::string encode_segment(std::string_view text);
std::string encode_query(std::string_view text);
// nullopt for a '%' without two hexadecimal digits.
std::optional<std::string> percent_decoded(std::string_view text);
// A path whose needlessly encoded characters (RFC 3986 6.2.2.2) are decoded: one spelling per route.
std::string with_plain_letters(std::string_view path);
// Adds "name=value", both encoded.
void append_query(std::string& query, std::string_view name, std::string_view value);

// Names and addresses that mean this very machine: "localhost", 127.0.0.0/8, ::1.
bool is_loopback(std::string_view host);
// An address literal that strangers must not make us ask: loopback, private (RFC 1918, RFC 4193),
// link-local, unspecified, multicast, and IPv4 ones mapped into IPv6.
bool is_private_address(std::string_view address);

}  // namespace dockerhub::http
