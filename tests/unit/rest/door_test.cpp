// Requests whose caller is not known yet, over real sockets.
#include "door.hpp"

#include <gmock/gmock.h>

#include <atomic>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "../http_server/running_server.hpp"

namespace dockerhub::rest {
namespace {

using testing::HasSubstr;
using testing::Not;

// Keys are being fetched as long as the test wants.
class SlowLogIn : public server::Authenticator {
 public:
  tl::expected<server::Principal, web::Response> authenticate(
      const web::Request& /*request*/) const override {
    return server::Principal{"alice", Effect::destructive, true};
  }
  bool must_wait(const web::Request& /*request*/) const override { return waits; }
  std::string advice() const override { return {}; }

  std::atomic<bool> waits = true;
};

class DoorTest : public testing::Test {
 protected:
  DoorTest() {
    door_.emplace(
        Door::Parts{log_in_, metrics_, {true, {}, {}}},
        [](const web::Request&, const server::Principal& principal, const Door::Reply& reply) {
          reply->respond(web::text_response(web::status::kOk, "for " + principal.name));
        });
    running_.emplace([this](web::Request request, Door::Reply reply) {
      if (request.path == "/resume") {
        door_->resume();
        return reply->respond(web::text_response(web::status::kOk, "resumed"));
      }
      if (request.path == "/drain") {
        door_->drain();
        return reply->respond(web::text_response(web::status::kOk, "drained"));
      }
      door_->enter(std::move(request), std::move(reply), false);
      ++entered_;
    });
  }
  // The clients of a test have gone before; what waits goes before the server.
  ~DoorTest() override {
    running_->end();
    door_.reset();
  }

  // A client whose request has come in.
  std::unique_ptr<web::Client> enter() {
    auto client = std::make_unique<web::Client>(running_->port());
    const int before = entered_;
    client->say("GET /a HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    while (entered_ == before) std::this_thread::yield();
    return client;
  }
  void tell(const std::string& path) {
    web::Client client(running_->port());
    client.say("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    EXPECT_THAT(client.read_all(), HasSubstr("200 OK"));
  }

  SlowLogIn log_in_;
  web::Metrics metrics_;
  std::atomic<int> entered_ = 0;
  std::optional<Door> door_;
  std::optional<web::Running> running_;
};

TEST_F(DoorTest, WhoseCallerIsNotKnownYetWaits) {
  const auto client = enter();
  tell("/resume");
  log_in_.waits = false;
  tell("/resume");
  EXPECT_THAT(client->read_all(), HasSubstr("for alice"));
}

TEST_F(DoorTest, OnlySoManyWait) {
  std::vector<std::unique_ptr<web::Client>> waiting;
  for (std::size_t count = 0; count < Door::kMostPostponed; ++count) waiting.push_back(enter());
  const std::string refused = enter()->read_all();
  EXPECT_THAT(refused, HasSubstr("503 "));
  EXPECT_THAT(refused, HasSubstr("Retry-After: 1"));
  log_in_.waits = false;
  tell("/resume");
  for (const auto& client : waiting) EXPECT_THAT(client->read_all(), HasSubstr("for alice"));
}

TEST_F(DoorTest, NobodyWaitsForTheEndOfTheServer) {
  const auto waiting = enter();
  tell("/drain");
  EXPECT_THAT(waiting->read_all(), HasSubstr("503 "));
  EXPECT_THAT(enter()->read_all(), HasSubstr("503 "));
}

TEST_F(DoorTest, ForAnotherNameIsClosed) {
  log_in_.waits = false;
  EXPECT_THAT(enter()->read_all(), HasSubstr("for alice"));
  web::Client stranger(running_->port());
  stranger.say("GET /a HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n");
  const std::string refused = stranger.read_all();
  EXPECT_THAT(refused, HasSubstr("403 "));
  EXPECT_THAT(refused, HasSubstr("application/problem+json"));
  EXPECT_THAT(refused, Not(HasSubstr("for alice")));
}

}  // namespace
}  // namespace dockerhub::rest
