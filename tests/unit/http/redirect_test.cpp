// Redirects, and what does not go along with them.
#include "client_fixture.hpp"
#include "http/client_parts.hpp"

namespace dockerhub::http {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

class RedirectTest : public ClientFixture {
 protected:
  static std::string to(const Url& url, int code = 307) {
    return status(code, "Location: " + url.text() + "\r\n");
  }

  // A request that carries a credential of its own.
  Request with_secret(const Url& url) {
    Request made = request(url);
    made.authorization = std::make_shared<const Secret>(book_.make("Bearer hidden"));
    return made;
  }

  SecretBook book_;
};

TEST_F(RedirectTest, IsFollowedAndTheAnswerNamesItsUrl) {
  ScriptedServer server({status(302, "Location: /new?x=1\r\n"), ok("hello")});
  const auto answer = fetch(server.url("/old"));
  ASSERT_TRUE(answer) << answer.error().message;
  EXPECT_EQ(answer->body, "hello");
  EXPECT_EQ(answer->response.url.target(), "/new?x=1");
  EXPECT_EQ(server.connections(), 1);
}

TEST_F(RedirectTest, WithinTheOriginKeepsTheCredential) {
  ScriptedServer server({status(302, "Location: /new\r\n"), ok("hello")});
  ASSERT_TRUE(fetch(with_secret(server.url())));
  EXPECT_THAT(server.requests().back(),
              AllOf(StartsWith("GET /new "), HasSubstr("Authorization: Bearer hidden\r\n")));
}

TEST_F(RedirectTest, ToAnotherOriginDropsTheCredential) {
  ScriptedServer storage({ok("blob")});
  // Another port, and another name of the same machine.
  for (const char* host : {"127.0.0.1", "localhost"}) {
    ScriptedServer registry({to(storage.url("/blob?signature=x", host))});
    const auto answer = fetch(with_secret(registry.url()));
    ASSERT_TRUE(answer) << answer.error().message;
    EXPECT_EQ(answer->body, "blob");
    EXPECT_THAT(registry.requests().front(), HasSubstr("hidden"));
    EXPECT_THAT(storage.requests().back(),
                AllOf(HasSubstr("GET /blob?signature=x "), Not(HasSubstr("hidden")),
                      Not(HasSubstr("Authorization"))));
  }
}

TEST_F(RedirectTest, BackFromAnotherOriginDoesNotBringTheCredentialBack) {
  std::unique_ptr<ScriptedServer> storage;
  ScriptedServer registry([&storage](Peer& peer) {
    for (std::string asked; !(asked = peer.read_request()).empty();) {
      peer.send(asked.find("GET /end ") == std::string::npos
                    ? to(storage->url())
                    : ok(asked.find("hidden") == std::string::npos ? "without" : "with"));
    }
  });
  storage = std::make_unique<ScriptedServer>(std::vector{to(registry.url("/end"))});
  const auto answer = fetch(with_secret(registry.url()));
  ASSERT_TRUE(answer) << answer.error().message;
  EXPECT_EQ(answer->body, "without");
}

TEST_F(RedirectTest, OfAWriteIsTheAnswer) {
  ScriptedServer server({status(307, "Location: /new\r\n")});
  const auto answer = fetch(request(server.url(), "POST", "x"));
  ASSERT_TRUE(answer) << answer.error().message;
  EXPECT_EQ(answer->response.status_code, 307);
  EXPECT_EQ(server.requests().size(), 1U);
}

TEST_F(RedirectTest, IsTheAnswerWhereNobodyWantsToFollow) {
  ScriptedServer server({status(307, "Location: /new\r\n")});
  Request stays = request(server.url());
  stays.follow_redirects = false;
  EXPECT_EQ(fetch(stays)->response.status_code, 307);
}

TEST_F(RedirectTest, WithoutEndIsTheAnswerAfterTheFifth) {
  ScriptedServer server({status(302, "Location: /again\r\n")});
  EXPECT_EQ(fetch(server.url())->response.status_code, 302);
  EXPECT_EQ(server.requests().size(), 6U);
}

TEST_F(RedirectTest, FromOutsideNeverReachesThisMachine) {
  ScriptedServer server({ok("secret of this machine")});
  for (const char* host : {"127.0.0.1", "localhost"}) {
    Request request;
    request.url = parse_url("https://registry.example.com/").value();
    Route route(request);
    route.connected(false);
    Headers headers;
    headers.add("Location", "https://" + std::string(host) + ':' + std::to_string(server.port()));
    ASSERT_EQ(route.redirect("GET", 307, headers), true);
    ClientParts parts(options_);
    WaitBounds bounds({}, {});
    const auto connection = parts.connect(route, bounds);
    ASSERT_FALSE(connection) << host;
    EXPECT_THAT(connection.error().error.message, HasSubstr("redirect refused"));
    EXPECT_FALSE(connection.error().may_pass);
  }
  EXPECT_EQ(server.connections(), 0);
}

}  // namespace
}  // namespace dockerhub::http
