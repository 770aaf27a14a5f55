// Servers on IPv6 and on Unix sockets.
#include "../temporary_folder.hpp"
#include "client_fixture.hpp"

namespace dockerhub::http {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::StartsWith;

class Ipv6Test : public ClientFixture {
 protected:
  void SetUp() override {
    UniqueFd bound = bind_ipv6(port_);
    if (!bound) GTEST_SKIP() << "this machine has no IPv6";
    server_ = std::make_unique<ScriptedServer>(std::vector{ok("six")}, std::move(bound));
  }
  Url url(const std::string& host) const {
    return parse_url("http://" + host + ':' + std::to_string(port_) + "/").value();
  }

  std::uint16_t port_ = 0;
  std::unique_ptr<ScriptedServer> server_;
};

TEST_F(Ipv6Test, ALiteralIsReachedAndNamedInBrackets) {
  const auto answer = fetch(url("[::1]"));
  ASSERT_TRUE(answer) << answer.error().message;
  EXPECT_EQ(answer->body, "six");
  EXPECT_TRUE(answer->response.is_private);
  EXPECT_THAT(server_->requests().front(),
              HasSubstr("\r\nHost: [::1]:" + std::to_string(port_) + "\r\n"));
}

TEST_F(Ipv6Test, ThisMachineIsTriedInBothFamilies) {
  EXPECT_EQ(fetch(url("localhost"))->body, "six");
  ScriptedServer four({ok("four")});
  EXPECT_EQ(fetch(four.url("/", "localhost"))->body, "four");
}

class UnixSocketTest : public ClientFixture {
 protected:
  std::unique_ptr<ScriptedServer> serve(std::vector<std::string> answers) {
    return std::make_unique<ScriptedServer>(std::move(answers), bind_unix(path_));
  }
  Url url(const std::string& path = "/") const {
    Url made = parse_base_url("unix://" + path_).value();
    made.path = path;
    return made;
  }

  TemporaryFolder folder_;
  const std::string path_ = folder_.path() / "hub.sock";
};

TEST_F(UnixSocketTest, CarriesRequestsAndKeepsItsConnection) {
  const auto server = serve({ok("hello")});
  for (int i = 0; i < 2; ++i) {
    const auto answer = fetch(url("/v2/"));
    ASSERT_TRUE(answer) << answer.error().message;
    EXPECT_EQ(answer->body, "hello");
    EXPECT_TRUE(answer->response.is_private);
  }
  EXPECT_EQ(server->connections(), 1);
  EXPECT_THAT(server->requests().front(), StartsWith("GET /v2/ HTTP/1.1\r\nHost: localhost\r\n"));
}

TEST_F(UnixSocketTest, ItsRedirectsToItselfStayOnIt) {
  const auto server = serve({status(302, "Location: /a\r\n"),
                             status(302, "Location: http://localhost/b\r\n"), ok("hello")});
  const auto answer = fetch(url());
  ASSERT_TRUE(answer) << answer.error().message;
  EXPECT_EQ(answer->body, "hello");
  EXPECT_THAT(server->requests().back(), StartsWith("GET /b "));
}

TEST_F(UnixSocketTest, IsNothingThatAServerCanSendUsTo) {
  const auto inner = serve({ok("secret of this machine")});
  for (const std::string& target : {"unix://" + path_, url().text()}) {
    ScriptedServer server({status(302, "Location: " + target + "\r\n")});
    EXPECT_THAT(failure(server.url()).message, HasSubstr("redirect refused")) << target;
  }
  EXPECT_EQ(inner->connections(), 0);
}

TEST_F(UnixSocketTest, ThatIsNotThereIsNamed) {
  EXPECT_THAT(failure(url()).message, AllOf(HasSubstr(path_), HasSubstr("No such file")));
}

}  // namespace
}  // namespace dockerhub::http
