// What a dry run shows of a request that was not sent.
#include "request/outgoing.hpp"

#include <gtest/gtest.h>

namespace dockerhub {
namespace {

std::string described(const std::string& body) {
  Prepared prepared;
  prepared.request.method = "PUT";
  prepared.request.url = *http::parse_url("https://hub.docker.com/v2/x?a=1");
  prepared.request.headers.add("Accept", "text/plain");
  prepared.request.body = body;
  return describe_request(prepared);
}

constexpr const char* kHead =
    R"({"method":"PUT","url":"https://hub.docker.com/v2/x?a=1","headers":{"Accept":"text/plain"})";

TEST(DescribedRequest, HasNoBodyWhereNoneWouldBeSent) {
  EXPECT_EQ(described(""), kHead + std::string("}"));
}

TEST(DescribedRequest, ShowsJsonAsItIs) {
  EXPECT_EQ(described(R"({"b":[1.50]})"), kHead + std::string(R"(,"body":{"b":[1.50]}})"));
}

TEST(DescribedRequest, ShowsAnyOtherBodyAsATextThatHidesNothing) {
  EXPECT_EQ(described("a\x1b[2J\xE2\x80\xAE"),
            kHead + std::string(R"(,"body":"a\\u001b[2J\\u202e"})"));
}

}  // namespace
}  // namespace dockerhub
