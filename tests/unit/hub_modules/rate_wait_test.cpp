// How long a rate limit is waited for, by what the kernel knows of the budgets.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <dockerhub/sdk/context.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "hub/answer.hpp"
#include "hub/rate_wait.hpp"
#include "hub/times.hpp"

namespace {

using dockerhub::hub::RateWait;
using testing::AllOf;
using testing::Ge;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Le;

constexpr std::int64_t kSecond = 1000;

// A kernel in which waits take no time.
struct Budgets {
  Budgets() = default;
  Budgets(const Budgets&) = delete;
  Budgets& operator=(const Budgets&) = delete;

  static Budgets& of(dh_call* call) { return *reinterpret_cast<Budgets*>(call); }
  static std::string_view text(dh_str text) { return {text.data, text.size}; }

  static const void* extension(const dh_host*, dh_str id) {
    static const dh_call_1 kCall = [] {
      dh_call_1 table{};
      table.size = sizeof(table);
      table.fail = [](dh_call* call, const dh_error* error) -> dh_status {
        of(call).message = text(error->message);
        of(call).status_code = error->status_code;
        of(call).retry_after_ms = error->retry_after_ms;
        return DH_E_FAILED;
      };
      table.warn = [](dh_call* call, dh_str told) -> dh_status {
        of(call).warning = text(told);
        return DH_OK;
      };
      table.remaining_ms = [](dh_call* call) -> std::int64_t { return of(call).remaining_ms; };
      table.pause = [](dh_call* call, std::uint32_t milliseconds) -> dh_status {
        of(call).pauses.push_back(milliseconds);
        return DH_OK;
      };
      return table;
    }();
    static const dh_limits_1 kLimits = {sizeof(dh_limits_1), 0,
                                        [](dh_call* call, dh_str* json) -> dh_status {
                                          const std::string& all = of(call).known;
                                          *json = {all.data(), all.size()};
                                          return DH_OK;
                                        }};
    if (text(id) == DH_CALL_1) return &kCall;
    if (text(id) == DH_HTTP_1) return answers();
    return text(id) == DH_LIMITS_1 ? &kLimits : nullptr;
  }

  // Whatever is asked, a body of `body_size` bytes.
  static const dh_http_1* answers() {
    static const dh_http_1 kHttp = [] {
      dh_http_1 table{};
      table.size = sizeof(table);
      table.open = [](dh_call*, const dh_request*, dh_handle* exchange) -> dh_status {
        *exchange = 1;
        return DH_OK;
      };
      table.finish = [](dh_call*, dh_handle, dh_response* response) -> dh_status {
        response->status_code = 200;
        return DH_OK;
      };
      table.read = [](dh_call* call, dh_handle, void* buffer, std::size_t capacity,
                      std::size_t* got) -> dh_status {
        *got = std::min(capacity, of(call).body_size);
        of(call).body_size -= *got;
        std::fill_n(static_cast<char*>(buffer), *got, ' ');
        return *got == 0 ? DH_END : DH_OK;
      };
      table.close = [](dh_call*, dh_handle) -> dh_status { return DH_OK; };
      return table;
    }();
    return &kHttp;
  }

  static std::string retry_in(std::int64_t seconds, const std::string& api = "hub") {
    return R"({"api":")" + api + R"(","account":"me","remaining":null,"reset":null,"retry_at":")" +
           dockerhub::hub::rfc3339(dockerhub::hub::unix_now() + seconds) + R"("})";
  }
  static std::string reset_in(std::int64_t seconds, int remaining) {
    return R"({"api":"hub","account":"me","remaining":)" + std::to_string(remaining) +
           R"(,"reset":)" + std::to_string(dockerhub::hub::unix_now() + seconds) + "}";
  }

  const dh_host host{sizeof(dh_host), DH_ABI_MAJOR, DH_ABI_MINOR, this, &Budgets::extension};
  const dockerhub::sdk::Host bound{&host};
  dockerhub::sdk::Context ctx{bound, reinterpret_cast<dh_call*>(this)};
  RateWait limit{ctx};

  std::string known = "[]", message, warning;
  std::vector<std::int64_t> pauses;
  std::int64_t remaining_ms = -1, retry_after_ms = 0;
  int status_code = 0;
  std::size_t body_size = 0;
};

// The clock may step from one second to the next meanwhile.
auto about(std::int64_t seconds) {
  return AllOf(Ge((seconds - 2) * kSecond), Le(seconds * kSecond));
}

TEST(RateWait, LastsUntilTheMomentThatTheServerNamed) {
  Budgets budgets;
  budgets.known = "[" + Budgets::retry_in(600) + "]";
  EXPECT_TRUE(budgets.limit.wait("hub"));
  ASSERT_EQ(budgets.pauses.size(), 1U);
  EXPECT_THAT(budgets.pauses[0], about(600));
}

TEST(RateWait, FollowsTheRefusalRatherThanTheBudget) {
  Budgets budgets;
  budgets.known = "[" + Budgets::reset_in(900, 0) + "," + Budgets::retry_in(30) + "]";
  EXPECT_TRUE(budgets.limit.wait("hub"));
  EXPECT_THAT(budgets.pauses.at(0), about(30));
}

TEST(RateWait, LastsUntilTheResetOfABudgetThatIsUsedUp) {
  Budgets budgets;
  budgets.known = "[" + Budgets::reset_in(900, 5) + "," + Budgets::reset_in(90, 0) + "]";
  EXPECT_TRUE(budgets.limit.wait("hub"));
  EXPECT_THAT(budgets.pauses.at(0), about(90));
}

