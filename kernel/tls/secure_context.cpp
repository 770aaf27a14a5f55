#include "secure_context.hpp"

#include <Poco/Exception.h>
#include <Poco/Net/NetException.h>
#include <Poco/Net/SSLException.h>
#include <Poco/Net/SecureStreamSocket.h>
#include <arpa/inet.h>
#include <netinet/in.h>
#include <openssl/err.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include <array>
#include <cerrno>
#include <string_view>

#include "poco_stream.hpp"
#include "trust_store.hpp"

namespace dockerhub::http {
namespace {

using Poco::Net::Context;

// Why the last certificate that this thread looked at was not accepted. OpenSSL tells it to a function
// without any place for our own data, on the thread that makes the handshake.
thread_local int last_verification = X509_V_OK;

int remember_verification(int accepted, X509_STORE_CTX* store) {
  if (accepted == 0) last_verification = X509_STORE_CTX_get_error(store);
  return accepted;
}

bool is_address(const std::string& host) {
  std::array<unsigned char, sizeof(in6_addr)> address = {};
  return ::inet_pton(AF_INET, host.c_str(), address.data()) == 1 ||
         ::inet_pton(AF_INET6, host.c_str(), address.data()) == 1;
}

// RFC 6125: names in the list of names only, addresses in that of addresses.
bool is_for(const X509* certificate, const std::string& host) {
  auto* paper = const_cast<X509*>(certificate);
  if (is_address(host)) return X509_check_ip_asc(paper, host.c_str(), 0) == 1;
  constexpr unsigned kStrict =
      X509_CHECK_FLAG_NEVER_CHECK_SUBJECT | X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS;
  return X509_check_host(paper, host.data(), host.size(), kStrict, nullptr) == 1;
}

tl::unexpected<ConnectFailure> refuse(std::string message, std::string hint, bool may_pass) {
  Error error;
  error.kind = ErrorKind::network;
  error.message = std::move(message);
  error.hint = std::move(hint);
  return no_connection(std::move(error), may_pass);
}

tl::unexpected<ConnectFailure> not_accepted(const std::string& host, const std::string& reason) {
  return refuse("the certificate of " + host + " is not accepted: " + reason,
                "If the server is yours and has a certificate authority of its own, name that in "
                "tls.ca_file; otherwise somebody else may be answering in its place.",
                false);
}

tl::unexpected<ConnectFailure> closed_early(const std::string& host) {
  return refuse(host + " closed the connection during the TLS handshake", "Try again.", true);
}

bool is_end(const Poco::Exception& thrown, std::string_view words) {
  using Poco::Net::ConnectionResetException;
  using Poco::Net::SSLConnectionUnexpectedlyClosedException;
  return words.find("unexpected eof") != std::string_view::npos || thrown.code() == EPIPE ||
         dynamic_cast<const ConnectionResetException*>(&thrown) != nullptr ||
         dynamic_cast<const SSLConnectionUnexpectedlyClosedException*>(&thrown) != nullptr;
}

tl::unexpected<ConnectFailure> explain(const std::string& host, const Poco::Exception& thrown) {
  if (last_verification != X509_V_OK)
    return not_accepted(host, X509_verify_cert_error_string(last_verification));
  const std::string words = thrown.displayText();
  if (is_end(thrown, words)) return closed_early(host);
  if (words.find("wrong version number") != std::string::npos ||
      words.find("packet length too long") != std::string::npos)
    return refuse(host + " does not speak TLS there", "Is the URL meant to begin with http://?",
                  false);
  return refuse("no TLS connection with " + host + ": " + words, "Try again.", true);
}

}  // namespace

Connecting<std::unique_ptr<SecureStream>> SecureContext::secure(WaitingSocket& plain,
                                                                const std::string& host) {
  last_verification = X509_V_OK;
  ERR_clear_error();
  try {
    const auto below = poco_socket(plain);
    // Without a name Poco sends no SNI, which has to be a name.
    auto secured = is_address(host) ? Poco::Net::SecureStreamSocket::attach(below, context_)
                                    : Poco::Net::SecureStreamSocket::attach(below, host, context_);
    if (secured.completeHandshake() <= 0) return closed_early(host);
    if (verify_ && !is_for(secured.peerCertificate().certificate(), host))
      return not_accepted(host, "it is for another name");
    return make_secure_stream(secured);
  } catch (const Poco::Exception& thrown) {
    return explain(host, thrown);
  }
}

Result<std::unique_ptr<TlsContext>> make_secure_context(const TlsOptions& options) {
  constexpr std::array<unsigned char, 9> kHttp11 = {8, 'h', 't', 't', 'p', '/', '1', '.', '1'};
  try {
    Context::Params params;
    params.verificationMode = options.verify ? Context::VERIFY_STRICT : Context::VERIFY_NONE;
    params.cipherList = "DEFAULT";
    Context::Ptr context(new Context(Context::TLS_CLIENT_USE, params));
    // Of an attached socket Poco checks the name or not, as the handshake goes, and takes a name for an
    // address; secure() checks it always.
    context->enableExtendedCertificateVerification(false);
    context->requireMinimumProtocol(Context::PROTO_TLSV1_2);
    SSL_CTX* raw = context->sslContext();
    SSL_CTX_set_verify(raw, params.verificationMode, remember_verification);
    SSL_CTX_clear_options(raw, SSL_OP_IGNORE_UNEXPECTED_EOF);
    // A token that came is not left in a buffer that nobody reads again.
    SSL_CTX_set_options(raw, SSL_OP_CLEANSE_PLAINTEXT);
    // A write that was given up because the peer spoke first is begun again with what is left.
    SSL_CTX_set_mode(raw, SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER |
                              SSL_MODE_RELEASE_BUFFERS);
    SSL_CTX_set_alpn_protos(raw, kHttp11.data(), kHttp11.size());
    if (options.verify) {
      if (auto loaded = load_trust(raw, options); !loaded) return Failure(loaded.error());
    }
    return std::make_unique<SecureContext>(context, options.verify);
  } catch (const Poco::Exception& thrown) {
    Error error;
    error.kind = ErrorKind::configuration;
    error.message = "TLS cannot be set up: " + thrown.displayText();
    error.hint = "Check OpenSSL's configuration (openssl version -d names its folder).";
    return Failure(std::move(error));
  }
}

}  // namespace dockerhub::http
