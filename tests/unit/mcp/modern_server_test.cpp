// Revision 2026-07-28 without a transport: requests, streams and their ends at once, and its bounds.
#include "modern_server.hpp"

#include <atomic>
#include <thread>

#include "server_parts.hpp"

namespace dockerhub::mcp::test {
namespace {

const server::Principal kCaller{"somebody"};

json::Document request(int id, const std::string& method, const std::string& params) {
  return *json::parse(R"({"jsonrpc":"2.0","id":)" + std::to_string(id) + R"(,"method":")" + method +
                      R"(","params":{)" + params +
                      R"("_meta":{"io.modelcontextprotocol/protocolVersion":)" +
                      R"("2026-07-28","io.modelcontextprotocol/clientCapabilities":)" +
                      R"({"extensions":{"io.modelcontextprotocol/tasks":{}}}}}})");
}

json::Document greeting(int id, const std::string& name) {
  return request(id, "tools/call", R"("name":"greet","arguments":{"name":")" + name + R"("},)");
}

json::Document listening(int id, const std::string& uris) {
  return request(
      id, "subscriptions/listen",
      R"("notifications":{"toolsListChanged":true,"resourceSubscriptions":[)" + uris + R"(]},)");
}

const std::string kOneUri = R"("test://watched-resource")";

TEST(ModernServerThreads, CallsStreamsAndTheirEndsMayComeAtOnce) {
  ServerParts parts;
  ModernServer server(parts.service, ModernServer::Connections::many);
  std::vector<std::thread> threads;
  threads.reserve(6);
  for (int thread = 0; thread < 3; ++thread) {
    threads.emplace_back([&, thread] {
      for (int round = 0; round < 20; ++round) {
        Inbox inbox;
        const std::string name = std::to_string(thread) + "-" + std::to_string(round);
        server.receive(greeting(round, name), kCaller, inbox.outlet());
        EXPECT_FALSE(inbox.take("Hello, " + name + "!").empty());
      }
    });
  }
  for (int thread = 0; thread < 2; ++thread) {
    threads.emplace_back([&] {
      for (int round = 0; round < 10; ++round) {
        // It outlives the stream, whose last message may still be on its way.
        const auto inbox = std::make_shared<Inbox>();
        std::stop_source gone;
        Outlet outlet = inbox->outlet(gone.get_token());
        outlet.send = [inbox](std::string_view message) { inbox->put(message); };
        outlet.answer = [inbox](const Answer& answer) { inbox->put(answer.message); };
        server.receive(listening(round, kOneUri), kCaller, outlet);
        EXPECT_NE(inbox->take("acknowledged").find("watched-resource"), std::string::npos);
        gone.request_stop();
      }
    });
  }
  threads.emplace_back([&] {
    for (int round = 0; round < 20; ++round) parts.change_tools();
  });
  for (std::thread& thread : threads) thread.join();

  Inbox last;
  server.receive(listening(1, kOneUri), kCaller, last.outlet());
  EXPECT_FALSE(last.take("acknowledged").empty());
  parts.change_tools();
  EXPECT_FALSE(last.take("tools/list_changed").empty());
  server.end_streams();
  EXPECT_FALSE(last.take("\"resultType\":\"complete\"").empty());
  server.cancel_all();
  EXPECT_TRUE(parts.workers.wait_idle(kDeadline));
  EXPECT_EQ(parts.told(), "Told of 0 watched resources.");
}

TEST(ModernServerThreads, TasksMayBeAskedForAndCancelledWhileTheyRun) {
  ServerParts parts;
  ModernServer server(parts.service, ModernServer::Connections::many);
  Inbox begun;
  for (int id = 0; id < 4; ++id) {
    server.receive(
        request(id, "tools/call", R"("name":"slow_compute","arguments":{"seconds":60},)"), kCaller,
        begun.outlet());
  }
  std::vector<std::thread> threads;
  threads.reserve(4);
  for (int id = 0; id < 4; ++id) {
    threads.emplace_back([&] {
      const json::Document answer = *json::parse(begun.take("\"resultType\":\"task\""));
      const std::string task(json::text_of(json::find(answer, "result"), "taskId"));
      const std::string named = R"("taskId":")" + task + R"(",)";
      Inbox inbox;
      server.receive(request(10, "tasks/get", named), kCaller, inbox.outlet());
      EXPECT_FALSE(inbox.take("\"status\":\"working\"").empty());
      server.receive(request(11, "tasks/cancel", named), kCaller, inbox.outlet());
      EXPECT_FALSE(inbox.take("\"id\":11,\"result\"").empty());
      server.receive(request(12, "tasks/get", named), {"somebody else"}, inbox.outlet());
      EXPECT_FALSE(inbox.take("there is no task of this id").empty());
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_TRUE(parts.workers.wait_idle(kDeadline)) << "those that were cancelled have ended";
}

TEST(ModernServer, OneClientHasABoundedNumberOfStreams) {
  ServerParts parts;
  Inbox inbox;
  ModernServer server(parts.service, ModernServer::Connections::one);
  const auto listen = [&](int id) {
    server.receive(listening(id, ""), kCaller, inbox.outlet());
    return inbox.take("");
  };
  const int most = static_cast<int>(ModernServer::kMostStreams);
  for (int id = 0; id < most; ++id) {
    ASSERT_NE(listen(id).find("acknowledged"), std::string::npos) << id;
  }
  EXPECT_NE(listen(most).find("\"code\":-32000"), std::string::npos);
  Inbox accepted;
  server.receive(
      *json::parse(
          R"({"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":0}})"),
      kCaller, accepted.outlet());
  EXPECT_NE(listen(most).find("acknowledged"), std::string::npos);
}

TEST(ModernServer, WhatIsCancelledTellsNothingAnyMore) {
  ServerParts parts;
  Inbox inbox, other;
  ModernServer server(parts.service, ModernServer::Connections::one);
  server.receive(listening(1, kOneUri), kCaller, inbox.outlet());
  EXPECT_FALSE(inbox.take("acknowledged").empty());
  // Listeners are told in the order in which they came.
  const auto later = parts.changes.add(
      {Change::Kind::tools}, [&other](const Change& /*change*/) { other.put("changed"); });
  server.cancel_all();
  parts.change_tools();
  EXPECT_FALSE(other.take("changed").empty());
  EXPECT_EQ(inbox.size(), 0U);
  parts.changes.remove(later);
  EXPECT_TRUE(parts.workers.wait_idle(kDeadline));
}

TEST(ModernServer, OneStreamNamesABoundedNumberOfResources) {
  ServerParts parts;
  Inbox inbox;
  ModernServer server(parts.service, ModernServer::Connections::many);
  std::string uris = kOneUri;
  for (std::size_t number = 0; number < ChangeFeed::kMostResources; ++number) {
    uris += "," + kOneUri;
  }
  server.receive(listening(1, uris), kCaller, inbox.outlet());
  EXPECT_FALSE(inbox.take("\"code\":-32602").empty());
}

}  // namespace
}  // namespace dockerhub::mcp::test
