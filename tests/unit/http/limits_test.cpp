#include "http/limits.hpp"

#include <gtest/gtest.h>

namespace dockerhub::http {
namespace {

const std::chrono::system_clock::time_point kNow{std::chrono::seconds(1'700'000'000)};

std::optional<RateLimit> limit(std::initializer_list<Headers::Field> fields) {
  Headers headers;
  for (const auto& [name, value] : fields) headers.add(name, value);
  return rate_limit_of(headers, kNow);
}

TEST(RateLimitTest, IsReadFromTheFieldsOfTheApi) {
  const auto read = limit({{"x-ratelimit-limit", "180"},
                           {"X-RateLimit-Remaining", "179"},
                           {"X-RateLimit-Reset", "1700000060"}});
  ASSERT_TRUE(read);
  EXPECT_EQ(read->limit, "180");
  EXPECT_EQ(read->remaining, "179");
  EXPECT_EQ(read->reset, "1700000060");
  EXPECT_EQ(read->window, std::nullopt);
  EXPECT_EQ(read->observed_at, kNow);
}

TEST(RateLimitTest, IsReadFromTheFieldsOfTheRegistry) {
  const auto read = limit({{"ratelimit-limit", "100;w=21600"},
                           {"ratelimit-remaining", "76;w=21600"},
                           {"docker-ratelimit-source", "192.0.2.1"}});
  ASSERT_TRUE(read);
  EXPECT_EQ(read->limit, "100");
  EXPECT_EQ(read->remaining, "76");
  EXPECT_EQ(read->reset, "");
  EXPECT_EQ(read->window, 21600);
  EXPECT_EQ(read->source, "192.0.2.1");
}

TEST(RateLimitTest, MayHaveNoNumber) {
  const auto read = limit({{"RateLimit-Limit", ";w=21600"}});
  ASSERT_TRUE(read);
  EXPECT_EQ(read->limit, "");
  EXPECT_EQ(read->window, 21600);
}

TEST(RateLimitTest, IsJsonWhateverTheServerSays) {
  const auto read = limit({{"X-RateLimit-Limit", "1,\"data\":2"},
                           {"X-RateLimit-Remaining", "1e3"},
                           {"X-RateLimit-Reset", "\xff"}});
  ASSERT_TRUE(read);
  EXPECT_EQ(read->limit, R"("1,\"data\":2")");
  EXPECT_EQ(read->remaining, R"("1e3")");
  EXPECT_EQ(read->reset, "\"\xEF\xBF\xBD\"");
}

TEST(RateLimitTest, IsUnknownWhenNothingIsTold) {
  EXPECT_FALSE(limit({{"Retry-After", "1"}}));
}

TEST(LimitsTest, KeepTheBudgetsOfApisAndAccountsApart) {
  Limits limits;
  const auto told = [](const char* remaining) {
    RateLimit observed;
    observed.remaining = remaining;
    observed.observed_at = kNow;
    return observed;
  };
  limits.observe("hub", "me", told("5"));
  limits.observe("registry", "me", told("70"));
  limits.observe("hub", "", told("1"));
  limits.observe("hub", "me", told("4"));
  EXPECT_EQ(limits.last("hub", "me")->remaining, "4");
  EXPECT_EQ(limits.last("registry", "me")->remaining, "70");
  EXPECT_FALSE(limits.last("scout", "me"));
  EXPECT_EQ(limits.all().size(), 3U);
}

TEST(LimitsTest, KeepTheMomentThatARefusalNamed) {
  using namespace std::chrono_literals;
  Limits limits;
  limits.refuse("hub", "me", kNow, 30s);
  EXPECT_FALSE(limits.last("hub", "me")) << "no limit was told";
  ASSERT_EQ(limits.all().size(), 1U);
  EXPECT_EQ(limits.all()[0].retry_at, kNow + 30s);
  EXPECT_EQ(limits.all()[0].limit.observed_at, kNow);
  RateLimit told;
  told.remaining = "7";
  told.observed_at = kNow + 1s;
  limits.observe("hub", "me", told);
  EXPECT_EQ(limits.all()[0].retry_at, kNow + 30s) << "an answer to an earlier request";
  EXPECT_EQ(limits.all()[0].limit.remaining, "7");
  limits.refuse("hub", "me", kNow + 2s, 5s);
  EXPECT_EQ(limits.all()[0].retry_at, kNow + 7s) << "the server's last word";
}

TEST(LimitsTest, ForgetTheOldestWhenThereAreTooMany) {
  Limits limits;
  for (int i = 0; i < 1000; ++i) {
    RateLimit told;
    told.observed_at = kNow + std::chrono::seconds(i);
    limits.observe("registry " + std::to_string(i), "", told);
  }
  EXPECT_LT(limits.all().size(), 1000U);
  EXPECT_TRUE(limits.last("registry 999", ""));
  EXPECT_FALSE(limits.last("registry 0", ""));
}

}  // namespace
}  // namespace dockerhub::http
