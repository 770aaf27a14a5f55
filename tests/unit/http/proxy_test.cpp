// Requests through a proxy: what it is told, what it is not, and what becomes of its mistakes.
#include "http/proxy.hpp"

#include <thread>

#include "client_fixture.hpp"

namespace dockerhub::http {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;
using namespace std::chrono_literals;

constexpr const char* kEstablished = "HTTP/1.1 200 Connection established\r\n\r\n";
constexpr const char* kLoginField = "Proxy-Authorization: Basic cHJveHk6Y2FuYXJ5\r\n";

// No name below .test is known to any name server (RFC 6761 6.2): who asks one has failed.
class ProxyTest : public ClientFixture {
 protected:
  void use(const ScriptedServer& proxy, bool with_login = false) {
    Proxy used{proxy.url().origin, nullptr, "http.https_proxy"};
    if (with_login) {
      used.authorization = SecretBook::with_scheme("Basic", book_.learn("cHJveHk6Y2FuYXJ5"));
    }
    options_.proxies = {used, used, NoProxy("direct.test")};
  }

  // Leads every tunnel to that server, whatever host was named.
  static ScriptedServer::Handler tunnel_to(const ScriptedServer& server, ScriptedServer*& self) {
    return [&server, &self](Peer& peer) {
      self->journal(peer.read_head());
      if (peer.send(kEstablished)) peer.relay(server.port());
    };
  }

  Request with_secret(const std::string& url, const std::string& method = "GET") {
    Request made = request(parse_url(url).value(), method);
    made.authorization = std::make_shared<const Secret>(book_.make("Bearer hidden"));
    return made;
  }

  // The error of a tunnel through a proxy that says this to CONNECT.
  Error refusal(const std::string& answer) {
    ScriptedServer proxy({answer});
    use(proxy, true);
    const Error error = failure(with_secret("https://registry.test/"));
    EXPECT_EQ(proxy.requests().size(), 1U);
    return error;
  }

  SecretBook book_;
};

class TunnelTest : public ProxyTest {
 protected:
  TunnelTest() { options_.ca_file = certificate_.file(); }

