// One HTTP request and one answer, as values. Free of sockets and threads.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace dockerhub::web {

using Headers = std::vector<std::pair<std::string, std::string>>;

namespace status {
inline constexpr int kOk = 200;
inline constexpr int kCreated = 201;
inline constexpr int kAccepted = 202;
inline constexpr int kNoContent = 204;
inline constexpr int kNotModified = 304;
inline constexpr int kBadRequest = 400;
inline constexpr int kUnauthorized = 401;
inline constexpr int kForbidden = 403;
inline constexpr int kNotFound = 404;
inline constexpr int kMethodNotAllowed = 405;
inline constexpr int kNotAcceptable = 406;
inline constexpr int kRequestTimeout = 408;
inline constexpr int kConflict = 409;
inline constexpr int kGone = 410;
inline constexpr int kTooLarge = 413;
inline constexpr int kWrongMediaType = 415;
inline constexpr int kUnprocessable = 422;
inline constexpr int kTooManyRequests = 429;
inline constexpr int kHeadTooLarge = 431;
inline constexpr int kInternal = 500;
inline constexpr int kNotImplemented = 501;
inline constexpr int kBadGateway = 502;
inline constexpr int kUnavailable = 503;
inline constexpr int kGatewayTimeout = 504;
}  // namespace status

// Where a connection came from.
enum class Peer {
  unix_socket,  // a socket in the file system, which only its owner may use
  loopback,     // this machine, any of its users
  network,
};

struct Remote {
  Peer peer = Peer::network;
  // By which clients are told apart where nothing else is known of them: an IPv4 address, or the network
  // of an IPv6 address ("2001:db8::/64"), all of which one client has. Empty: a Unix socket.
  std::string place;
};

struct Request {
  std::string method;  // as sent: "GET"
  std::string path;    // of the target, as sent, without its query
  std::string query;   // behind the `?`, as sent; empty where there is none
  Headers headers;     // in their order, values trimmed
  std::string body;    // whole, without its transfer coding
  Peer peer = Peer::network;
  std::string place;  // as Remote has it

  // The value of the first header of that name (any case), or nullptr.
  const std::string* header(std::string_view name) const;
  // How often a header of that name was sent.
  std::size_t count(std::string_view name) const;
};

struct Response {
  int status = status::kOk;
  Headers headers;  // without Content-Length, Transfer-Encoding, Connection and Date
  std::string body;
};

// The reason phrase of RFC 9110 for the codes that are used here; "Status" for others.
std::string_view reason(int status);

// A text for people, or JSON, as a whole answer.
Response text_response(int status, std::string body);
Response json_response(int status, std::string body);

// Equal without regard to ASCII case.
bool same_name(std::string_view one, std::string_view other);

// Whether a list of media types, as Accept has it, names this one (`type/subtype`) or covers it by a
// wildcard, with a quality above zero.
bool accepts(std::string_view header, std::string_view media_type);

// The media type of a Content-Type: without parameters, in lower case.
std::string media_type(std::string_view header);

}  // namespace dockerhub::web
