#include "poco_stream.hpp"

#include <Poco/Exception.h>
#include <Poco/Net/StreamSocketImpl.h>

#include <algorithm>
#include <cerrno>
#include <climits>

namespace dockerhub::http {
namespace {

// The descriptor does not block; Poco believes that it does, and so calls poll() whenever TLS has to
// wait.
class LentSocket : public Poco::Net::StreamSocketImpl {
 public:
  explicit LentSocket(WaitingSocket& below) : StreamSocketImpl(below.descriptor()), below_(below) {}

  bool poll(const Poco::Timespan& /*time*/, int mode) override {
    below_.wait(mode == SELECT_WRITE ? WaitingSocket::Until::writable
                                     : WaitingSocket::Until::readable);
    errno = 0;  // Poco takes an old EINTR for a reason to begin again, for ever
    return true;
  }

  void close() override { reset(); }

 protected:
  // Counted references, as Poco wants it. The base class would close the descriptor.
  ~LentSocket() override { reset(); }

 private:
  WaitingSocket& below_;
};

class PocoStream : public SecureStream {
 public:
  explicit PocoStream(const Poco::Net::SecureStreamSocket& socket) : socket_(socket) {}

  tl::expected<std::size_t, std::string> send(const char* bytes, std::size_t size) override {
    try {
      return static_cast<std::size_t>(std::max(socket_.sendBytes(bytes, count(size)), 0));
    } catch (const Poco::Exception& thrown) {
      return tl::unexpected<std::string>(thrown.displayText());
    }
  }

  tl::expected<std::optional<std::size_t>, std::string> receive(char* buffer,
                                                                std::size_t size) override {
    try {
      const int got = socket_.receiveBytes(buffer, count(size));
      return got < 0 ? std::nullopt : std::optional(static_cast<std::size_t>(got));
    } catch (const Poco::Exception& thrown) {
      return tl::unexpected<std::string>(thrown.displayText());
    }
  }

  bool has_input() const override { return socket_.available() > 0; }

  void close() override {
    try {
      socket_.close();
    } catch (const Poco::Exception&) {
      return;  // the connection ends in any case
    }
  }

 private:
  static int count(std::size_t size) {
    return static_cast<int>(std::min<std::size_t>(size, INT_MAX));
  }

  Poco::Net::SecureStreamSocket socket_;
};

}  // namespace

Poco::Net::StreamSocket poco_socket(WaitingSocket& below) {
  // It takes over the only reference.
  return Poco::Net::StreamSocket(new LentSocket(below));
}

std::unique_ptr<SecureStream> make_secure_stream(const Poco::Net::SecureStreamSocket& secured) {
  return std::make_unique<PocoStream>(secured);
}

}  // namespace dockerhub::http
