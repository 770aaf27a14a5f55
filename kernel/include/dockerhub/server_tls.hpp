// TLS for servers, over bytes: it knows no sockets, waits for nothing and has no thread, so that whoever
// waits for many connections at once can do so with it. TLS 1.2 or newer; clients show no certificate.
// OpenSSL is loaded with the first ServerTls.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "dockerhub/kernel.hpp"

namespace dockerhub {

// One connection's TLS. One thread at a time; may outlive its ServerTls. What is to be sent to the peer
// is appended to `wire`.
class TlsSession {
 public:
  virtual ~TlsSession() = default;

  enum class State {
    open,    // more may come
    closed,  // the peer says that nothing more comes
    failed,  // what came is no TLS, or none that is spoken here; nothing more can be done
  };
  // Takes all of `bytes`, which the peer sent, and appends the text in them to `plain`.
  virtual State receive(std::string_view bytes, std::string& plain, std::string& wire) = 0;
  // Whether the handshake is done. Before, nothing can be sent.
  virtual bool established() const = 0;
  virtual bool send(std::string_view plain, std::string& wire) = 0;
  // Says that nothing more comes.
  virtual void close(std::string& wire) = 0;
};

// A certificate with its key, out of which sessions are made. Any thread.
class TlsIdentity {
 public:
  virtual ~TlsIdentity() = default;
  // nullptr where there is no memory for it.
  virtual std::unique_ptr<TlsSession> begin() const = 0;
};

// The identity in two files, read again when they have changed. One thread at a time.
class DOCKERHUB_API ServerTls {
 public:
  struct Files {
    std::filesystem::path
        certificate;            // PEM: the server's, and behind it those up to the authority
    std::filesystem::path key;  // PEM, without a passphrase; readable by its owner alone
  };
  // Takes why changed files are not used; those that were there before stay in use. Told once for each
  // change.
  using Warn = std::function<void(const Error&)>;

  // Errors (configuration) name the file, the cause and what to do.
  static Result<std::unique_ptr<ServerTls>> create(Files files, Warn warn);
  ~ServerTls();
  ServerTls(const ServerTls&) = delete;
  ServerTls& operator=(const ServerTls&) = delete;

  // TLS for a connection that begins, with what is in the files now. nullptr: no memory.
  std::unique_ptr<TlsSession> begin();

 private:
  struct Impl;
  explicit ServerTls(std::unique_ptr<Impl> impl);
  const std::unique_ptr<Impl> impl_;
};

}  // namespace dockerhub
