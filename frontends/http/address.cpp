#include "address.hpp"

#include <arpa/inet.h>
#include <netdb.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>

#include <cerrno>
#include <charconv>
#include <cstring>
#include <memory>
#include <system_error>

namespace dockerhub::web {
namespace {

constexpr int kBacklog = 4096;
constexpr std::string_view kUnix = "unix:";
constexpr std::uint32_t kLoopbackNet = 127;
constexpr unsigned kNetShift = 24;

using Addresses = std::unique_ptr<addrinfo, decltype(&freeaddrinfo)>;

Failure failure(ErrorKind kind, std::string message, std::string hint) {
  Error error;
  error.kind = kind;
  error.message = std::move(message);
  error.hint = std::move(hint);
  return Failure(std::move(error));
}

Failure cannot_listen(const std::string& where, int code) {
  return failure(ErrorKind::configuration,
                 "cannot listen on " + visible(where) + ": " +
                     std::error_code(code, std::generic_category()).message(),
                 "Choose another address or port (--host, --port, --listen).");
}

Addresses resolve(const Address& address) {
  addrinfo hints = {};
  hints.ai_family = AF_UNSPEC;
  hints.ai_socktype = SOCK_STREAM;
  hints.ai_flags = AI_PASSIVE | AI_NUMERICSERV;
  addrinfo* found = nullptr;
  const std::string port = std::to_string(address.port);
  if (getaddrinfo(address.host.c_str(), port.c_str(), &hints, &found) != 0) found = nullptr;
  return {found, &freeaddrinfo};
}

bool is_loopback_address(const sockaddr* address) {
  if (address->sa_family == AF_INET) {
    sockaddr_in ip = {};
    std::memcpy(&ip, address, sizeof ip);
    return ntohl(ip.sin_addr.s_addr) >> kNetShift == kLoopbackNet;
  }
  if (address->sa_family != AF_INET6) return false;
  sockaddr_in6 ip = {};
  std::memcpy(&ip, address, sizeof ip);
  return IN6_IS_ADDR_LOOPBACK(&ip.sin6_addr);
}

bool is_wildcard(const std::string& host) {
  return host == "0.0.0.0" || host == "::";
}

std::uint16_t port_of(int socket) {
  sockaddr_storage address = {};
  socklen_t size = sizeof address;
  if (getsockname(socket, reinterpret_cast<sockaddr*>(&address), &size) != 0) return 0;
  in_port_t port = 0;
  // Both families have the port at the same place.
  std::memcpy(&port, reinterpret_cast<const char*>(&address) + offsetof(sockaddr_in, sin_port),
              sizeof port);
  return ntohs(port);
}

std::string url_of(const Address& address, std::uint16_t port) {
  const std::string host = is_wildcard(address.host) ? "localhost" : address.host;
  const bool brackets = host.find(':') != std::string::npos;
  return "http://" + (brackets ? "[" + host + "]" : host) + ":" + std::to_string(port);
}

// Empty, with errno set, when it cannot listen there.
Descriptor open_stream_socket(const addrinfo& address) {
  Descriptor socket(::socket(address.ai_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
  const int on = 1;
  const bool listens = socket &&
                       setsockopt(socket.get(), SOL_SOCKET, SO_REUSEADDR, &on, sizeof on) == 0 &&
                       bind(socket.get(), address.ai_addr, address.ai_addrlen) == 0 &&
                       listen(socket.get(), kBacklog) == 0;
  return listens ? std::move(socket) : Descriptor();
}

// A file that nobody listens on any more may go; everything else stays.
bool is_left_over(const std::filesystem::path& path, const sockaddr_un& address) {
  struct stat about = {};
  if (lstat(path.c_str(), &about) != 0 || !S_ISSOCK(about.st_mode)) return false;
  const Descriptor probe(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
  return connect(probe.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0 &&
         errno == ECONNREFUSED;
}

}  // namespace

bool Address::is_loopback() const {
  if (is_unix()) return true;
  const Addresses all = resolve(*this);
  if (!all) return false;
  for (const addrinfo* each = all.get(); each != nullptr; each = each->ai_next) {
    if (!is_loopback_address(each->ai_addr)) return false;
  }
  return true;
}

Result<Address> read_address(std::string_view text) {
  Address address;
  if (text.substr(0, kUnix.size()) == kUnix) {
    address.socket = text.substr(kUnix.size());
    if (!address.is_unix()) {
      return failure(ErrorKind::parameter, "'unix:' names no path", "Give unix:/PATH.");
    }
    return address;
  }
  const std::size_t colon = text.rfind(':');
  const std::string_view port = colon == text.npos ? "" : text.substr(colon + 1);
  const auto [end, error] = std::from_chars(port.data(), port.data() + port.size(), address.port);
  if (port.empty() || error != std::errc() || end != port.data() + port.size()) {
    return failure(ErrorKind::parameter, "'" + visible(text) + "' is no address with a port",
                   "Give HOST:PORT, [IPV6]:PORT or unix:/PATH.");
  }
  std::string_view host = text.substr(0, colon);
  if (host.size() > 1 && host.front() == '[' && host.back() == ']') {
    host = host.substr(1, host.size() - 2);
  }
  if (host.empty()) {
    return failure(ErrorKind::parameter, "'" + visible(text) + "' names no host",
                   "Give HOST:PORT; 127.0.0.1 is this machine.");
  }
  address.host = host;
  return address;
}

Result<Listener> Listener::open(const Address& address) {
  if (address.is_unix()) return open_unix(address.socket);
  const Addresses all = resolve(address);
  if (!all) return cannot_listen(address.host, EADDRNOTAVAIL);
  int code = EADDRNOTAVAIL;
  for (const addrinfo* each = all.get(); each != nullptr; each = each->ai_next) {
    Descriptor socket = open_stream_socket(*each);
    code = errno;
    if (!socket) continue;
    Listener listener(std::move(socket));
    listener.port_ = port_of(listener.fd());
    listener.name_ = url_of(address, listener.port_);
    return listener;
  }
  return cannot_listen(address.host + ":" + std::to_string(address.port), code);
}

Result<Listener> Listener::open_unix(const std::filesystem::path& path) {
  sockaddr_un address = {};
  address.sun_family = AF_UNIX;
  if (path.native().size() >= sizeof address.sun_path) {
    return cannot_listen(path.string(), ENAMETOOLONG);
  }
  path.native().copy(address.sun_path, sizeof address.sun_path - 1);
  if (is_left_over(path, address)) unlink(path.c_str());
  Descriptor socket(::socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
  if (!socket) return cannot_listen(path.string(), errno);
  // The mode is there from the first moment on; bind takes it from the mask.
  const mode_t before = umask(S_IRWXG | S_IRWXO | S_IXUSR);
  const int bound = bind(socket.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address);
  const int code = errno;
  umask(before);
  if (bound != 0) return cannot_listen(path.string(), code);
  Listener listener(std::move(socket));
  listener.path_ = path;
  listener.name_ = std::string(kUnix) + path.string();
  if (listen(listener.fd(), kBacklog) != 0) return cannot_listen(path.string(), errno);
  return listener;
}

Listener::Listener(Listener&& other) noexcept
    : socket_(std::move(other.socket_)),
      path_(std::exchange(other.path_, {})),
      name_(std::move(other.name_)),
      port_(other.port_) {}

Listener::~Listener() {
  if (!path_.empty()) unlink(path_.c_str());
}

}  // namespace dockerhub::web
