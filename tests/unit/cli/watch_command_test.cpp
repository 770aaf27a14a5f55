#include "watch_command.hpp"

#include <gtest/gtest.h>

namespace dockerhub::cli {
namespace {

using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;

constexpr std::int64_t kNow = 1'800'000'000;

milliseconds pause(const std::string& limits) {
  const auto parsed = json::parse(limits);
  return pause_between(seconds(60), parsed ? &*parsed : nullptr, kNow);
}

std::string limits(std::int64_t remaining, std::int64_t reset) {
  return "{\"limit\":100,\"remaining\":" + std::to_string(remaining) +
         ",\"reset\":" + std::to_string(reset) + "}";
}

TEST(Watching, WaitsAsLongAsItWasTold) {
  EXPECT_EQ(pause(limits(500, kNow + 60)), seconds(60));
  EXPECT_EQ(pause("null"), seconds(60));
  EXPECT_EQ(pause_between(seconds(60), nullptr, kNow), seconds(60));
  EXPECT_EQ(pause(R"({"limit":null,"remaining":null,"reset":null})"), seconds(60));
  EXPECT_EQ(pause(R"({"remaining":"few","reset":"soon"})"), seconds(60));
}

TEST(Watching, TakesHalfOfWhatIsLeftAtMost) {
  EXPECT_EQ(pause(limits(10, kNow + 600)), seconds(120));
  EXPECT_EQ(pause(limits(10, 600)), seconds(120)) << "a number of seconds is no time";
  EXPECT_EQ(pause(limits(1, kNow + 60)), seconds(120));
}

TEST(Watching, WaitsForTheResetWhereNothingIsLeft) {
  EXPECT_EQ(pause(limits(0, kNow + 600)), seconds(600));
  EXPECT_EQ(pause(limits(0, kNow - 5)), seconds(60)) << "that was before";
  EXPECT_EQ(pause(limits(0, kNow + 1'000'000)), hours(1));
}

TEST(Watching, CountsTheRequestsOfALook) {
  const auto parsed = [](std::int64_t remaining) {
    return std::move(*json::parse(limits(remaining, kNow + 600)));
  };
  LookCost cost;
  EXPECT_EQ(cost.of_look(nullptr), 1);
  const auto first = parsed(100), second = parsed(60), after_reset = parsed(170);
  EXPECT_EQ(cost.of_look(&first), 1);
  EXPECT_EQ(cost.of_look(&second), 40);
  EXPECT_EQ(cost.of_look(&after_reset), 1);
  EXPECT_EQ(pause_between(seconds(60), &second, kNow, 40), seconds(800));
  EXPECT_EQ(pause_between(seconds(60), &second, kNow, 1'000'000), hours(1));
}

Error failure(ErrorKind kind, int status = 0) {
  Error error;
  error.kind = kind;
  error.status_code = status;
  return error;
}

TEST(Watching, GoesOnAfterWhatPasses) {
  const Error network = failure(ErrorKind::network);
  EXPECT_EQ(pause_after(network, seconds(60), 1), seconds(60));
  EXPECT_EQ(pause_after(network, seconds(60), 3), seconds(240));
  EXPECT_EQ(pause_after(network, seconds(60), 4'000'000'000U), minutes(10));
  EXPECT_EQ(pause_after(network, hours(1), 9), hours(1)) << "never sooner than it was told";
  EXPECT_EQ(pause_after(failure(ErrorKind::api, 503), seconds(1), 1), seconds(1));
}

TEST(Watching, WaitsAsLongAsAServerSays) {
  Error limited = failure(ErrorKind::api, 429);
  EXPECT_EQ(pause_after(limited, seconds(5), 1), seconds(60));
  limited.retry_after = seconds(300);
  EXPECT_EQ(pause_after(limited, seconds(5), 1), seconds(300));
}

TEST(Watching, EndsWithWhatWouldNotChange) {
  EXPECT_FALSE(pause_after(failure(ErrorKind::auth, 401), seconds(5), 1));
  EXPECT_FALSE(pause_after(failure(ErrorKind::parameter, 404), seconds(5), 1));
  EXPECT_FALSE(pause_after(failure(ErrorKind::cancelled), seconds(5), 1));
}

TEST(Watching, TellsItemsApartByWhatTheRowNames) {
  const auto item = [](const char* text) { return std::move(*json::parse(text)); };
  SeenItems named("name");
  EXPECT_TRUE(named.is_new(item(R"({"name":"a","size":1})")));
  EXPECT_FALSE(named.is_new(item(R"({"name":"a","size":2})")));
  EXPECT_TRUE(named.is_new(item(R"({"name":"b","size":1})")));
  SeenItems whole("");
  EXPECT_TRUE(whole.is_new(item(R"({"at":1})")));
  EXPECT_TRUE(whole.is_new(item(R"({"at":2})")));
  EXPECT_FALSE(whole.is_new(item(R"({"at":1})")));
}

TEST(Watching, IsForListsThatAreRead) {
  Action action;
  action.name = "list";
  EXPECT_FALSE(check_watchable(action));
  action.answer.kind = "items";
  EXPECT_TRUE(check_watchable(action));
  action.effect_conditions.push_back({"apply", "", Effect::destructive});
  EXPECT_FALSE(check_watchable(action));
}

}  // namespace
}  // namespace dockerhub::cli
