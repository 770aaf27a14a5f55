// The HTTP connections of a listener, made by Poco but for two things: a client that begins to speak
// TLS on a plain port is hung up on at once (Poco would wait for the rest of a request line, and such
// clients, skopeo among them, for a TLS answer), and connections that say nothing end with the program.
#pragma once

#include <Poco/Net/HTTPRequestHandlerFactory.h>
#include <Poco/Net/HTTPServerParams.h>
#include <Poco/Net/TCPServerConnectionFactory.h>

#include "server/stop_signal.hpp"

namespace dockerhub::sandbox {

class ConnectionFactory final : public Poco::Net::TCPServerConnectionFactory {
 public:
  ConnectionFactory(Poco::Net::HTTPServerParams::Ptr parameters,
                    Poco::Net::HTTPRequestHandlerFactory::Ptr handlers, bool tls,
                    const StopSignal& stop);

  Poco::Net::TCPServerConnection* createConnection(const Poco::Net::StreamSocket& socket) override;

 private:
  Poco::Net::HTTPServerParams::Ptr parameters_;
  Poco::Net::HTTPRequestHandlerFactory::Ptr handlers_;
  bool tls_;
  const StopSignal& stop_;
};

}  // namespace dockerhub::sandbox
