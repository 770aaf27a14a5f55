// Whom TLS believes, and what it calls an end.
#include <openssl/x509.h>

#include "client_fixture.hpp"

namespace dockerhub::http {
namespace {

namespace fs = std::filesystem;
using testing::AllOf;
using testing::HasSubstr;

class TlsTest : public ClientFixture {
 protected:
  void trust(const Certificate& certificate) { options_.ca_file = certificate.file(); }
};

TEST_F(TlsTest, CarriesRequestsAndAnswersAndKeepsItsConnection) {
  const Certificate certificate("DNS:localhost,IP:127.0.0.1");
  trust(certificate);
  const std::string body(500'000, 'x');
  ScriptedServer server({ok(body)}, &certificate);
  for (const char* host : {"localhost", "127.0.0.1"}) {
    for (int i = 0; i < 2; ++i) {
      const auto answer = fetch(request(server.url("/", host), "POST", body));
      ASSERT_TRUE(answer) << answer.error().message;
      EXPECT_EQ(answer->body, body);
    }
  }
  EXPECT_EQ(server.connections(), 2);
}

TEST_F(TlsTest, RefusesACertificateForAnotherNameAlsoOnLoopback) {
  const Certificate certificate("DNS:registry.example.com,IP:192.0.2.1");
  trust(certificate);
  ScriptedServer server({ok("hello")}, &certificate);
  for (const char* host : {"localhost", "127.0.0.1"}) {
    const Error error = failure(server.url("/", host));
    EXPECT_EQ(error.kind, ErrorKind::network);
    EXPECT_THAT(error.message, AllOf(HasSubstr(host), HasSubstr("another name")));
  }
  EXPECT_TRUE(server.requests().empty());
}

TEST_F(TlsTest, DoesNotTakeANameForAnAddress) {
  const Certificate certificate("DNS:127.0.0.1");
  trust(certificate);
  ScriptedServer server({ok("hello")}, &certificate);
  EXPECT_THAT(failure(server.url()).message, HasSubstr("another name"));
}

TEST_F(TlsTest, RefusesACertificateThatNobodySigned) {
  const Certificate trusted("IP:127.0.0.1");
  const Certificate other("IP:127.0.0.1");
  trust(trusted);
  options_.max_retries = 3;
  ScriptedServer server({ok("hello")}, &other);
  const Error error = failure(server.url());
  EXPECT_THAT(error.message, HasSubstr("self-signed"));
  EXPECT_THAT(error.hint, HasSubstr("tls.ca_file"));
  EXPECT_EQ(server.connections(), 1) << "a second try would end in the same way";
}

TEST_F(TlsTest, RefusesAnExpiredCertificate) {
  const Certificate certificate("IP:127.0.0.1", -1);
  trust(certificate);
  ScriptedServer server({ok("hello")}, &certificate);
  EXPECT_THAT(failure(server.url()).message, HasSubstr("expired"));
}

TEST_F(TlsTest, DoesNotTrustAnUnknownAuthorityByDefault) {
  const Certificate certificate("IP:127.0.0.1");
  ScriptedServer server({ok("hello")}, &certificate);
  EXPECT_THAT(failure(server.url()).message, HasSubstr("not accepted"));
}

TEST_F(TlsTest, TakesAnyCertificateWhereTheOperatorSaysSo) {
  const Certificate certificate("DNS:registry.example.com", -1);
  options_.verify_tls = false;
  ScriptedServer server({ok("hello")}, &certificate);
  EXPECT_EQ(fetch(server.url())->body, "hello");
}

TEST_F(TlsTest, FindsAuthoritiesInADirectoryByTheirHash) {
  const Certificate certificate("IP:127.0.0.1");
  const TemporaryFolder folder;
  std::unique_ptr<X509_NAME, decltype(&X509_NAME_free)> name(X509_NAME_new(), X509_NAME_free);
  const auto* text = reinterpret_cast<const unsigned char*>("test");
  X509_NAME_add_entry_by_txt(name.get(), "CN", MBSTRING_ASC, text, -1, -1, 0);
  std::array<char, 16> link = {};
  std::snprintf(link.data(), link.size(), "%08lx.0",
                X509_NAME_hash_ex(name.get(), nullptr, nullptr, nullptr));
  fs::create_symlink(certificate.file(), folder.path() / link.data());
  options_.ca_directory = folder.path();
  ScriptedServer server({ok("hello")}, &certificate);
  const auto answer = fetch(server.url());
  ASSERT_TRUE(answer) << answer.error().message;
}

TEST_F(TlsTest, NamesAnAuthorityThatCannotBeRead) {
  const TemporaryFolder folder;
  options_.ca_file = folder.path() / "missing.pem";
  ScriptedServer server({ok("")});
  Url url = server.url();
  url.origin.scheme = "https";
  const Error error = failure(url);
  EXPECT_EQ(error.kind, ErrorKind::configuration);
  EXPECT_THAT(error.message, HasSubstr("missing.pem"));
}

TEST_F(TlsTest, NamesADirectoryWithoutAuthorities) {
  const TemporaryFolder folder;
  options_.ca_directory = folder.path();
  ScriptedServer server({ok("")});
  Url url = server.url();
  url.origin.scheme = "https";
  EXPECT_THAT(failure(url).message, HasSubstr(folder.path().string()));
}

TEST_F(TlsTest, AnEndWithoutItsWordIsNoEnd) {
  const Certificate certificate("IP:127.0.0.1");
  trust(certificate);
  for (const char* head :
       {"HTTP/1.1 200 OK\r\n\r\n", "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n"}) {
    ScriptedServer server(
        [head](Peer& peer) {
          peer.read_request();
          peer.send(head);
          peer.send("hello");
        },
        &certificate);
    const Error error = failure(server.url());
    EXPECT_EQ(error.kind, ErrorKind::network) << head;
  }
}

TEST_F(TlsTest, AnEndWithItsWordIsTheEndOfABodyWithoutLength) {
  const Certificate certificate("IP:127.0.0.1");
  trust(certificate);
  ScriptedServer server(
      [](Peer& peer) {
        peer.read_request();
        peer.send("HTTP/1.1 200 OK\r\n\r\nhello");
        peer.close_notify();
      },
      &certificate);
  const auto answer = fetch(server.url());
  ASSERT_TRUE(answer) << answer.error().message;
  EXPECT_EQ(answer->body, "hello");
}

TEST_F(TlsTest, IsNotSpokenByAPlainServerWhichIsSaid) {
  ScriptedServer server([](Peer& peer) {
    peer.read_some(1);
    peer.send("HTTP/1.1 400 Bad Request\r\n\r\n");
  });
  Url url = server.url();
  url.origin.scheme = "https";
  const Error error = failure(url);
  EXPECT_EQ(error.kind, ErrorKind::network);
  EXPECT_THAT(error.message, HasSubstr("does not speak TLS"));
}

TEST_F(TlsTest, IsFoundOutByAskingTheServer) {
  const Certificate certificate("IP:127.0.0.1");
  ScriptedServer secure({ok("")}, &certificate);
  EXPECT_EQ(client().speaks_tls(secure.url().origin, {}), true);

  // As web servers do, it answers when it has read what could be a request.
  ScriptedServer plain([](Peer& peer) {
    peer.read_head();
    peer.send(status(400));
  });
  EXPECT_EQ(client().speaks_tls(plain.url().origin, {}), false);

  ScriptedServer silent([](Peer& peer) { peer.read_some(1); });
  EXPECT_NE(client().speaks_tls(silent.url().origin, {}), false)
      << "http must not follow from this";
}

TEST_F(TlsTest, StreamsALargeBodyBothWays) {
  const Certificate certificate("IP:127.0.0.1");
  trust(certificate);
  const std::string piece(100'000, 'x');
  ScriptedServer server({ok(piece)}, &certificate);
  Request streamed = request(server.url(), "PUT");
  streamed.body_size = static_cast<std::int64_t>(50 * piece.size());
  auto exchange = client().open(std::move(streamed), {});
  ASSERT_TRUE(exchange) << exchange.error().message;
  for (int i = 0; i < 50; ++i) ASSERT_TRUE((*exchange)->write(piece));
  EXPECT_EQ((*exchange)->finish(), Exchange::Progress::done);
  EXPECT_GT(server.requests().front().size(), 50 * piece.size());
}

}  // namespace
}  // namespace dockerhub::http
