#include "server/tls.hpp"

#include <Poco/Crypto/EVPPKey.h>
#include <Poco/Crypto/X509Certificate.h>
#include <Poco/Exception.h>

#include <sstream>
#include <utility>

#include "server/tls_context.hpp"

namespace dockerhub::sandbox {
namespace {

Failure tls_error(const Poco::Exception& exception) {
  Error error;
  error.kind = ErrorKind::configuration;
  error.message = "TLS cannot be set up: " + visible(exception.displayText());
  error.hint = "Give a certificate and its key, both as PEM files that you may read.";
  return Failure(std::move(error));
}

Poco::Net::Context::Ptr server_context(const std::string& certificate, const std::string& key) {
  using Poco::Net::Context;
  Context::Ptr context(
      new Context(Context::TLS_SERVER_USE, key, certificate, "", Context::VERIFY_NONE));
  context->requireMinimumProtocol(Context::PROTO_TLSV1_2);
  return context;
}

}  // namespace

Result<Tls> Tls::from_files(const std::string& certificate, const std::string& key) {
  try {
    return Tls(std::make_shared<Context>(Context{server_context(certificate, key)}));
  } catch (const Poco::Exception& exception) {
    return tls_error(exception);
  }
}

Result<Tls> Tls::from_key(const CertifiedKey& key) {
  try {
    Poco::Net::Context::Ptr context = server_context("", "");
    std::istringstream certificate_text(key.certificate_pem());
    context->useCertificate(Poco::Crypto::X509Certificate(certificate_text));
    std::istringstream key_text(key.key_pem());
    context->usePrivateKey(Poco::Crypto::EVPPKey(nullptr, &key_text));
    return Tls(std::make_shared<Context>(Context{context}));
  } catch (const Poco::Exception& exception) {
    return tls_error(exception);
  }
}

}  // namespace dockerhub::sandbox
