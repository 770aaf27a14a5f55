#include "server/connection_factory.hpp"

#include <Poco/Net/HTTPServerConnection.h>
#include <poll.h>
#include <sys/socket.h>

#include <array>
#include <utility>

namespace dockerhub::sandbox {
namespace {

namespace net = Poco::Net;

constexpr int kPatience = 60'000;            // milliseconds until the first byte
constexpr unsigned char kTlsHandshake = 22;  // RFC 8446 5.1

class HttpConnection final : public net::HTTPServerConnection {
 public:
  HttpConnection(const net::StreamSocket& socket, net::HTTPServerParams::Ptr parameters,
                 net::HTTPRequestHandlerFactory::Ptr handlers, bool tls, const StopSignal& stop)
      : HTTPServerConnection(socket, std::move(parameters), std::move(handlers)),
        tls_(tls),
        stop_(stop) {}

  void run() override {
    if (speaks()) HTTPServerConnection::run();
  }

 private:
  // Whether the client says something that is worth an answer.
  bool speaks() {
    const int descriptor = socket().impl()->sockfd();
    std::array<pollfd, 2> events = {{{descriptor, POLLIN, 0}, {stop_.fd(), POLLIN, 0}}};
    if (poll(events.data(), events.size(), kPatience) <= 0 || events[1].revents != 0) return false;
    unsigned char first = 0;
    if (recv(descriptor, &first, 1, MSG_PEEK) != 1) return false;
    return tls_ || first != kTlsHandshake;
  }

  bool tls_;
  const StopSignal& stop_;
};

}  // namespace

ConnectionFactory::ConnectionFactory(net::HTTPServerParams::Ptr parameters,
                                     net::HTTPRequestHandlerFactory::Ptr handlers, bool tls,
                                     const StopSignal& stop)
    : parameters_(std::move(parameters)), handlers_(std::move(handlers)), tls_(tls), stop_(stop) {}

net::TCPServerConnection* ConnectionFactory::createConnection(const net::StreamSocket& socket) {
  return new HttpConnection(socket, parameters_, handlers_, tls_, stop_);
}

}  // namespace dockerhub::sandbox
