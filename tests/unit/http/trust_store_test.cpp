// Which authorities are trusted: those that are named, else the system's, from the first of its
// places that has any.
#include "trust_store.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <openssl/bio.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

#include <memory>

#include "certificate.hpp"

namespace dockerhub::http {
namespace {

using testing::HasSubstr;

class TrustStoreTest : public testing::Test {
 protected:
  // What was loaded before is forgotten.
  Result<void> load(const TlsOptions& options = {}) {
    context_.reset(SSL_CTX_new(TLS_client_method()));
    return load_trust(context_.get(), options, system_);
  }

  bool trusts(const Certificate& certificate) const {
    const std::unique_ptr<BIO, decltype(&BIO_free)> file(
        BIO_new_file(certificate.file().c_str(), "r"), BIO_free);
    const std::unique_ptr<X509, decltype(&X509_free)> paper(
        PEM_read_bio_X509(file.get(), nullptr, nullptr, nullptr), X509_free);
    const std::unique_ptr<X509_STORE_CTX, decltype(&X509_STORE_CTX_free)> check(
        X509_STORE_CTX_new(), X509_STORE_CTX_free);
    X509_STORE_CTX_init(check.get(), SSL_CTX_get_cert_store(context_.get()), paper.get(), nullptr);
    return X509_verify_cert(check.get()) == 1;
  }

  std::string missing() const { return (folder_.path() / "missing").string(); }

  TemporaryFolder folder_;
  TrustPlaces system_ = {.directories = {}, .bundles = {}};
  const Certificate first_{"IP:127.0.0.1"}, second_{"IP:127.0.0.1"};

 private:
  std::unique_ptr<SSL_CTX, decltype(&SSL_CTX_free)> context_{nullptr, SSL_CTX_free};
};

TEST_F(TrustStoreTest, PrefersADirectoryWithLinksToABundle) {
  first_.link_into(folder_.path());
  system_.directories = {folder_.path().string()};
  system_.bundles = {second_.file().string()};
  ASSERT_TRUE(load());
  EXPECT_TRUE(trusts(first_));
  EXPECT_FALSE(trusts(second_));
}

TEST_F(TrustStoreTest, TakesTheBundleWhereTheDirectoryIsAbsentOrHasNoLinks) {
  const TemporaryFolder empty;
  folder_.write("ca-certificates.crt", "as of a system where nobody ran openssl rehash");
  system_.bundles = {second_.file().string()};
  for (const std::string& directory : {missing(), empty.path().string(), folder_.path().string()}) {
    system_.directories = {directory};
    ASSERT_TRUE(load()) << directory;
    EXPECT_TRUE(trusts(second_)) << directory;
    EXPECT_FALSE(trusts(first_)) << directory;
  }
}

TEST_F(TrustStoreTest, TakesTheFirstDirectoryWithLinks) {
  const TemporaryFolder other;
  first_.link_into(folder_.path());
  second_.link_into(other.path());
  system_.directories = {missing(), folder_.path().string(), other.path().string()};
  ASSERT_TRUE(load());
  EXPECT_TRUE(trusts(first_));
  EXPECT_FALSE(trusts(second_));
}

TEST_F(TrustStoreTest, TakesTheFirstBundleThatCanBeRead) {
  const std::string broken = folder_.write("broken.pem", "no certificate").string();
  system_.bundles = {missing(), broken, first_.file().string(), second_.file().string()};
  ASSERT_TRUE(load());
  EXPECT_TRUE(trusts(first_));
  EXPECT_FALSE(trusts(second_));
}

TEST_F(TrustStoreTest, SaysWhatToInstallWhereASystemHasNone) {
  system_.directories = {missing(), folder_.path().string()};
  system_.bundles = {missing()};
  const auto loaded = load();
  ASSERT_FALSE(loaded);
  EXPECT_EQ(loaded.error().kind, ErrorKind::configuration);
  EXPECT_THAT(loaded.error().message, HasSubstr("none found"));
  EXPECT_THAT(loaded.error().hint, HasSubstr("ca-certificates"));
}

TEST_F(TrustStoreTest, DoesNotTrustTheSystemsWhereOthersAreNamed) {
  first_.link_into(folder_.path());
  system_.directories = {folder_.path().string()};
  system_.bundles = {first_.file().string()};
  TlsOptions named;
  named.ca_file = second_.file();
  ASSERT_TRUE(load(named));
  EXPECT_TRUE(trusts(second_));
  EXPECT_FALSE(trusts(first_));
}

}  // namespace
}  // namespace dockerhub::http
