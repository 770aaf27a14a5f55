// A client that speaks TLS and trusts one certificate.
#pragma once

#include <openssl/ssl.h>

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include "running_server.hpp"

namespace dockerhub::web {

class TlsClient {
 public:
  // newest: the newest version that it speaks; 0: all.
  TlsClient(std::uint16_t port, const std::filesystem::path& trusted, int newest = 0)
      : socket_(connect_to(port)), context_(SSL_CTX_new(TLS_client_method())) {
    timeval deadline = {kDeadline / 1000, 0};
    setsockopt(socket_.get(), SOL_SOCKET, SO_RCVTIMEO, &deadline, sizeof deadline);
    SSL_CTX_set_verify(context_.get(), SSL_VERIFY_PEER, nullptr);
    SSL_CTX_load_verify_file(context_.get(), trusted.c_str());
    // Old versions are not even offered at the level that is usual now.
    SSL_CTX_set_security_level(context_.get(), 0);
    SSL_CTX_set_min_proto_version(context_.get(), TLS1_VERSION);
    if (newest != 0) SSL_CTX_set_max_proto_version(context_.get(), newest);
    ssl_.reset(SSL_new(context_.get()));
    SSL_set_fd(ssl_.get(), socket_.get());
    connected_ = SSL_connect(ssl_.get()) == 1;
  }

  bool connected() const { return connected_; }
  std::string version() const { return SSL_get_version(ssl_.get()); }

  void say(std::string_view bytes) {
    std::size_t written = 0;
    EXPECT_EQ(SSL_write_ex(ssl_.get(), bytes.data(), bytes.size(), &written), 1);
    EXPECT_EQ(written, bytes.size());
  }
  // All that came until `end` is in it, or the server ended.
  std::string read_until(std::string_view end) {
    while (got_.find(end) == std::string::npos && read_more()) {
    }
    return got_;
  }
  std::string read_all() {
    while (read_more()) {
    }
    return got_;
  }
  void forget() { got_.clear(); }
  // The server said that nothing more comes.
  bool told_end() const { return (SSL_get_shutdown(ssl_.get()) & SSL_RECEIVED_SHUTDOWN) != 0; }

 private:
  struct Free {
    void operator()(SSL* ssl) const { SSL_free(ssl); }
    void operator()(SSL_CTX* context) const { SSL_CTX_free(context); }
  };

  bool read_more() {
    char buffer[4096];
    std::size_t size = 0;
    if (SSL_read_ex(ssl_.get(), buffer, sizeof buffer, &size) != 1) return false;
    got_.append(buffer, size);
    return true;
  }

  Descriptor socket_;
  std::unique_ptr<SSL_CTX, Free> context_;
  std::unique_ptr<SSL, Free> ssl_;
  std::string got_;
  bool connected_ = false;
};

}  // namespace dockerhub::web
