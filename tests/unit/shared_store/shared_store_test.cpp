#include "dockerhub/shared_store.hpp"

#include <gmock/gmock.h>

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "../http/scripted_server.hpp"
#include "redis_process.hpp"

namespace dockerhub {
namespace {

using test::redis_store;
using test::RedisProcess;
using testing::HasSubstr;
using testing::Not;

using Words = std::vector<std::string>;
using Made = Result<std::unique_ptr<SharedStore>>;

const Words kSet = {"SET", "name", "value"};
const Words kGet = {"GET", "name"};

std::string told(const Error& error) {
  return error.message + " " + error.hint;
}

// What it is told that it cannot be; of the kind and status that say that a call changes nothing.
void expect_unavailable(const Result<void>& checked, const std::string& why) {
  ASSERT_FALSE(checked);
  EXPECT_EQ(checked.error().kind, ErrorKind::unsupported);
  EXPECT_EQ(checked.error().status_code, 503);
  EXPECT_THAT(told(checked.error()), HasSubstr(why));
}

void expect_refused(const Made& made, const std::string& why) {
  ASSERT_TRUE(made);
  const auto checked = (*made)->check();
  ASSERT_FALSE(checked);
  EXPECT_EQ(checked.error().kind, ErrorKind::configuration);
  EXPECT_THAT(told(checked.error()), HasSubstr(why));
}

std::string refusal_of(const std::map<std::string, std::string>& environment) {
  const auto made = redis_store("redis://127.0.0.1:1", environment);
  return made ? "made" : told(made.error());
}

std::string hash_of(const std::string& key) {
  return key.substr(key.rfind(':'));
}

TEST(SharedStore, IsThereWhereItIsSet) {
  const auto none = redis_store("", {});
  ASSERT_TRUE(none);
  EXPECT_EQ(*none, nullptr);
  EXPECT_EQ(refusal_of({}), "made");
}

TEST(SharedStore, NeedsAKeyAndAnAddress) {
  EXPECT_THAT(refusal_of({{"DOCKERHUB_STATE_KEY", ""}}), HasSubstr("DOCKERHUB_STATE_KEY"));
  EXPECT_THAT(refusal_of({{"DOCKERHUB_STATE_KEY", "too short"}}), HasSubstr("16 characters"));
  const std::string wrong = refusal_of({{"DOCKERHUB_STATE", "http://user:canary-word@cache"}});
  EXPECT_THAT(wrong, HasSubstr("redis://host:6379"));
  EXPECT_THAT(wrong, Not(HasSubstr("canary-word")));
  EXPECT_THAT(refusal_of({{"DOCKERHUB_STATE_TIMEOUT", "0"}}), HasSubstr("state.timeout"));
}

TEST(SharedStore, KeysTellNothingAndDifferByAllThatTheyAreFor) {
  const std::string url = "redis://127.0.0.1:1";
  const auto store = redis_store(url);
  const std::string key = (*store)->key("approval", "the-name");
  EXPECT_THAT(key, testing::StartsWith("dockerhub:1:approval:"));
  EXPECT_THAT(key, Not(HasSubstr("the-name")));
  EXPECT_EQ((*redis_store(url))->key("approval", "the-name"), key);
  EXPECT_NE((*store)->key("approval", "other"), key);
  EXPECT_NE(hash_of((*store)->key("answer", "the-name")), hash_of(key));
  for (const auto& [name, value] :
       std::map<std::string, std::string>{{"DOCKERHUB_STATE_KEY", "another key of this length"},
                                          {"DOCKER_HUB_USER", "ada"},
                                          {"DOCKER_HUB_TOKEN", "another credential"},
                                          {"DOCKERHUB_URL", "https://other.example.com"}}) {
    EXPECT_NE((*redis_store(url, {{name, value}}))->key("approval", "the-name"), key) << name;
  }
}

TEST(SharedStore, ValuesAreReadWhereTheyWereWrittenAlone) {
  const auto store = redis_store("redis://127.0.0.1:1");
  const std::string sealed = *(*store)->seal("the text", "key");
  EXPECT_THAT(sealed, Not(HasSubstr("text")));
  EXPECT_EQ((*store)->open(sealed, "key"), "the text");
  EXPECT_FALSE((*store)->open(sealed, "another key"));
  EXPECT_FALSE((*store)->open("made up", "key"));
  const auto other =
      redis_store("redis://127.0.0.1:1", {{"DOCKERHUB_STATE_KEY", "another key of this length"}});
  EXPECT_FALSE((*other)->open(sealed, "key"));
}

TEST(SharedStore, AsksAndRunsScripts) {
  const RedisProcess redis;
  const auto store = redis_store(redis.url());
  EXPECT_TRUE((*store)->ask(kSet)->is_text("OK"));
  EXPECT_TRUE((*store)->ask(kGet)->is_text("value"));
  const Words missing = {"GET", "nothing"};
  EXPECT_EQ((*store)->ask(missing)->kind, StoreReply::Kind::nothing);
  const Words keys = {"name"};
  const Words arguments = {"7"};
  const auto list = (*store)->run("return {redis.call('GET', KEYS[1]), tonumber(ARGV[1]), false}",
                                  keys, arguments);
  ASSERT_EQ(list->items.size(), 3U);
  EXPECT_TRUE(list->items[0].is_text("value"));
  EXPECT_EQ(list->items[1].number, 7);
  EXPECT_EQ(list->items[2].kind, StoreReply::Kind::nothing);
  const std::string large(std::size_t{1} << 20, 'x');
  const Words put = {"SET", "large", large};
  const Words get = {"GET", "large"};
  EXPECT_TRUE((*store)->ask(put));
  EXPECT_EQ((*store)->ask(get)->text, large);
}

TEST(SharedStore, LogsInAsAUserOrAsTheDefaultOneIntoADatabase) {
  const RedisProcess redis({"--requirepass", "canary password", "--user", "hub", "on", ">user-pass",
                            "~dockerhub:*", "+eval", "+set"});
  const auto whole = redis_store(redis.url(":canary%20password@") + "/3");
  EXPECT_TRUE((*whole)->ask(kSet)->is_text("OK"));
  const auto other_database = redis_store(redis.url(":canary%20password@"));
  EXPECT_EQ((*other_database)->ask(kGet)->kind, StoreReply::Kind::nothing);
  const auto user = redis_store(redis.url("hub:user-pass@"));
  EXPECT_TRUE((*user)->check());
  EXPECT_FALSE((*user)->ask(kGet)) << "the user may not";
  const Words keys = {"dockerhub:name"};
  const auto in_script = (*user)->run("return redis.call('GET', KEYS[1])", keys, {});
  ASSERT_FALSE(in_script);
  EXPECT_EQ(in_script.error().kind, ErrorKind::configuration);
}

TEST(SharedStore, AWrongLogInIsTheOperatorsMatterAndNotShown) {
  const RedisProcess redis({"--requirepass", "right"});
  expect_refused(redis_store(redis.url(":canary-password@")), "WRONGPASS");
  expect_refused(redis_store(redis.url("hub:canary-password@")), "DOCKERHUB_STATE");
  expect_refused(redis_store(redis.url()), "NOAUTH");
  expect_refused(redis_store(redis.url(":right@") + "/99"), "database 99");
  const auto store = redis_store(redis.url("hub:canary-password@"));
  EXPECT_THAT(told((*store)->check().error()), Not(HasSubstr("canary-password")));
}

TEST(SharedStore, SpeaksTlsWithWhomItTrusts) {
  const http::Certificate certificate("IP:127.0.0.1");
  const RedisProcess redis({"--port", "0", "--tls-cert-file", certificate.file(), "--tls-key-file",
                            certificate.key_file(), "--tls-ca-cert-file", certificate.file(),
                            "--tls-auth-clients", "no", "--requirepass", "secret"},
                           RedisProcess::Port::tls);
  const std::string url = redis.url(":secret@");
  const auto trusting = redis_store(url, {{"SSL_CERT_FILE", certificate.file()}});
  ASSERT_TRUE(trusting);
  EXPECT_TRUE((*trusting)->ask(kSet)->is_text("OK"));
  EXPECT_TRUE((*trusting)->ask(kGet)->is_text("value"));
  const http::Certificate other("IP:127.0.0.1");
  const auto doubting = redis_store(url, {{"SSL_CERT_FILE", other.file()}});
  expect_unavailable((*doubting)->check(), "certificate");
  const auto plain = redis_store("redis" + url.substr(std::string("rediss").size()));
  EXPECT_FALSE((*plain)->check());
  const auto nobody = redis_store(url, {{"SSL_CERT_FILE", "/nothing"}});
  ASSERT_FALSE(nobody);
  EXPECT_EQ(nobody.error().kind, ErrorKind::configuration);
}

TEST(SharedStore, ReachesAUnixSocket) {
  const TemporaryFolder folder;
  const std::string path = (folder.path() / "s").string();
  const RedisProcess redis({"--unixsocket", path});
  const auto store = redis_store("unix://" + path + "?db=1");
  EXPECT_TRUE((*store)->ask(kSet)->is_text("OK"));
}

TEST(SharedStore, OneThatIsGoneIsToldAndUsedAgainWhenItIsBack) {
  RedisProcess redis;
  const auto store = redis_store(redis.url());
  EXPECT_TRUE((*store)->check());
  redis.kill();
  expect_unavailable((*store)->check(), "What needs it was not done");
  expect_unavailable((*store)->check(), redis.url().substr(std::string("redis://").size()));
  redis.start();
  EXPECT_TRUE((*store)->check());
}

TEST(SharedStore, OneThatIsSlowIsNotWaitedFor) {
  const RedisProcess redis;
  const auto store = redis_store(redis.url(), {{"DOCKERHUB_STATE_TIMEOUT", "100ms"}});
  redis.freeze();
  expect_unavailable((*store)->check(), "100 ms");
  redis.thaw();
}

TEST(SharedStore, OneThatCannotWriteIsUnavailable) {
  const RedisProcess redis({"--replicaof", "127.0.0.1", "1"});
  expect_unavailable((*redis_store(redis.url()))->check(), "READONLY");
}

TEST(SharedStore, WhatIsNoRedisIsNotBelieved) {
  http::ScriptedServer web([](http::Peer& peer) {
    peer.read_some(1000);
    peer.send("HTTP/1.1 400 Bad Request\r\n\r\n");
  });
  const std::string url = "redis://127.0.0.1:" + std::to_string(web.port());
  expect_unavailable((*redis_store(url))->check(), "no answer of Redis");
}

TEST(SharedStore, HalfAnAnswerIsNone) {
  http::ScriptedServer half([](http::Peer& peer) {
    peer.read_some(1000);
    peer.send("$100\r\nbegun");
  });
  const std::string url = "redis://127.0.0.1:" + std::to_string(half.port());
  expect_unavailable((*redis_store(url))->check(), "closed the connection");
  http::ScriptedServer dripping([](http::Peer& peer) {
    peer.read_some(1000);
    peer.send("$100\r\nbegun");
    peer.wait_for_end();
  });
  const std::string slow = "redis://127.0.0.1:" + std::to_string(dripping.port());
  expect_unavailable((*redis_store(slow, {{"DOCKERHUB_STATE_TIMEOUT", "100ms"}}))->check(),
                     "100 ms");
}

// A server that does not know AUTH says what it got.
TEST(SharedStore, WhatIsSaidToALogInIsNotRepeated) {
  http::ScriptedServer echo([](http::Peer& peer) {
    peer.read_some(1000);
    peer.send("-ERR unknown command, with args beginning with: canary-word\r\n");
    peer.wait_for_end();
  });
  const std::string url = "redis://:canary-word@127.0.0.1:" + std::to_string(echo.port());
  const auto store = redis_store(url);
  expect_refused(store, "refuses the log-in (ERR)");
  EXPECT_THAT(told((*store)->check().error()), Not(HasSubstr("canary-word")));
}

}  // namespace
}  // namespace dockerhub
