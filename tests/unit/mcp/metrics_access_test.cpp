// Who reads /metrics: this machine, or from elsewhere who shows a token that was looked at.
#include <gmock/gmock.h>

#include "../call/test_kernel.hpp"
#include "../http_server/running_server.hpp"
#include "http_endpoint.hpp"
#include "server/local_bearer.hpp"

namespace dockerhub::mcp {
namespace {

using testing::HasSubstr;
using web::Peer;

// An endpoint whose requests all come from where the test says.
class Endpoint {
 public:
  Endpoint(const server::Authenticator& authenticator, Peer peer)
      : readiness_(*kernel_, workers_),
        endpoint_({service_, authenticator, metrics_, readiness_, {true, {}, {}}}),
        running_([this, peer](web::Request request, std::shared_ptr<web::Responder> responder) {
          request.peer = peer;
          endpoint_.handle(std::move(request), std::move(responder));
        }) {}
  ~Endpoint() { running_.end(); }
  Endpoint(const Endpoint&) = delete;
  Endpoint& operator=(const Endpoint&) = delete;

  // "HTTP/1.1 200 OK..." more: header lines.
  std::string get(const std::string& bearer, const std::string& more = {}) {
    web::Client client(running_.port());
    const std::string authorization =
        bearer.empty() ? std::string() : "Authorization: Bearer " + bearer + "\r\n";
    client.say("GET /metrics HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" + authorization +
               more + "\r\n");
    return client.read_all();
  }

 private:
  dockerhub::test::TestKernel kernel_;
  const ToolView tools_;
  server::WorkerPool workers_{1};
  ChangeFeed changes_{*kernel_, workers_};
  const Service service_{*kernel_, tools_, changes_, workers_, 1};
  web::Metrics metrics_;
  server::Readiness readiness_;
  HttpEndpoint endpoint_;
  web::Running running_;
};

const server::NoAuthentication kClosed("secret", "file", false);
const server::NoAuthentication kOpen({}, {}, true);

TEST(MetricsAccess, ThisMachineNeedsNoTokenButNoWrongOneEither) {
  Endpoint here(kClosed, Peer::loopback);
  EXPECT_THAT(here.get(""), HasSubstr("dockerhub_http_connections"));
  EXPECT_THAT(here.get("secret"), HasSubstr("dockerhub_http_connections"));
  EXPECT_THAT(here.get("wrong"), HasSubstr(" 401 "));
}

TEST(MetricsAccess, FromElsewhereATokenIsNeeded) {
  Endpoint elsewhere(kClosed, Peer::network);
  EXPECT_THAT(elsewhere.get(""), HasSubstr(" 403 "));
  EXPECT_THAT(elsewhere.get("wrong"), HasSubstr(" 401 "));
  EXPECT_THAT(elsewhere.get("secret"), HasSubstr("dockerhub_http_connections"));
}

TEST(MetricsAccess, WhatAProxyOnThisMachineHandsOnIsFromElsewhere) {
  Endpoint here(kClosed, Peer::loopback);
  for (const char* line : {"Forwarded: for=192.0.2.1\r\n", "X-Forwarded-For: 192.0.2.1\r\n",
                           "X-Real-IP: 192.0.2.1\r\n", "via: 1.1 proxy\r\n"}) {
    EXPECT_THAT(here.get("", line), HasSubstr(" 403 ")) << line;
    EXPECT_THAT(here.get("secret", line), HasSubstr("dockerhub_http_connections")) << line;
  }
}

TEST(MetricsAccess, FromElsewhereNothingThatNobodyLookedAtIsAToken) {
  Endpoint elsewhere(kOpen, Peer::network);
  EXPECT_THAT(elsewhere.get(""), HasSubstr(" 403 "));
  EXPECT_THAT(elsewhere.get("x"), HasSubstr(" 403 "));
}

TEST(MetricsAccess, WhereEverybodyNeedsATokenThisMachineStillNeedsNone) {
  // As static and signed tokens do it: no token is 401.
  class Strict : public server::Authenticator {
   public:
    tl::expected<server::Principal, web::Response> authenticate(
        const web::Request& /*request*/) const override {
      return tl::unexpected(web::text_response(web::status::kUnauthorized, "A token is needed.\n"));
    }
    std::string advice() const override { return {}; }
  };
  const Strict strict;
  Endpoint here(strict, Peer::loopback);
  EXPECT_THAT(here.get(""), HasSubstr("dockerhub_http_connections"));
  Endpoint elsewhere(strict, Peer::network);
  EXPECT_THAT(elsewhere.get(""), HasSubstr(" 401 "));
}

}  // namespace
}  // namespace dockerhub::mcp
