// TLS by Poco NetSSL with its defaults mended: names are checked for every host, also on loopback; a
// connection that ends without close_notify is an error; what is wrong with a certificate is told.
#pragma once

#include <Poco/Net/Context.h>

#include "http/tls_context.hpp"

namespace dockerhub::http {

class SecureContext : public TlsContext {
 public:
  SecureContext(const Poco::Net::Context::Ptr& context, bool verify)
      : context_(context), verify_(verify) {}

  Connecting<std::unique_ptr<SecureStream>> secure(WaitingSocket& plain,
                                                   const std::string& host) override;

 private:
  Poco::Net::Context::Ptr context_;
  bool verify_;
};

Result<std::unique_ptr<TlsContext>> make_secure_context(const TlsOptions& options);

}  // namespace dockerhub::http
