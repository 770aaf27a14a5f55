#include "server_tls/server_tls_library.hpp"

#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>

#include <climits>
#include <memory>

#include "dockerhub/build_info.hpp"
#include "openssl_session.hpp"

namespace dockerhub::server_tls {
namespace {

struct Free {
  void operator()(SSL_CTX* context) const { SSL_CTX_free(context); }
  void operator()(BIO* stream) const { BIO_free(stream); }
  void operator()(X509* certificate) const { X509_free(certificate); }
  void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
};
using Context = std::unique_ptr<SSL_CTX, Free>;
using Stream = std::unique_ptr<BIO, Free>;
using Paper = std::unique_ptr<X509, Free>;
using Key = std::unique_ptr<EVP_PKEY, Free>;
using Done = tl::expected<void, std::string>;

class OpensslIdentity : public TlsIdentity {
 public:
  explicit OpensslIdentity(Context context) : context_(std::move(context)) {}

  std::unique_ptr<TlsSession> begin() const override { return OpensslSession::begin(*context_); }

 private:
  const Context context_;
};

// The reason is OpenSSL's own word, which quotes nothing of the files.
tl::unexpected<std::string> refused(std::string what) {
  const char* reason = ERR_reason_error_string(ERR_peek_last_error());
  ERR_clear_error();
  if (reason != nullptr) what += std::string(" (") + reason + ")";
  return tl::unexpected(std::move(what));
}

Stream stream_of(std::string_view text) {
  if (text.size() > INT_MAX) return nullptr;
  return Stream(BIO_new_mem_buf(text.data(), static_cast<int>(text.size())));
}

// It would ask at the terminal.
int no_passphrase(char* /*buffer*/, int /*size*/, int /*writing*/, void* /*data*/) {
  return 0;
}

Context make_context() {
  Context context(SSL_CTX_new(TLS_server_method()));
  if (!context || SSL_CTX_set_min_proto_version(context.get(), TLS1_2_VERSION) != 1) return nullptr;
  SSL_CTX_set_options(context.get(), SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION);
  // Idle connections are many: they keep no buffers, and sessions that are resumed are in tickets.
  SSL_CTX_set_mode(context.get(), SSL_MODE_RELEASE_BUFFERS);
  SSL_CTX_set_session_cache_mode(context.get(), SSL_SESS_CACHE_OFF);
  return context;
}

// The first certificate is the server's, those behind it lead to the authority.
Done use_certificates(SSL_CTX* context, std::string_view text) {
  const Stream stream = stream_of(text);
  const Paper own(stream ? PEM_read_bio_X509(stream.get(), nullptr, no_passphrase, nullptr)
                         : nullptr);
  if (!own || SSL_CTX_use_certificate(context, own.get()) != 1)
    return refused("the first file has no certificate that can be used");
  while (const Paper next{PEM_read_bio_X509(stream.get(), nullptr, no_passphrase, nullptr)}) {
    if (SSL_CTX_add1_chain_cert(context, next.get()) != 1)
      return refused("the first file has a certificate that cannot be used");
  }
  const unsigned long last = ERR_peek_last_error();
  if (ERR_GET_LIB(last) != ERR_LIB_PEM || ERR_GET_REASON(last) != PEM_R_NO_START_LINE)
    return refused("the first file has a certificate that is damaged");
  ERR_clear_error();
  return {};
}

Done use_key(SSL_CTX* context, std::string_view text) {
  const Stream stream = stream_of(text);
  const Key key(stream ? PEM_read_bio_PrivateKey(stream.get(), nullptr, no_passphrase, nullptr)
                       : nullptr);
  if (!key) return refused("the second file has no private key that can be read");
  if (SSL_CTX_use_PrivateKey(context, key.get()) != 1 || SSL_CTX_check_private_key(context) != 1)
    return refused("they do not belong together");
  return {};
}

tl::expected<std::shared_ptr<TlsIdentity>, std::string> make(std::string_view certificate,
                                                             std::string_view key) {
  ERR_clear_error();
  Context context = make_context();
  if (!context) return refused("OpenSSL cannot be used");
  Done done = use_certificates(context.get(), certificate);
  if (done) done = use_key(context.get(), key);
  if (!done) return tl::unexpected(done.error());
  return std::make_shared<OpensslIdentity>(std::move(context));
}

}  // namespace
}  // namespace dockerhub::server_tls

extern "C" __attribute__((visibility("default")))
const dockerhub::ServerTlsLibrary dh_server_tls_library = {dockerhub::kVersion,
                                                           dockerhub::server_tls::make};
