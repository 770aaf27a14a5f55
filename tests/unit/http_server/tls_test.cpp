// The server with TLS.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <sys/stat.h>

#include <fstream>
#include <memory>
#include <mutex>
#include <sstream>

#include "../http/certificate.hpp"
#include "../temporary_folder.hpp"
#include "running_server.hpp"
#include "tls_client.hpp"

namespace dockerhub::web {
namespace {

using http::Certificate;

std::string text_of(const std::filesystem::path& file) {
  std::ostringstream text;
  text << std::ifstream(file).rdbuf();
  return text.str();
}

// The key as `openssl pkey -aes256` writes it.
std::string locked(const std::filesystem::path& key_file) {
  using Stream = std::unique_ptr<BIO, decltype(&BIO_free)>;
  const Stream in(BIO_new_file(key_file.c_str(), "r"), BIO_free);
  const std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> key(
      PEM_read_bio_PrivateKey(in.get(), nullptr, nullptr, nullptr), EVP_PKEY_free);
  const Stream out(BIO_new(BIO_s_mem()), BIO_free);
  std::string passphrase = "passphrase";
  EXPECT_EQ(
      PEM_write_bio_PKCS8PrivateKey(out.get(), key.get(), EVP_aes_256_cbc(), passphrase.data(),
                                    static_cast<int>(passphrase.size()), nullptr, nullptr),
      1);
  char* text = nullptr;
  const long size = BIO_get_mem_data(out.get(), &text);
  return {text, static_cast<std::size_t>(size)};
}

// A certificate with a key that is too short for any level of security.
std::string weak_certificate() {
  const std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> key(EVP_RSA_gen(512), EVP_PKEY_free);
  const std::unique_ptr<X509, decltype(&X509_free)> paper(X509_new(), X509_free);
  X509_gmtime_adj(X509_getm_notBefore(paper.get()), 0);
  X509_gmtime_adj(X509_getm_notAfter(paper.get()), 3600);
  X509_set_pubkey(paper.get(), key.get());
  EXPECT_GT(X509_sign(paper.get(), key.get(), EVP_sha256()), 0);
  const std::unique_ptr<BIO, decltype(&BIO_free)> out(BIO_new(BIO_s_mem()), BIO_free);
  EXPECT_EQ(PEM_write_bio_X509(out.get(), paper.get()), 1);
  char* text = nullptr;
  const long size = BIO_get_mem_data(out.get(), &text);
  return {text, static_cast<std::size_t>(size)};
}

class TlsServer : public testing::Test {
 protected:
  TlsServer() { use(first_, first_); }

  void use(const Certificate& certificate, const Certificate& key) const {
    put("certificate.pem", text_of(certificate.file()));
    put("key.pem", text_of(key.key_file()));
  }
  // As programs that renew certificates do it: a new file takes the place of the old one.
  void put(const std::string& name, const std::string& text) const {
    std::filesystem::rename(folder_.write("new", text), folder_.path() / name);
  }

  Result<std::unique_ptr<ServerTls>> make() {
    return ServerTls::create({folder_.path() / "certificate.pem", folder_.path() / "key.pem"},
                             [this](const Error& error) {
                               const std::lock_guard lock(mutex_);
                               warnings_.push_back(error.message);
                             });
  }
  std::unique_ptr<ServerTls> tls() {
    auto made = make();
    EXPECT_TRUE(made) << made.error().message;
    return std::move(*made);
  }
  std::vector<std::string> warnings() {
    const std::lock_guard lock(mutex_);
    return warnings_;
  }
  bool serves(const Running& running, const Certificate& certificate) {
    return TlsClient(running.port(), certificate.file()).connected();
  }

