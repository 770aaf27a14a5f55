// TLS over connected sockets, for all connections of one client. Implemented in a library of its own
// (kernel/tls), which is loaded with the first https URL: OpenSSL's and Poco's libraries for TLS would
// otherwise more than double the time in which every program starts. Any thread.
#pragma once

#include <Poco/Net/StreamSocket.h>

#include <memory>
#include <string>
#include <string_view>

#include "dockerhub/kernel.hpp"
#include "http/connect_failure.hpp"

namespace dockerhub::http {

struct TlsOptions {
  std::string ca_file, ca_directory;  // both empty: the system's
  bool verify = true;
};

class TlsContext {
 public:
  virtual ~TlsContext() = default;

  // Speaks TLS 1.2 or newer over that socket, with a peer whose certificate has to name `host`: a
  // name, or an address literal. Lets pass what the socket itself throws.
  virtual Connecting<Poco::Net::StreamSocket> secure(const Poco::Net::StreamSocket& plain,
                                                     const std::string& host) = 0;
};

// What the library exports under the name below. `build` has to be that of libdockerhub, since C++
// types cross here.
struct TlsLibrary {
  std::string_view build;
  // Errors (configuration) name the file that cannot be used.
  Result<std::unique_ptr<TlsContext>> (*make)(const TlsOptions& options);
};
inline constexpr const char* kTlsLibrarySymbol = "dh_tls_library";

}  // namespace dockerhub::http
