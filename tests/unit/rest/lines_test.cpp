// Lists that come line by line, over real sockets.
#include "lines.hpp"

#include <gmock/gmock.h>

#include <atomic>
#include <functional>
#include <string>
#include <thread>

#include "../http_server/running_server.hpp"

namespace dockerhub::rest {
namespace {

using testing::HasSubstr;

constexpr const char* kRequest = "GET /v1 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
constexpr const char* kWhole = R"({"status_code":200,"data":[]})";

web::Response envelope(const char* text) {
  return web::json_response(web::status::kOk, text);
}

// The whole answer that this writes.
std::string written(const std::function<void(Lines&)>& write, const std::stop_token& stop = {}) {
  web::Running running([&](const web::Request&, const std::shared_ptr<web::Responder>& reply) {
    Lines lines(reply, stop, "/v1/x");
    write(lines);
  });
  web::Client client(running.port());
  client.say(kRequest);
  return client.read_all();
}

TEST(Lines, HaveAnItemEach) {
  const std::string answer = written([](Lines& lines) {
    EXPECT_TRUE(lines.put(R"({"a":1})"));
    EXPECT_TRUE(lines.put(R"({"a":2})"));
    lines.end(envelope(kWhole));
  });
  EXPECT_THAT(answer, HasSubstr("Content-Type: application/x-ndjson\r\n"));
  EXPECT_THAT(answer, HasSubstr("Vary: Accept\r\n"));
  EXPECT_THAT(answer, HasSubstr("8\r\n{\"a\":1}\n\r\n8\r\n{\"a\":2}\n\r\n0\r\n\r\n"));
}

TEST(Lines, EndWithWhatTheAnswerSaysBesideItsData) {
  const std::string answer = written([](Lines& lines) {
    EXPECT_TRUE(lines.put("1"));
    lines.end(envelope(R"({"data":null,"outcome":{"is":"partial"},"warnings":["w"]})"));
  });
  EXPECT_THAT(answer, HasSubstr("\n{\"outcome\":{\"is\":\"partial\"},\"warnings\":[\"w\"]}\n"));
}

TEST(Lines, WithoutAnItemAreTheAnswerItself) {
  const std::string answer = written([](Lines& lines) { lines.end(envelope(kWhole)); });
  EXPECT_THAT(answer, HasSubstr("Content-Type: application/json\r\n"));
  EXPECT_THAT(answer, HasSubstr(kWhole));
}

TEST(Lines, OfAListThatWasCutSaySo) {
  std::stop_source stop;
  stop.request_stop();
  const std::string answer = written(
      [](Lines& lines) {
        EXPECT_FALSE(lines.put("1"));
        // A list that its reader ends is no failure to the kernel.
        lines.end(envelope(kWhole));
      },
      stop.get_token());
  EXPECT_THAT(answer, HasSubstr("\n{\"type\":\"urn:dockerhub:error:CancelledError\""));
  EXPECT_THAT(answer, HasSubstr("\r\n0\r\n\r\n"));
}

TEST(Lines, WaitForASlowReaderNoLongerThanTheirPatience) {
  std::atomic<bool> refused = false;
  std::thread writer;
  web::Running running([&](const web::Request&, const std::shared_ptr<web::Responder>& reply) {
    writer = std::thread([&refused, reply] {
      Lines lines(reply, {}, "/v1/x", std::chrono::milliseconds(1));
      const std::string item = '"' + std::string(64 * 1024, 'x') + '"';
      // More than the socket's buffers hold.
      for (int count = 0; count < 1000 && !refused; ++count) refused = !lines.put(item);
      lines.end(envelope(kWhole));
    });
  });
  web::Client client(running.port());
  client.say(kRequest);
  while (!refused) std::this_thread::yield();
  const std::string answer = client.read_all();
  running.end();
  writer.join();
  EXPECT_THAT(answer.substr(answer.size() - 1024), HasSubstr("reads too slowly"));
}

}  // namespace
}  // namespace dockerhub::rest
