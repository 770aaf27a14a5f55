#include "http/request_head.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace dockerhub::http {
namespace {

using testing::AllOf;
using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

class RequestHeadTest : public testing::Test {
 protected:
  Result<std::string> head(const Secret* credential = nullptr) {
    return request_head(request_, request_.url, {"dockerhub/1.0", {"Authorization", credential}});
  }

  Request request_ = [] {
    Request made;
    made.url = parse_url("https://a.example:5000/v2/x?n=1").value();
    return made;
  }();
  SecretBook book_;
};

TEST_F(RequestHeadTest, HasTargetHostAgentAndNoCompression) {
  request_.headers.add("Accept", "application/json");
  EXPECT_EQ(*head(),
            "GET /v2/x?n=1 HTTP/1.1\r\nHost: a.example:5000\r\nUser-Agent: dockerhub/1.0\r\n"
            "Accept-Encoding: identity\r\nAccept: application/json\r\n\r\n");
}

TEST_F(RequestHeadTest, LeavesTheUsualPortOutOfTheHost) {
  request_.url = parse_url("https://a.example:443/").value();
  EXPECT_THAT(*head(), HasSubstr("\r\nHost: a.example\r\n"));
}

TEST_F(RequestHeadTest, TellsTheLengthOfABody) {
  EXPECT_THAT(*head(), Not(HasSubstr("Content-Length")));
  request_.method = "POST";
  EXPECT_THAT(*head(), HasSubstr("\r\nContent-Length: 0\r\n"));
  request_.body = "hello";
  EXPECT_THAT(*head(), HasSubstr("\r\nContent-Length: 5\r\n"));
  request_.body_size = 12'000'000'000;
  EXPECT_THAT(*head(), HasSubstr("\r\nContent-Length: 12000000000\r\n"));
  request_.body_size = -1;
  EXPECT_THAT(*head(), AllOf(HasSubstr("\r\nTransfer-Encoding: chunked\r\n"),
                             Not(HasSubstr("Content-Length"))));
}

TEST_F(RequestHeadTest, CarriesTheCredentialInItsHeader) {
  const Secret secret = book_.make("Bearer token-value");
  EXPECT_THAT(*head(&secret),
              AllOf(StartsWith("GET "), EndsWith("\r\nAuthorization: Bearer token-value\r\n\r\n")));
}

TEST_F(RequestHeadTest, RefusesACredentialThatWouldAddALineWithoutShowingIt) {
  const Secret secret = book_.make("Bearer a\r\nX: hidden");
  const auto made = head(&secret);
  ASSERT_FALSE(made);
  EXPECT_THAT(made.error().message, Not(HasSubstr("hidden")));
}

TEST_F(RequestHeadTest, RefusesFieldsAndMethodsThatCouldChangeItsMeaning) {
  const std::vector<Headers::Field> wrong = {{"Accept", "a\r\nHost: b"},
                                             {"Accept", std::string("a\0b", 3)},
                                             {"A B", "c"},
                                             {"A:", "c"},
                                             {"", "c"},
                                             {"host", "b"},
                                             {"Content-Length", "1"},
                                             {"transfer-encoding", "chunked"},
                                             {"Connection", "close"},
                                             {"AUTHORIZATION", "Basic x"}};
  for (const auto& [name, value] : wrong) {
    request_.headers = {};
    request_.headers.add(name, value);
    const auto made = head();
    ASSERT_FALSE(made) << name;
    EXPECT_EQ(made.error().kind, ErrorKind::parameter);
  }
  request_.headers = {};
  request_.method = "GET / HTTP/1.1\r\n";
  EXPECT_FALSE(head());
}

}  // namespace
}  // namespace dockerhub::http
