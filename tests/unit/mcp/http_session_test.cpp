// A session over HTTP: calls, its stream, changes and its end at once.
#include <string>
#include <thread>

#include "../http_server/running_server.hpp"
#include "http_sessions.hpp"
#include "server_parts.hpp"

namespace dockerhub::mcp::test {
namespace {

const server::Principal kOwner{"somebody"};

std::string post(const std::string& body) {
  return "POST /call HTTP/1.1\r\nHost: x\r\nContent-Length: " + std::to_string(body.size()) +
         "\r\n\r\n" + body;
}

std::string message(const std::string& id, const std::string& method, const std::string& params) {
  const std::string number = id.empty() ? "" : R"("id":)" + id + ",";
  return R"({"jsonrpc":"2.0",)" + number + R"("method":")" + method + R"(","params":{)" + params +
         "}}";
}

// One session, which every request is for, and its server.
class OneSession {
 public:
  web::Running::Handle handler() {
    return [this](web::Request request, std::shared_ptr<web::Responder> reply) {
      const auto found = sessions.find(id, kOwner);
      if (!found) return reply->respond(web::text_response(web::status::kNotFound, "gone"));
      if (request.path == "/listen") {
        EXPECT_TRUE(found->attach(std::move(reply)));
      } else {
        found->begin(*json::parse(request.body), found->outlet(reply));
      }
    };
  }

  // As soon as a call of the session runs.
  bool runs_something() {
    const auto session = sessions.find(id, kOwner);
    const auto end = HttpSession::Clock::now() + kDeadline;
    while (session->session().running() == 0) {
      if (HttpSession::Clock::now() > end) return false;
      std::this_thread::yield();
    }
    return true;
  }

  ServerParts parts;
  HttpSessions sessions;
  const std::string id =
      *sessions.add(HttpSession::create(parts.service, kOwner, "", sessions.kept_bytes()));
};

TEST(HttpSessionThreads, CallsNoticesAndTheEndMayComeAtOnce) {
  OneSession one;
  web::Running running(one.handler());
  web::Client client(running.port());
  client.say(
      post(message("1", "initialize", R"("protocolVersion":"2025-11-25","capabilities":{})")));
  client.read_until("serverInfo");
  client.forget();
  client.say(post(message("", "notifications/initialized", "")));
  EXPECT_NE(client.read_until(" 202 ").find(" 202 "), std::string::npos);
  web::Client listener(running.port());
  listener.say("GET /listen HTTP/1.1\r\nHost: x\r\n\r\n");
  listener.read_until("text/event-stream");

  std::vector<std::thread> threads;
  threads.reserve(5);
  for (int thread = 0; thread < 3; ++thread) {
    threads.emplace_back([&, thread] {
      web::Client caller(running.port());
      for (int round = 0; round < 20; ++round) {
        const std::string number = std::to_string(100 * (thread + 1) + round);
        caller.say(post(message(number, "tools/call",
                                R"("name":"greet","arguments":{"name":")" + number + R"("})")));
        const std::string got = caller.read_until("Hello, " + number + "!");
        EXPECT_NE(got.find("Hello, " + number + "!"), std::string::npos);
        caller.forget();
      }
    });
  }
  threads.emplace_back([&] {
    for (int round = 0; round < 20; ++round) one.parts.change_tools();
  });
  threads.emplace_back([&] {
    for (int round = 0; round < 20; ++round) {
      one.sessions.expire(HttpSession::Clock::now());
      EXPECT_EQ(one.sessions.find(one.id, {"somebody else"}), nullptr);
    }
  });
  EXPECT_NE(listener.read_until("tools/list_changed").find("tools/list_changed"),
            std::string::npos);
  for (std::thread& thread : threads) thread.join();

  // The end of a session ends what runs in it.
  web::Client caller(running.port());
  caller.say(
      post(message("7", "tools/call", R"("name":"slow_compute","arguments":{"seconds":60})")));
  EXPECT_TRUE(one.runs_something());
  one.sessions.remove(one.id);
  EXPECT_TRUE(one.parts.workers.wait_idle(kDeadline));
  client.forget();
  client.say(post(message("9", "ping", "")));
  EXPECT_NE(client.read_until("gone").find(" 404 "), std::string::npos);
}

}  // namespace
}  // namespace dockerhub::mcp::test
