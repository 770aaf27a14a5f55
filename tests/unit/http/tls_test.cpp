// Whom TLS believes, and what it calls an end.
#include <openssl/bio.h>
#include <openssl/conf.h>
#include <openssl/ssl.h>

#include "client_fixture.hpp"

#include <utility>
#include <vector>

namespace dockerhub::http {
namespace {

using testing::AllOf;
using testing::HasSubstr;

using OpenSslContext = std::unique_ptr<SSL_CTX, decltype(&SSL_CTX_free)>;

OpenSslContext usual_context() {
  return OpenSslContext(SSL_CTX_new(TLS_client_method()), SSL_CTX_free);
}

// A system whose openssl.cnf allows old versions of TLS, for as long as this lives.
class LaxSystem {
 public:
  LaxSystem() { configure(0); }
  LaxSystem(const LaxSystem&) = delete;
  LaxSystem& operator=(const LaxSystem&) = delete;
  ~LaxSystem() { configure(usual_level_); }

 private:
  void configure(int level) {
    const auto file = folder_.write("openssl.cnf",
                                    "openssl_conf = all\n"
                                    "[all]\nssl_conf = programs\n"
                                    "[programs]\nsystem_default = every_program\n"
                                    "[every_program]\nMinProtocol = TLSv1\n"
                                    "CipherString = DEFAULT:@SECLEVEL=" +
                                        std::to_string(level) + "\n");
    EXPECT_EQ(CONF_modules_load_file(file.c_str(), nullptr, 0), 1);
  }

  TemporaryFolder folder_;
  // The first context also makes OpenSSL read the real file, which it does once.
  int usual_level_ = SSL_CTX_get_security_level(usual_context().get());
};

// What OpenSSL itself agrees on with a server at that port; empty: nothing.
std::string agreed_version(std::uint16_t port) {
  const OpenSslContext context = usual_context();
  const std::unique_ptr<BIO, decltype(&BIO_free_all)> connection(BIO_new_ssl_connect(context.get()),
                                                                 BIO_free_all);
  const std::string address = "127.0.0.1:" + std::to_string(port);
  BIO_set_conn_hostname(connection.get(), address.c_str());
  if (BIO_do_handshake(connection.get()) != 1) return {};
  SSL* tls = nullptr;
  BIO_get_ssl(connection.get(), &tls);
  return SSL_get_version(tls);
}

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

TEST_F(TlsTest, RefusesTls11AlsoWhereTheSystemAllowsIt) {
  const LaxSystem system;
  const Certificate certificate("IP:127.0.0.1");
  trust(certificate);
  ScriptedServer server({ok("hello")}, &certificate);
  server.speak_only(TLS1_1_VERSION);
  ASSERT_EQ(agreed_version(server.port()), "TLSv1.1") << "nothing else stands in the way";
  const Error error = failure(server.url());
  EXPECT_EQ(error.kind, ErrorKind::network);
  EXPECT_THAT(error.message,
              AllOf(HasSubstr("no TLS connection with 127.0.0.1"), HasSubstr("protocol version")));
  EXPECT_TRUE(server.requests().empty());
}

TEST_F(TlsTest, SpeaksTls12WithAServerThatKnowsNoNewerOne) {
  const Certificate certificate("IP:127.0.0.1");
  trust(certificate);
  ScriptedServer server({ok("hello")}, &certificate);
  server.speak_only(TLS1_2_VERSION);
  const auto answer = fetch(server.url());
  ASSERT_TRUE(answer) << answer.error().message;
  EXPECT_EQ(answer->body, "hello");
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
  certificate.link_into(folder.path());
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

// The client may see the alert, or only the end after it.
TEST_F(TlsTest, SaysThatAServerClosedTheConnectionInTheHandshake) {
  constexpr std::string_view kCloseNotify("\x15\x03\x03\x00\x02\x01\x00", 7);
  const std::vector<std::pair<std::string, ScriptedServer::Handler>> ends = {
      {"an alert and the end",
       [kCloseNotify](Peer& peer) {
         peer.read_some(4096);
         peer.send(kCloseNotify);
       }},
      {"the end", [](Peer& peer) { peer.read_some(4096); }},
      {"a reset",
       [](Peer& peer) {
         peer.read_some(4096);
         peer.reset_at_end();
       }},
  };
  for (const auto& [name, end] : ends) {
    ScriptedServer server(end);
    Url url = server.url();
    url.origin.scheme = "https";
    const Error error = failure(url);
    EXPECT_EQ(error.kind, ErrorKind::network) << name;
    EXPECT_THAT(error.message, HasSubstr("closed the connection during the TLS handshake")) << name;
  }
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

TEST_F(TlsTest, AResetInTheMiddleOfABodyThatIsSentIsAnErrorOfTheNetwork) {
  const Certificate certificate("IP:127.0.0.1");
  trust(certificate);
  ScriptedServer server(
      [](Peer& peer) {
        peer.read_head();
        peer.reset_at_end();
      },
      &certificate);
  // More than the system takes for a peer that reads none of it.
  const Error error =
      failure(request(server.url(), "POST", std::string(std::size_t{32} * 1024 * 1024, 'x')));
  EXPECT_EQ(error.kind, ErrorKind::network);
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
