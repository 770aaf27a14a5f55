#include "http/resolver.hpp"

#include <arpa/inet.h>
#include <netdb.h>
#include <netinet/in.h>
#include <sys/eventfd.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <mutex>
#include <system_error>
#include <thread>

#include "base/file.hpp"
#include "http/http_error.hpp"
#include "http/url.hpp"

namespace dockerhub::http {
namespace {

constexpr int kMostLookups = 32;

// What the thread that asks and the one that waits share.
struct Question {
  UniqueFd done{::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)};
  std::mutex mutex;  // guards the rest
  int status = EAI_AGAIN;
  std::vector<SocketAddress> addresses;
};

void ask(Question& question, const Lookup& lookup, const std::string& host, std::uint16_t port) {
  std::vector<SocketAddress> addresses;
  const int status = lookup(host, port, addresses);
  {
    const std::lock_guard lock(question.mutex);
    question.status = status;
    question.addresses = std::move(addresses);
  }
  const std::uint64_t one = 1;
  [[maybe_unused]] const ssize_t written = ::write(question.done.get(), &one, sizeof(one));
}

SocketAddress ipv4(in_addr address, std::uint16_t port) {
  SocketAddress made;
  auto* fields = reinterpret_cast<sockaddr_in*>(&made.storage);
  fields->sin_family = AF_INET;
  fields->sin_addr = address;
  fields->sin_port = htons(port);
  made.size = sizeof(sockaddr_in);
  return made;
}

SocketAddress ipv6(const in6_addr& address, std::uint16_t port) {
  SocketAddress made;
  auto* fields = reinterpret_cast<sockaddr_in6*>(&made.storage);
  fields->sin6_family = AF_INET6;
  fields->sin6_addr = address;
  fields->sin6_port = htons(port);
  made.size = sizeof(sockaddr_in6);
  return made;
}

// What needs nobody's answer. "localhost" is this machine whatever a resolver says (RFC 6761 6.3).
std::vector<SocketAddress> known_addresses(const std::string& host, std::uint16_t port) {
  if (host == "localhost")
    return {ipv6(in6addr_loopback, port), ipv4({htonl(INADDR_LOOPBACK)}, port)};
  in_addr four = {};
  if (::inet_pton(AF_INET, host.c_str(), &four) == 1) return {ipv4(four, port)};
  in6_addr six = {};
  if (::inet_pton(AF_INET6, host.c_str(), &six) == 1) return {ipv6(six, port)};
  return {};
}

// One of each in turn, the first family first (RFC 8305 4): one that leads nowhere costs one head start,
// however many addresses it has.
void alternate_families(std::vector<SocketAddress>& addresses) {
  if (addresses.empty()) return;
  const int first = addresses.front().family();
  const auto other = std::stable_partition(
      addresses.begin(), addresses.end(),
      [first](const SocketAddress& address) { return address.family() == first; });
  std::vector<SocketAddress> ordered;
  ordered.reserve(addresses.size());
  for (auto left = addresses.begin(), right = other; left != other || right != addresses.end();) {
    if (left != other) ordered.push_back(*left++);
    if (right != addresses.end()) ordered.push_back(*right++);
  }
  addresses = std::move(ordered);
}

tl::unexpected<ConnectFailure> not_found(const std::string& host, int status) {
  const bool may_pass = status == EAI_AGAIN;
  return no_connection(
      network_failure("the host " + host + " was not found: " + ::gai_strerror(status),
                      may_pass ? "Check the network and its name servers, then try again."
                               : "Check the host's name.")
          .value(),
      may_pass);
}

tl::unexpected<ConnectFailure> busy(const std::string& why) {
  return no_connection(network_failure("no host name can be looked up now: " + why,
                                       "The name servers may be slow. Try again later.")
                           .value(),
                       true);
}

}  // namespace

bool is_private(const SocketAddress& address) {
  return address.family() == AF_UNIX || is_private_address(address.text());
}

SocketAddress unix_address(const std::string& path) {
  SocketAddress made;
  auto* fields = reinterpret_cast<sockaddr_un*>(&made.storage);
  fields->sun_family = AF_UNIX;
  std::copy_n(path.data(), std::min(path.size(), sizeof(fields->sun_path) - 1), fields->sun_path);
  made.size = sizeof(sockaddr_un);
  return made;
}

std::string SocketAddress::text() const {
  if (family() == AF_UNIX) return {};
  std::array<char, INET6_ADDRSTRLEN> out = {};
  const void* address =
      family() == AF_INET
          ? static_cast<const void*>(&reinterpret_cast<const sockaddr_in*>(&storage)->sin_addr)
          : &reinterpret_cast<const sockaddr_in6*>(&storage)->sin6_addr;
  return ::inet_ntop(family(), address, out.data(), out.size()) == nullptr ? "" : out.data();
}

int system_lookup(const std::string& host, std::uint16_t port,
                  std::vector<SocketAddress>& addresses) {
  addrinfo wanted = {};
  wanted.ai_family = AF_UNSPEC;
  wanted.ai_socktype = SOCK_STREAM;
  wanted.ai_flags = AI_ADDRCONFIG | AI_NUMERICSERV;
  addrinfo* found = nullptr;
  const int status = ::getaddrinfo(host.c_str(), std::to_string(port).c_str(), &wanted, &found);
  if (status != 0) return status;
  for (const addrinfo* each = found; each != nullptr; each = each->ai_next) {
    SocketAddress& added = addresses.emplace_back();
    std::memcpy(&added.storage, each->ai_addr, each->ai_addrlen);
    added.size = each->ai_addrlen;
  }
  ::freeaddrinfo(found);
  return 0;
}

Connecting<std::vector<SocketAddress>> Resolver::resolve(const std::string& host,
                                                         std::uint16_t port, WaitBounds& bounds) {
  if (auto known = known_addresses(host, port); !known.empty()) return known;
  auto question = std::make_shared<Question>();
  if (running_->fetch_add(1) >= kMostLookups || !question->done) {
    running_->fetch_sub(1);
    return busy("too many of them are being looked up");
  }
  try {
    std::thread([=, lookup = lookup_, running = running_] {
      ask(*question, lookup, host, port);
      running->fetch_sub(1);
    }).detach();
  } catch (const std::system_error& thrown) {
    running_->fetch_sub(1);
    return busy(thrown.what());
  }
  std::array<pollfd, 1> done = {{{question->done.get(), POLLIN, 0}}};
  if (auto ready = bounds.wait(done); !ready) return no_connection(ready.error(), false);
  const std::lock_guard lock(question->mutex);
  if (question->addresses.empty()) return not_found(host, question->status);
  alternate_families(question->addresses);
  return std::move(question->addresses);
}

}  // namespace dockerhub::http
