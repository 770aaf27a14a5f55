#include "certificate.hpp"

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include <array>
#include <cstdio>
#include <memory>
#include <stdexcept>

namespace dockerhub::http {
namespace {

using Key = std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)>;
using Paper = std::unique_ptr<X509, decltype(&X509_free)>;
using Name = std::unique_ptr<X509_NAME, decltype(&X509_NAME_free)>;
using File = std::unique_ptr<std::FILE, decltype(&std::fclose)>;

void require(bool done, const char* what) {
  if (!done) throw std::runtime_error(what);
}

void add_extension(X509* paper, int kind, const std::string& text) {
  X509V3_CTX context;
  X509V3_set_ctx_nodb(&context);
  X509V3_set_ctx(&context, paper, paper, nullptr, nullptr, 0);
  X509_EXTENSION* extension = X509V3_EXT_conf_nid(nullptr, &context, kind, text.c_str());
  require(extension != nullptr, "certificate extension");
  X509_add_ext(paper, extension, -1);
  X509_EXTENSION_free(extension);
}

// All have the same subject.
void fill_in(X509_NAME* name) {
  const auto* text = reinterpret_cast<const unsigned char*>("test");
  X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC, text, -1, -1, 0);
}

Paper sign(EVP_PKEY* key, const std::string& names, int days) {
  constexpr long kDay = 24 * 3600;
  Paper paper(X509_new(), X509_free);
  X509_set_version(paper.get(), X509_VERSION_3);
  ASN1_INTEGER_set(X509_get_serialNumber(paper.get()), 1);
  X509_gmtime_adj(X509_getm_notBefore(paper.get()), -2 * kDay);
  X509_gmtime_adj(X509_getm_notAfter(paper.get()), days * kDay);
  X509_set_pubkey(paper.get(), key);
  X509_NAME* name = X509_get_subject_name(paper.get());
  fill_in(name);
  X509_set_issuer_name(paper.get(), name);
  add_extension(paper.get(), NID_basic_constraints, "critical,CA:TRUE");
  add_extension(paper.get(), NID_subject_alt_name, names);
  require(X509_sign(paper.get(), key, EVP_sha256()) > 0, "signature");
  return paper;
}

}  // namespace

Certificate::Certificate(const std::string& names, int days) {
  const Key key(EVP_EC_gen("P-256"), EVP_PKEY_free);
  require(key != nullptr, "key");
  const Paper paper = sign(key.get(), names, days);
  const File certificate(std::fopen(file_.c_str(), "we"), std::fclose);
  require(PEM_write_X509(certificate.get(), paper.get()) == 1, "certificate file");
  const File key_file(std::fopen(key_file_.c_str(), "we"), std::fclose);
  require(
      PEM_write_PrivateKey(key_file.get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr) == 1,
      "key file");
}

void Certificate::link_into(const std::filesystem::path& directory) const {
  const Name name(X509_NAME_new(), X509_NAME_free);
  fill_in(name.get());
  std::array<char, 16> link = {};
  std::snprintf(link.data(), link.size(), "%08lx.0",
                X509_NAME_hash_ex(name.get(), nullptr, nullptr, nullptr));
  std::filesystem::create_symlink(file_, directory / link.data());
}

}  // namespace dockerhub::http