  Certificate certificate_{"DNS:registry.test"};
};

TEST_F(TunnelTest, CarriesTlsToAHostWhoseNameTheProxyLooksUp) {
  ScriptedServer server({ok("hello")}, &certificate_);
  ScriptedServer* self = nullptr;
  ScriptedServer proxy(tunnel_to(server, self));
  self = &proxy;
  use(proxy, true);
  for (int i = 0; i < 2; ++i) {
    const auto answer = fetch(with_secret("https://registry.test/v2/?x=1"));
    ASSERT_TRUE(answer) << answer.error().message;
    EXPECT_EQ(answer->body, "hello");
    EXPECT_FALSE(answer->response.is_private);
  }
  EXPECT_THAT(proxy.requests(),
              ElementsAre(AllOf(StartsWith("CONNECT registry.test:443 HTTP/1.1\r\n"
                                           "Host: registry.test:443\r\n"),
                                HasSubstr(kLoginField), Not(HasSubstr("hidden")))));
  EXPECT_THAT(server.requests().front(),
              AllOf(StartsWith("GET /v2/?x=1 HTTP/1.1\r\nHost: registry.test\r\n"),
                    HasSubstr("Authorization: Bearer hidden\r\n"), Not(HasSubstr("Proxy-"))));
}

TEST_F(TunnelTest, ChecksTheCertificateForTheHostAndNotForTheProxy) {
  ScriptedServer server({ok("hello")}, &certificate_);
  ScriptedServer* self = nullptr;
  ScriptedServer proxy(tunnel_to(server, self));
  self = &proxy;
  use(proxy);
  const Error error = failure(with_secret("https://other.test/"));
  EXPECT_THAT(error.message, AllOf(HasSubstr("other.test"), HasSubstr("another name")));
  EXPECT_TRUE(server.requests().empty());
}

TEST_F(TunnelTest, ThatBreaksWithinAnAnswerGivesNoAnswer) {
  ScriptedServer server(
      [](Peer& peer) {
        peer.read_request();
        peer.send("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhello");
      },
      &certificate_);
  ScriptedServer* self = nullptr;
  ScriptedServer proxy(tunnel_to(server, self));
  self = &proxy;
  use(proxy);
  EXPECT_EQ(failure(with_secret("https://registry.test/")).kind, ErrorKind::network);
}

TEST_F(TunnelTest, ThatEndsBeforeTlsIsAConnectionThatFailed) {
  ScriptedServer proxy([](Peer& peer) {
    peer.read_head();
    peer.send(kEstablished);
  });
  use(proxy);
  options_.max_retries = 1;
  const Error error = failure(with_secret("https://registry.test/", "POST"));
  EXPECT_EQ(error.kind, ErrorKind::network);
  EXPECT_EQ(proxy.connections(), 2) << "nothing was sent to the host, so it may be tried again";
}

TEST_F(TunnelTest, TimeOfTheHandshakeWithinItIsThatOfTheConnection) {
  options_.connect_timeout = 200ms;
  ScriptedServer proxy([](Peer& peer) {
    peer.read_head();
    peer.send(kEstablished);
    peer.wait_for_end();
  });
  use(proxy);
  const Error error = failure(with_secret("https://registry.test/"));
  EXPECT_EQ(error.kind, ErrorKind::timeout);
  EXPECT_THAT(error.message, HasSubstr("no connection was made within 200 ms"));
}

TEST_F(ProxyTest, ThatSaysNothingToConnectIsWaitedForNoLongerThanForAConnection) {
  options_.connect_timeout = 200ms;
  ScriptedServer proxy([](Peer& peer) { peer.wait_for_end(); });
  use(proxy);
  const Error error = failure(with_secret("https://registry.test/"));
  EXPECT_EQ(error.kind, ErrorKind::timeout);
}

TEST_F(ProxyTest, ThatSaysNothingToConnectIsLeftWhenTheCallIsCancelled) {
  ScriptedServer* self = nullptr;
  ScriptedServer proxy([&self](Peer& peer) {
    peer.read_head();
    self->arrive();
    peer.wait_for_end();
  });
  self = &proxy;
  use(proxy);
  std::stop_source stop;
  std::thread stopper([&] {
    proxy.await(1);
    stop.request_stop();
  });
  Control control;
  control.stop = stop.get_token();
  EXPECT_EQ(failure(with_secret("https://registry.test/"), control).kind, ErrorKind::cancelled);
  stopper.join();
}

TEST_F(ProxyTest, ThatRefusesATunnelIsNamedWithItsStatus) {
  const Error error = refusal(status(403));
  EXPECT_EQ(error.kind, ErrorKind::network);
  EXPECT_THAT(error.message,
              AllOf(HasSubstr("the proxy 127.0.0.1:"), HasSubstr("registry.test:443: HTTP 403")));
  EXPECT_THAT(error.hint, HasSubstr("NO_PROXY"));
}

TEST_F(ProxyTest, ThatWantsALoginIsToldFromAServerThatWantsOne) {
  options_.max_retries = 3;
  const Error error = refusal(status(407, "Proxy-Authenticate: Basic realm=x\r\n"));
  EXPECT_EQ(error.kind, ErrorKind::network);
  EXPECT_THAT(error.message, AllOf(HasSubstr("the proxy"), HasSubstr("407")));
  EXPECT_THAT(error.hint, HasSubstr("http.https_proxy"));
  EXPECT_THAT(error.message + error.hint, Not(HasSubstr("canary")));
}

TEST_F(ProxyTest, ThatBreaksTheProtocolGivesNoTunnel) {
  for (const char* wrong :
       {"HTTP/1.1 200 OK\r\n\r\nand more", "SSH-2.0-x\r\n", "HTTP/1.1 200 OK\r\n", "",
        "HTTP/1.1 100 a\r\n\r\nHTTP/1.1 101 b\r\n\r\n"}) {
    ScriptedServer proxy([wrong](Peer& peer) {
      peer.read_head();
      peer.send(wrong);
    });
    use(proxy);
    Client client(options_);
    const auto answer = client.fetch(with_secret("https://registry.test/"), {}, kMost);
    ASSERT_FALSE(answer) << wrong;
    EXPECT_EQ(answer.error().kind, ErrorKind::network) << wrong;
    EXPECT_THAT(answer.error().message, HasSubstr("the proxy 127.0.0.1:")) << wrong;
  }
}

TEST_F(ProxyTest, ThatAnswersForTheMomentAgainAndAgainGivesNoTunnel) {
  std::string answers;
  for (int i = 0; i < 100; ++i) answers += "HTTP/1.1 100 a\r\n\r\n";
  const Error error = refusal(answers + kEstablished);
  EXPECT_EQ(error.kind, ErrorKind::network);
  EXPECT_THAT(error.message,
              AllOf(HasSubstr("the proxy 127.0.0.1:"), HasSubstr("too many interim answers")));
}

TEST_F(ProxyTest, ThatIsBusyForAMomentIsAskedAgainAlsoForAWrite) {
  ScriptedServer proxy({status(503), status(403)});
  use(proxy);
  options_.max_retries = 1;
  EXPECT_THAT(failure(with_secret("https://registry.test/", "POST")).message, HasSubstr("403"));
  EXPECT_EQ(proxy.requests().size(), 2U);
}

TEST_F(ProxyTest, ThatCannotBeReachedIsNamedAndNotTheHost) {
  {
    ScriptedServer gone({ok("")});
    use(gone);
  }
  EXPECT_THAT(failure(with_secret("https://registry.test/")).message,
              HasSubstr("no connection to the proxy 127.0.0.1:"));
}

TEST_F(ProxyTest, IsToldTheWholeUrlOfAPlainRequest) {
  ScriptedServer proxy({ok("hello")});
  use(proxy, true);
  for (int i = 0; i < 2; ++i) {
    const auto answer = fetch(with_secret("http://registry.test:5000/v2/?x=1"));
    ASSERT_TRUE(answer) << answer.error().message;
    EXPECT_EQ(answer->body, "hello");
  }
  EXPECT_EQ(proxy.connections(), 1);
  EXPECT_THAT(proxy.requests().back(),
              AllOf(StartsWith("GET http://registry.test:5000/v2/?x=1 HTTP/1.1\r\n"
                               "Host: registry.test:5000\r\n"),
                    HasSubstr(kLoginField)));
}

TEST_F(ProxyTest, ThatWantsALoginForAPlainRequestDoesNotLookLikeTheServersAnswer) {
  ScriptedServer proxy({status(407)});
  use(proxy);
  EXPECT_THAT(failure(with_secret("http://registry.test/")).message,
              AllOf(HasSubstr("the proxy"), HasSubstr("407")));
}

TEST_F(ProxyTest, GetsNoCredentialAfterARedirectToAnotherOrigin) {
  ScriptedServer proxy(
      {status(307, "Location: http://storage.test/blob?signature=x\r\n"), ok("blob")});
  use(proxy, true);
  const auto answer = fetch(with_secret("http://registry.test/"));
  ASSERT_TRUE(answer) << answer.error().message;
  EXPECT_THAT(proxy.requests().front(), HasSubstr("Bearer hidden"));
  EXPECT_THAT(proxy.requests().back(),
              AllOf(StartsWith("GET http://storage.test/blob?signature=x "),
                    Not(HasSubstr("hidden")), HasSubstr(kLoginField)));
}

TEST_F(ProxyTest, ItsLoginDoesNotGoToAHostThatIsReachedWithoutIt) {
  ScriptedServer server({ok("hello")});
  ScriptedServer proxy({ok("from the proxy")});
  use(proxy, true);
  EXPECT_EQ(fetch(server.url("/", "localhost"))->body, "hello");
  EXPECT_THAT(server.requests().front(),
              AllOf(StartsWith("GET / HTTP/1.1\r\n"), Not(HasSubstr("Proxy-"))));
  EXPECT_EQ(proxy.connections(), 0);
}

TEST_F(ProxyTest, IsNotAskedForAnInnerAddressThatAStrangerNamed) {
  ScriptedServer inner({ok("secret of this machine")});
  for (const std::string& target :
       {inner.url().text(), std::string("http://10.0.0.1/"), std::string("http://169.254.169.254/"),
        std::string("http://[fd00::1]/")}) {
    ScriptedServer proxy({status(302, "Location: " + target + "\r\n"), ok("")});
    use(proxy);
    Client client(options_);
    const auto answer = client.fetch(with_secret("http://registry.test/"), {}, kMost);
    ASSERT_FALSE(answer) << target;
    EXPECT_THAT(answer.error().message, HasSubstr("redirect refused")) << target;
    EXPECT_EQ(proxy.requests().size(), 1U) << target;
  }
  EXPECT_EQ(inner.connections(), 0);
}

TEST_F(ProxyTest, IsAskedForAnInnerAddressThatTheUserNamed) {
  ScriptedServer proxy({ok("hello")});
  use(proxy);
  const auto answer = fetch(with_secret("http://10.0.0.1:5000/"));
  ASSERT_TRUE(answer) << answer.error().message;
  EXPECT_TRUE(answer->response.is_private);
}

TEST_F(ProxyTest, IsChosenByTheSchemeAndTheExceptions) {
  ScriptedServer proxy({ok("")});
  use(proxy);
  options_.proxies.for_https.reset();
  const auto proxied = [&](const char* url) {
    return options_.proxies.of(parse_url(url)->origin) != nullptr;
  };
  EXPECT_TRUE(proxied("http://registry.test/"));
  EXPECT_FALSE(proxied("https://registry.test/"));
  EXPECT_FALSE(proxied("http://direct.test/"));
  for (const char* own : {"http://localhost/", "http://127.0.0.1:5000/", "http://[::1]/"})
    EXPECT_FALSE(proxied(own)) << own;
}

}  // namespace
}  // namespace dockerhub::http
