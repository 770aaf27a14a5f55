#include "tokens/certified_key.hpp"

#include <arpa/inet.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include <array>
#include <cstddef>
#include <stdexcept>
#include <utility>

namespace dockerhub::sandbox {
namespace {

constexpr unsigned kKeyBits = 2048;
constexpr long kHalfLife = 15L * 24 * 60 * 60;  // seconds

using Bio = std::unique_ptr<BIO, decltype(&BIO_free)>;
using Certificate = std::unique_ptr<X509, decltype(&X509_free)>;
using Hashing = std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)>;

// OpenSSL's calls give 1 for success.
void require(bool done) {
  if (!done) throw std::runtime_error("the cryptographic library failed");
}

const unsigned char* bytes_of(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

template <typename Write>
std::string written(Write write) {
  const Bio memory(BIO_new(BIO_s_mem()), &BIO_free);
  require(memory && write(memory.get()) == 1);
  char* text = nullptr;
  const long size = BIO_get_mem_data(memory.get(), &text);
  return {text, static_cast<std::size_t>(size)};
}

bool is_address(const std::string& name) {
  std::array<unsigned char, 16> address{};
  return inet_pton(AF_INET, name.c_str(), address.data()) == 1 ||
         inet_pton(AF_INET6, name.c_str(), address.data()) == 1;
}

void add_extension(X509* certificate, int kind, const std::string& value) {
  X509V3_CTX context;
  X509V3_set_ctx_nodb(&context);
  X509V3_set_ctx(&context, certificate, certificate, nullptr, nullptr, 0);
  const std::unique_ptr<X509_EXTENSION, decltype(&X509_EXTENSION_free)> extension(
      X509V3_EXT_conf_nid(nullptr, &context, kind, value.c_str()), &X509_EXTENSION_free);
  require(extension && X509_add_ext(certificate, extension.get(), -1) == 1);
}

void set_identity(X509* certificate, const std::string& common_name) {
  std::array<unsigned char, 8> serial{};
  require(RAND_bytes(serial.data(), serial.size()) == 1);
  serial[0] &= 0x7FU;  // positive
  const std::unique_ptr<BIGNUM, decltype(&BN_free)> number(
      BN_bin2bn(serial.data(), serial.size(), nullptr), &BN_free);
  require(number &&
          BN_to_ASN1_INTEGER(number.get(), X509_get_serialNumber(certificate)) != nullptr);
  X509_NAME* name = X509_get_subject_name(certificate);
  require(X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_UTF8, bytes_of(common_name),
                                     static_cast<int>(common_name.size()), -1, 0) == 1);
  require(X509_set_issuer_name(certificate, name) == 1);
}

Certificate make_certificate(EVP_PKEY* key, const std::string& common_name,
                             const std::vector<std::string>& names) {
  Certificate certificate(X509_new(), &X509_free);
  require(certificate != nullptr);
  require(X509_set_version(certificate.get(), X509_VERSION_3) == 1);
  set_identity(certificate.get(), common_name);
  require(X509_gmtime_adj(X509_getm_notBefore(certificate.get()), -kHalfLife) != nullptr);
  require(X509_gmtime_adj(X509_getm_notAfter(certificate.get()), kHalfLife) != nullptr);
  require(X509_set_pubkey(certificate.get(), key) == 1);
  add_extension(certificate.get(), NID_basic_constraints, "critical,CA:TRUE");
  std::string alternatives;
  for (const std::string& name : names) {
    if (!alternatives.empty()) alternatives += ',';
    alternatives += (is_address(name) ? "IP:" : "DNS:") + name;
  }
  if (!alternatives.empty()) add_extension(certificate.get(), NID_subject_alt_name, alternatives);
  require(X509_sign(certificate.get(), key, EVP_sha256()) > 0);
  return certificate;
}

}  // namespace

Result<CertifiedKey> CertifiedKey::make(const std::string& common_name,
                                        const std::vector<std::string>& names) {
  try {
    CertifiedKey made;
    made.key_ = std::shared_ptr<EVP_PKEY>(EVP_RSA_gen(kKeyBits), &EVP_PKEY_free);
    require(made.key_ != nullptr);
    auto* key = static_cast<EVP_PKEY*>(made.key_.get());
    const Certificate certificate = make_certificate(key, common_name, names);
    made.key_pem_ = written([&](BIO* to) {
      return PEM_write_bio_PrivateKey(to, key, nullptr, nullptr, 0, nullptr, nullptr);
    });
    made.certificate_pem_ =
        written([&](BIO* to) { return PEM_write_bio_X509(to, certificate.get()); });
    made.certificate_der_ = written([&](BIO* to) { return i2d_X509_bio(to, certificate.get()); });
    return made;
  } catch (const std::exception& exception) {
    Error error;
    error.kind = ErrorKind::configuration;
    error.message =
        "no certificate could be made for '" + visible(common_name) + "': " + exception.what();
    error.hint = "Check the names of the certificate.";
    return Failure(std::move(error));
  }
}

std::string CertifiedKey::sign(std::string_view bytes) const {
  const Hashing hashing(EVP_MD_CTX_new(), &EVP_MD_CTX_free);
  auto* key = static_cast<EVP_PKEY*>(key_.get());
  require(EVP_DigestSignInit(hashing.get(), nullptr, EVP_sha256(), nullptr, key) == 1);
  std::size_t size = 0;
  require(EVP_DigestSign(hashing.get(), nullptr, &size, bytes_of(bytes), bytes.size()) == 1);
  std::string signature(size, '\0');
  require(EVP_DigestSign(hashing.get(), reinterpret_cast<unsigned char*>(signature.data()), &size,
                         bytes_of(bytes), bytes.size()) == 1);
  signature.resize(size);
  return signature;
}

bool CertifiedKey::verify(std::string_view bytes, std::string_view signature) const {
  const Hashing hashing(EVP_MD_CTX_new(), &EVP_MD_CTX_free);
  auto* key = static_cast<EVP_PKEY*>(key_.get());
  require(EVP_DigestVerifyInit(hashing.get(), nullptr, EVP_sha256(), nullptr, key) == 1);
  return EVP_DigestVerify(hashing.get(), bytes_of(signature), signature.size(), bytes_of(bytes),
                          bytes.size()) == 1;
}

}  // namespace dockerhub::sandbox