  const Certificate first_{"IP:127.0.0.1"};
  const Certificate second_{"IP:127.0.0.1"};
  TemporaryFolder folder_;
  std::mutex mutex_;
  std::vector<std::string> warnings_;
};

TEST_F(TlsServer, AnswersOneRequestAfterTheOther) {
  Running running(echo, {}, tls());
  TlsClient client(running.port(), first_.file());
  ASSERT_TRUE(client.connected());
  EXPECT_EQ(client.version(), "TLSv1.3");
  for (int round = 0; round < 3; ++round) {
    client.say(kGet);
    EXPECT_EQ(client.read_until("/a ").find("HTTP/1.1 200 OK\r\n"), 0U);
    client.forget();
  }
}

TEST_F(TlsServer, CarriesBodiesOfManyRecordsBothWays) {
  Running running(echo, {}, tls());
  TlsClient client(running.port(), first_.file());
  ASSERT_TRUE(client.connected());
  const std::string body = std::string(std::size_t{1024} * 1024, 'x') + "!";
  client.say("POST /b HTTP/1.1\r\nHost: x\r\nContent-Length: " + std::to_string(body.size()) +
             "\r\n\r\n" + body);
  EXPECT_NE(client.read_until("!").find("\r\n\r\n/b " + body), std::string::npos);
}

TEST_F(TlsServer, SaysThatItEnds) {
  Running running(echo, {}, tls());
  TlsClient client(running.port(), first_.file());
  client.say("GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
  EXPECT_EQ(client.read_all().find("HTTP/1.1 200 OK\r\n"), 0U);
  EXPECT_TRUE(client.told_end());
}

TEST_F(TlsServer, SpeaksNothingOlderThan12) {
  Running running(echo, {}, tls());
  EXPECT_FALSE(TlsClient(running.port(), first_.file(), TLS1_1_VERSION).connected());
  TlsClient client(running.port(), first_.file(), TLS1_2_VERSION);
  EXPECT_TRUE(client.connected());
  EXPECT_EQ(client.version(), "TLSv1.2");
  EXPECT_EQ(running.server().metrics().handshakes_failed, 1U);
}

TEST_F(TlsServer, EndsConnectionsThatDoNotSpeakTls) {
  Running running(echo, {}, tls());
  Client client(running.port());
  client.say(kGet);
  EXPECT_EQ(client.read_all().find("HTTP/"), std::string::npos);
  EXPECT_TRUE(client.ended());
  EXPECT_TRUE(serves(running, first_));
}

TEST_F(TlsServer, AHandshakeThatDoesNotGoOnIsGivenUp) {
  Limits limits;
  limits.head_time = std::chrono::milliseconds(50);
  Running running(echo, limits, tls());
  Client silent(running.port());
  silent.read_all();
  EXPECT_TRUE(silent.ended());
  EXPECT_EQ(running.server().metrics().timed_out, 1U);
}

TEST_F(TlsServer, ManyUnfinishedHandshakesHoldNobodyUp) {
  Running running(echo, {}, tls());
  std::vector<std::unique_ptr<Client>> others;
  for (int count = 0; count < 200; ++count) {
    others.push_back(std::make_unique<Client>(running.port()));
    others.back()->say(std::string_view("\x16\x03\x01", 3));
  }
  TlsClient client(running.port(), first_.file());
  ASSERT_TRUE(client.connected());
  client.say(kGet);
  EXPECT_EQ(client.read_until("/a ").find("HTTP/1.1 200 "), 0U);
}

TEST_F(TlsServer, TakesChangedFilesAndKeepsOpenConnections) {
  Running running(echo, {}, tls());
  TlsClient before(running.port(), first_.file());
  ASSERT_TRUE(before.connected());
  use(second_, second_);
  EXPECT_TRUE(serves(running, second_));
  EXPECT_FALSE(serves(running, first_));
  before.say(kGet);
  EXPECT_EQ(before.read_until("/a ").find("HTTP/1.1 200 "), 0U);
  EXPECT_TRUE(warnings().empty());
}

TEST_F(TlsServer, APairThatDoesNotFitLeavesTheOldOneInUse) {
  Running running(echo, {}, tls());
  use(second_, first_);
  EXPECT_TRUE(serves(running, first_));
  EXPECT_TRUE(serves(running, first_));
  EXPECT_THAT(warnings(), testing::ElementsAre(testing::HasSubstr("cannot be used")));
  use(second_, second_);
  EXPECT_TRUE(serves(running, second_));
}

TEST_F(TlsServer, FilesThatVanishLeaveTheOldOneInUse) {
  Running running(echo, {}, tls());
  std::filesystem::remove(folder_.path() / "key.pem");
  EXPECT_TRUE(serves(running, first_));
  EXPECT_EQ(warnings().size(), 1U);
}

TEST_F(TlsServer, RefusesAKeyThatOthersCanRead) {
  chmod((folder_.path() / "key.pem").c_str(), 0640);
  const auto made = make();
  ASSERT_FALSE(made);
  EXPECT_EQ(made.error().kind, ErrorKind::configuration);
  EXPECT_THAT(made.error().message, testing::HasSubstr("is not yours alone"));
}

TEST_F(TlsServer, RefusesFilesThatAreNoPair) {
  use(first_, second_);
  EXPECT_FALSE(make());
  folder_.write("certificate.pem", "nothing\n");
  EXPECT_FALSE(make());
  use(first_, first_);
  folder_.write("key.pem", "");
  EXPECT_FALSE(make());
  folder_.write("certificate.pem", text_of(first_.file()) + "-----BEGIN CERTIFICATE-----\nAA\n");
  folder_.write("key.pem", text_of(first_.key_file()));
  EXPECT_FALSE(make());
}

TEST_F(TlsServer, RefusesAChainWithACertificateThatIsTooWeak) {
  folder_.write("certificate.pem", text_of(first_.file()) + weak_certificate());
  const auto made = make();
  ASSERT_FALSE(made);
  EXPECT_THAT(made.error().message, testing::HasSubstr("a certificate that cannot be used"));
}

TEST_F(TlsServer, RefusesAKeyWithAPassphraseInsteadOfAskingForIt) {
  folder_.write("key.pem", locked(first_.key_file()));
  const auto made = make();
  ASSERT_FALSE(made);
  EXPECT_EQ(made.error().kind, ErrorKind::configuration);
  EXPECT_THAT(made.error().message, testing::HasSubstr("no private key that can be read"));
}

}  // namespace
}  // namespace dockerhub::web