TEST(RateWait, GrowsWhereNoMomentIsKnown) {
  Budgets budgets;
  // That of another API, and one that is over.
  budgets.known = "[" + Budgets::retry_in(600, "registry") + "," + Budgets::reset_in(-60, 0) + "]";
  for (int i = 0; i < 3; ++i) EXPECT_TRUE(budgets.limit.wait("hub"));
  EXPECT_EQ(budgets.pauses, (std::vector<std::int64_t>{5 * kSecond, 10 * kSecond, 20 * kSecond}));
}

TEST(RateWait, IsAnErrorAtOnceWhereTheCallHasNotTheTime) {
  Budgets budgets;
  budgets.known = "[" + Budgets::retry_in(600) + "]";
  budgets.remaining_ms = 60 * kSecond;
  EXPECT_FALSE(budgets.limit.wait("hub"));
  EXPECT_THAT(budgets.pauses, IsEmpty());
  EXPECT_EQ(budgets.status_code, 429);
  EXPECT_THAT(budgets.retry_after_ms, about(600));
  EXPECT_THAT(budgets.message, HasSubstr("longer than this call waits"));
  // For a call that answers what it did until then.
  EXPECT_THAT(budgets.warning, HasSubstr(budgets.message));
}

TEST(RateWait, IsAnErrorAtOnceWhereItTakesHours) {
  Budgets budgets;
  budgets.known = R"([{"api":"hub","remaining":0,"reset":9223372036854775807}])";
  EXPECT_FALSE(budgets.limit.wait("hub"));
  EXPECT_THAT(budgets.pauses, IsEmpty());
  EXPECT_EQ(budgets.status_code, 429);
}

TEST(RateWait, IsNoErrorWhereTheCallerGoesOnWithout) {
  Budgets budgets;
  budgets.known = "[" + Budgets::retry_in(600) + "]";
  budgets.remaining_ms = 60 * kSecond;
  const auto hopeless = budgets.limit.wait_if_short("hub");
  ASSERT_TRUE(hopeless);
  EXPECT_FALSE(*hopeless);
  EXPECT_THAT(budgets.pauses, IsEmpty());
  EXPECT_EQ(budgets.message, "");
  budgets.remaining_ms = -1;
  const auto waited = budgets.limit.wait_if_short("hub");
  ASSERT_TRUE(waited);
  EXPECT_TRUE(*waited);
  EXPECT_THAT(budgets.pauses.at(0), about(600));
}

TEST(RateWait, ForWhoLeavesSomeLastsUntilTheBudgetBeginsAnew) {
  const auto budget = [](int remaining, const std::string& moment) {
    return R"([{"api":"registry","account":"old","remaining":0,"observed_at":"2020-01-01T00:00:00Z"},)"
           R"({"api":"registry","account":"me","remaining":)" +
           std::to_string(remaining) + moment + R"(,"observed_at":")" +
           dockerhub::hub::rfc3339(dockerhub::hub::unix_now()) + R"("}])";
  };
  Budgets budgets;
  EXPECT_TRUE(budgets.limit.has_more("registry", 50)) << "nothing was told";
  budgets.known = budget(51, "");
  EXPECT_TRUE(budgets.limit.has_more("registry", 50)) << "the budget that was seen last counts";
  budgets.known =
      budget(50, R"(,"window":21600,"reset":)" + std::to_string(dockerhub::hub::unix_now() + 90));
  EXPECT_FALSE(budgets.limit.has_more("registry", 50));
  auto waited = budgets.limit.wait_for_reset_if_short("registry");
  ASSERT_TRUE(waited);
  EXPECT_TRUE(*waited);
  EXPECT_THAT(budgets.pauses.at(0), about(90));
  budgets.known = budget(50, R"(,"reset":null,"window":600)");
  waited = budgets.limit.wait_for_reset_if_short("registry");
  ASSERT_TRUE(waited);
  EXPECT_TRUE(*waited);
  EXPECT_THAT(budgets.pauses.at(1), about(600));
  budgets.known = budget(50, R"(,"reset":null,"window":21600)");
  waited = budgets.limit.wait_for_reset_if_short("registry");
  ASSERT_TRUE(waited);
  EXPECT_FALSE(*waited) << "longer than an hour";
  EXPECT_EQ(budgets.pauses.size(), 2U);
}

TEST(RateWait, NamesTheServerWhoseLimitItIs) {
  Budgets budgets;
  budgets.known = "[" + Budgets::retry_in(7200, "registry") + "]";
  EXPECT_FALSE(budgets.limit.wait("registry"));
  EXPECT_THAT(budgets.message, HasSubstr("rate limit of Docker's registry"));
}

TEST(RateWait, IsNotForAnAnswerThatIsTooLarge) {
  constexpr std::size_t kMost = 16 * 1024 * 1024;
  Budgets budgets;
  budgets.body_size = kMost;
  EXPECT_TRUE(dockerhub::hub::send(budgets.ctx, {}));
  budgets.body_size = kMost + 1;
  const auto answer = dockerhub::hub::send(budgets.ctx, {});
  EXPECT_FALSE(answer);
  EXPECT_FALSE(RateWait::is_limited(answer));
  EXPECT_THAT(budgets.message, HasSubstr("larger than 16 MiB"));
}

TEST(RateWait, EndsAfterTenInARow) {
  Budgets budgets;
  for (int i = 0; i < 10; ++i) EXPECT_TRUE(budgets.limit.wait("hub"));
  EXPECT_FALSE(budgets.limit.wait("hub"));
  EXPECT_EQ(budgets.pauses.size(), 10U);
  budgets.limit.passed();
  EXPECT_TRUE(budgets.limit.wait("hub"));
  EXPECT_EQ(budgets.pauses.back(), 5 * kSecond);
}

}  // namespace
