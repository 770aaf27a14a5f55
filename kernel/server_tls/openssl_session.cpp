#include "openssl_session.hpp"

#include <openssl/err.h>

#include <array>

namespace dockerhub::server_tls {
namespace {

constexpr std::size_t kRecord = 16 * 1024;

}  // namespace

std::unique_ptr<TlsSession> OpensslSession::begin(SSL_CTX& context) {
  std::unique_ptr<OpensslSession> session(new OpensslSession());
  session->ssl_.reset(SSL_new(&context));
  BIO* stream = session->ssl_ ? make_stream(session->wire_) : nullptr;
  if (stream == nullptr) return nullptr;
  // Both ways, and from now on the SSL's to free.
  SSL_set_bio(session->ssl_.get(), stream, stream);
  SSL_set_accept_state(session->ssl_.get());
  return session;
}

TlsSession::State OpensslSession::receive(std::string_view bytes, std::string& plain,
                                          std::string& wire) {
  if (failed_) return State::failed;
  wire_ = {bytes, &wire};
  std::array<char, kRecord> text;
  for (;;) {
    ERR_clear_error();
    std::size_t size = 0;
    const int done = SSL_read_ex(ssl_.get(), text.data(), text.size(), &size);
    if (done == 1) {
      plain.append(text.data(), size);
      continue;
    }
    const int why = SSL_get_error(ssl_.get(), done);
    wire_ = {};
    // It wants more only when it has taken all.
    if (why == SSL_ERROR_WANT_READ) return State::open;
    if (why == SSL_ERROR_ZERO_RETURN) return State::closed;
    failed_ = true;
    return State::failed;
  }
}

bool OpensslSession::established() const {
  return SSL_is_init_finished(ssl_.get()) == 1;
}

bool OpensslSession::send(std::string_view plain, std::string& wire) {
  if (failed_ || !established()) return false;
  if (plain.empty()) return true;
  wire_ = {{}, &wire};
  ERR_clear_error();
  std::size_t size = 0;
  const int done = SSL_write_ex(ssl_.get(), plain.data(), plain.size(), &size);
  wire_ = {};
  failed_ = done != 1 || size != plain.size();
  return !failed_;
}

void OpensslSession::close(std::string& wire) {
  if (failed_ || !established()) return;
  wire_ = {{}, &wire};
  ERR_clear_error();
  SSL_shutdown(ssl_.get());
  wire_ = {};
}

}  // namespace dockerhub::server_tls
