// One connection's TLS by OpenSSL.
#pragma once

#include <openssl/ssl.h>

#include <memory>

#include "dockerhub/server_tls.hpp"
#include "wire.hpp"

namespace dockerhub::server_tls {

class OpensslSession : public TlsSession {
 public:
  // nullptr: no memory.
  static std::unique_ptr<TlsSession> begin(SSL_CTX& context);

  State receive(std::string_view bytes, std::string& plain, std::string& wire) override;
  bool established() const override;
  bool send(std::string_view plain, std::string& wire) override;
  void close(std::string& wire) override;

 private:
  struct Free {
    void operator()(SSL* ssl) const { SSL_free(ssl); }
  };

  OpensslSession() = default;

  Wire wire_;
  std::unique_ptr<SSL, Free> ssl_;
  bool failed_ = false;
};

}  // namespace dockerhub::server_tls
