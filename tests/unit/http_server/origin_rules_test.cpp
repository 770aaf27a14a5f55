#include "http/origin_rules.hpp"

#include <gtest/gtest.h>

namespace dockerhub::web {
namespace {

int status_of(const OriginRules& rules, Headers headers, Peer peer = Peer::loopback) {
  Request request;
  request.headers = std::move(headers);
  request.peer = peer;
  const auto refused = rules.check(request);
  return refused ? refused->status : 0;
}

TEST(OriginRules, OnLoopbackTheHostIsThisMachine) {
  const OriginRules rules;
  for (const char* host : {"localhost", "LOCALHOST:80", "127.0.0.1:8000", "[::1]:8000", "[::1]"}) {
    EXPECT_EQ(status_of(rules, {{"Host", host}}), 0) << host;
  }
  for (const char* host : {"evil.example", "localhost.evil.example", "127.0.0.1.evil.example:80",
                           "localhost:80@evil.example", "", "::1", "[::1"}) {
    EXPECT_EQ(status_of(rules, {{"Host", host}}), 403) << host;
  }
}

TEST(OriginRules, TheHostIsSaidOnce) {
  EXPECT_EQ(status_of({}, {}), 400);
  EXPECT_EQ(status_of({}, {{"Host", "localhost"}, {"Host", "localhost"}}), 400);
  EXPECT_EQ(status_of({}, {}, Peer::unix_socket), 0);
}

TEST(OriginRules, PagesOfThisMachineAreWelcomeOthersNot) {
  const auto with = [](const char* origin) {
    return status_of({}, {{"Host", "localhost"}, {"Origin", origin}});
  };
  EXPECT_EQ(with("http://localhost:6274"), 0);
  EXPECT_EQ(with("https://127.0.0.1"), 0);
  for (const char* origin : {"https://evil.example", "null", "http://localhost.evil.example",
                             "http://localhost:1@evil.example", "file://"}) {
    EXPECT_EQ(with(origin), 403) << origin;
  }
}

TEST(OriginRules, WhatTheOperatorAllowsIsWelcome) {
  OriginRules rules;
  rules.hosts = {"dockerhub.example"};
  rules.origins = {"https://app.example"};
  EXPECT_EQ(
      status_of(rules, {{"Host", "dockerhub.example:443"}, {"Origin", "https://app.example"}}), 0);
}

TEST(OriginRules, OutsideLoopbackAListOfHostsIsTheWholeList) {
  OriginRules rules;
  rules.loopback = false;
  EXPECT_EQ(status_of(rules, {{"Host", "anything.example"}}), 0);
  EXPECT_EQ(status_of(rules, {{"Host", "anything"}, {"Origin", "http://localhost"}}), 403);
  rules.hosts = {"dockerhub.example"};
  EXPECT_EQ(status_of(rules, {{"Host", "dockerhub.example"}}), 0);
  EXPECT_EQ(status_of(rules, {{"Host", "localhost"}}), 403);
}

}  // namespace
}  // namespace dockerhub::web
