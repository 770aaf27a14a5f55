#include "server/listener.hpp"

#include <Poco/Exception.h>
#include <Poco/Net/HTTPRequestHandler.h>
#include <Poco/Net/HTTPRequestHandlerFactory.h>
#include <Poco/Net/HTTPServerParams.h>
#include <Poco/Net/HTTPServerRequestImpl.h>
#include <Poco/Net/SecureServerSocket.h>
#include <Poco/Net/ServerSocket.h>
#include <Poco/Net/TCPServer.h>
#include <Poco/ThreadPool.h>

#include <sys/socket.h>

#include <utility>

#include "server/connection_factory.hpp"
#include "server/poco_connection.hpp"
#include "server/request_reader.hpp"
#include "server/tls_context.hpp"

namespace dockerhub::sandbox {
namespace {

namespace net = Poco::Net;

constexpr int kBacklog = 64;
constexpr int kMostWaiting = 256;
constexpr long kIdleTime = 250'000;  // microseconds

void send_answer(const Answer& answer, net::HTTPServerResponse& response) {
  response.setStatusAndReason(static_cast<net::HTTPResponse::HTTPStatus>(answer.status));
  for (const Header& header : answer.headers) response.add(header.name, header.value);
  const bool bodiless = answer.status < 200 || answer.status == 204 || answer.status == 304;
  const std::string_view body = answer.body.view();
  if (!bodiless && !response.hasContentLength())
    response.setContentLength64(static_cast<Poco::Int64>(body.size()));
  std::ostream& stream = response.send();
  if (!bodiless) stream.write(body.data(), static_cast<std::streamsize>(body.size()));
  stream.flush();
}

class Handler final : public net::HTTPRequestHandler {
 public:
  Handler(const Listener::Options& options, const StopSignal& stop)
      : options_(options), stop_(stop) {}

  void handleRequest(net::HTTPServerRequest& from, net::HTTPServerResponse& response) override {
    const std::string& version = from.getVersion();
    const bool known =
        version == net::HTTPMessage::HTTP_1_1 || version == net::HTTPMessage::HTTP_1_0;
    if (!known) {
      // Poco would answer in the version of the request, whatever that is.
      response.setVersion(net::HTTPMessage::HTTP_1_1);
      response.setKeepAlive(false);
      return send_answer(text_answer(400, "HTTP/1.0 and HTTP/1.1 are spoken here\n"), response);
    }
    Request request;
    request.listener = options_.name;
    switch (read_request(from, options_.tls ? "https" : "http", request)) {
      case ReadOutcome::whole:
        break;
      case ReadOutcome::too_large:
        response.setKeepAlive(false);
        return send_answer(text_answer(413, "the body is too large\n"), response);
      case ReadOutcome::broken:
        response.setKeepAlive(false);
        if (options_.takes_cut_bodies && from.hasContentLength()) options_.receive(request);
        return send_answer(text_answer(400, "the body is not whole\n"), response);
    }
    const Reply reply = options_.receive(request);
    PocoConnection connection(dynamic_cast<net::HTTPServerRequestImpl&>(from).socket(), stop_);
    if (reply.delay.count() > 0 && !connection.wait(reply.delay))
      return response.setKeepAlive(false);
    if (!reply.write) return send_answer(reply.answer, response);
    response.setKeepAlive(false);
    reply.write(connection);
  }

 private:
  const Listener::Options& options_;
  const StopSignal& stop_;
};

class HandlerFactory final : public net::HTTPRequestHandlerFactory {
 public:
  HandlerFactory(const Listener::Options& options, const StopSignal& stop)
      : options_(options), stop_(stop) {}

  net::HTTPRequestHandler* createRequestHandler(const net::HTTPServerRequest&) override {
    return new Handler(options_, stop_);
  }
  // Ends every connection, in the middle of what it does.
  void hang_up() {
    const bool abort = true;
    serverStopped.notify(this, abort);
  }

 private:
  const Listener::Options& options_;
  const StopSignal& stop_;
};

net::ServerSocket bind_loopback(const Listener::Options& options) {
  net::ServerSocket socket =
      options.tls ? net::SecureServerSocket(options.tls->context().poco) : net::ServerSocket();
  // Poco's default would also share the port with another process.
  const bool reuse_address = true, reuse_port = false;
  socket.bind(net::SocketAddress("127.0.0.1", options.port), reuse_address, reuse_port);
  socket.listen(kBacklog);
  return socket;
}

net::HTTPServerParams::Ptr server_parameters() {
  net::HTTPServerParams::Ptr parameters(new net::HTTPServerParams);
  parameters->setSoftwareVersion("dockerhub-sandbox");
  parameters->setMaxThreads(Listener::kMostThreads);
  parameters->setMaxQueued(kMostWaiting);
  // An idle thread may miss that the server stops; it looks again after this time.
  parameters->setThreadIdleTime(Poco::Timespan(0, kIdleTime));
  return parameters;
}

}  // namespace

struct Listener::Impl {
  Impl(Options given, const StopSignal& stop)
      : options(std::move(given)),
        parameters(server_parameters()),
        handlers(new HandlerFactory(options, stop)),
        pool(1, kMostThreads),
        socket(bind_loopback(options)),
        server(new ConnectionFactory(parameters, handlers, options.tls.has_value(), stop), pool,
               socket, parameters) {
    server.start();
  }
  ~Impl() {
    // Wakes the thread that takes connections, which else looks only now and then whether to stop.
    ::shutdown(socket.impl()->sockfd(), SHUT_RD);
    server.stop();
    handlers->hang_up();
  }
  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;

  Options options;
  net::HTTPServerParams::Ptr parameters;
  Poco::SharedPtr<HandlerFactory> handlers;
  Poco::ThreadPool pool;
  net::ServerSocket socket;
  net::TCPServer server;
};

Listener::Listener(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}

Listener::~Listener() = default;

Result<std::unique_ptr<Listener>> Listener::open(Options options, const StopSignal& stop) {
  const std::string place = "127.0.0.1:" + std::to_string(options.port);
  const std::string name = options.name;
  try {
    return std::unique_ptr<Listener>(
        new Listener(std::make_unique<Impl>(std::move(options), stop)));
  } catch (const Poco::Exception& exception) {
    Error error;
    error.kind = ErrorKind::configuration;
    error.message = "the listener '" + name + "' cannot be opened on " + place + ": " +
                    visible(exception.displayText());
    error.hint = "Choose another port, or 0 for any that is free.";
    return Failure(std::move(error));
  }
}

const std::string& Listener::name() const {
  return impl_->options.name;
}

std::string Listener::url() const {
  return (impl_->options.tls ? "https://" : "http://") + impl_->socket.address().toString();
}

}  // namespace dockerhub::sandbox
