#include "trail/entry.hpp"

#include <gtest/gtest.h>

#include "base/json.hpp"

namespace dockerhub {
namespace {

CallView view() {
  CallView view;
  view.request_id = "0123";
  view.principal = "command line";
  view.tool = "hub_repos";
  view.action = "delete";
  view.params = R"({"name":"x"})";
  view.effect = Effect::destructive;
  return view;
}

json::Document entry(const CallView& of, const CallResult& result) {
  auto parsed =
      json::parse("{" + entry_text(7, of, result, "ann", std::chrono::milliseconds(12)) + "}");
  EXPECT_TRUE(parsed);
  return std::move(*parsed);
}

CallResult failure(ErrorKind kind, int status = 0) {
  CallResult result;
  result.error = Error();
  result.error->kind = kind;
  result.error->status_code = status;
  return result;
}

std::string outcome_of(const CallResult& result) {
  return std::string(json::text_of(entry(view(), result), "outcome"));
}

TEST(TrailEntry, SaysWhoWhatEffectAndOutcome) {
  const json::Document row = entry(view(), {});
  EXPECT_EQ(json::find(row, "n")->GetUint64(), 7U);
  EXPECT_EQ(json::text_of(row, "request_id"), "0123");
  EXPECT_EQ(json::text_of(row, "principal"), "command line");
  EXPECT_EQ(json::text_of(row, "account"), "ann");
  EXPECT_EQ(json::text_of(row, "tool"), "hub_repos");
  EXPECT_EQ(json::text_of(row, "action"), "delete");
  EXPECT_EQ(json::text_of(row, "effect"), "destructive");
  EXPECT_EQ(json::text_of(*json::find(row, "params"), "name"), "x");
  EXPECT_EQ(json::text_of(row, "outcome"), "ok");
  EXPECT_EQ(json::find(row, "duration_ms")->GetInt64(), 12);
}

TEST(TrailEntry, TellsRefusedFromFailedAndFromHalfDone) {
  EXPECT_EQ(outcome_of(failure(ErrorKind::destructive_closed)), "refused");
  EXPECT_EQ(outcome_of(failure(ErrorKind::policy)), "refused");
  EXPECT_EQ(outcome_of(failure(ErrorKind::parameter)), "refused");
  EXPECT_EQ(outcome_of(failure(ErrorKind::parameter, 404)), "failed");
  EXPECT_EQ(outcome_of(failure(ErrorKind::network)), "failed");
  CallResult partial;
  partial.outcome = Outcome::partial;
  EXPECT_EQ(outcome_of(partial), "partial");
  CallResult met;
  met.outcome = Outcome::condition_met;
  EXPECT_EQ(outcome_of(met), "condition_met");
  CallResult suspended;
  suspended.suspended = true;
  EXPECT_EQ(outcome_of(suspended), "suspended");
}

TEST(TrailEntry, SaysWhoDecidedAboutWhoseCall) {
  const ConsentDecision decision{
      ConsentDecision::Kind::denied, "bob", "alice", "hub_repos", "delete",
      Effect::destructive,           {}};
  const auto row = json::parse("{" + entry_text(8, decision, "ann") + "}");
  ASSERT_TRUE(row);
  EXPECT_EQ(json::find(*row, "n")->GetUint64(), 8U);
  EXPECT_EQ(json::text_of(*row, "event"), "consent");
  EXPECT_EQ(json::text_of(*row, "decision"), "denied");
  EXPECT_EQ(json::text_of(*row, "principal"), "bob");
  EXPECT_EQ(json::text_of(*row, "caller"), "alice");
  EXPECT_EQ(json::text_of(*row, "action"), "delete");
}

TEST(TrailEntry, LeavesOutLargeParameters) {
  CallView large = view();
  const std::string params = R"({"text":")" + std::string(20'000, 'x') + "\"}";
  large.params = params;
  const json::Document row = entry(large, {});
  EXPECT_EQ(json::find(*json::find(row, "params"), "left_out_bytes")->GetUint64(), params.size());
}

TEST(TrailEntry, LeavesOutParametersThatWouldBeTooDeepInIt) {
  CallView deep = view();
  const auto nested = [](std::size_t levels) {
    const std::size_t lists = levels - 1;
    return R"({"a":)" + std::string(lists, '[') + std::string(lists, ']') + "}";
  };
  const std::string deepest = nested(json::kMaxDepth);
  ASSERT_TRUE(json::is_valid(deepest));
  deep.params = deepest;
  const json::Document row = entry(deep, {});
  EXPECT_EQ(json::find(*json::find(row, "params"), "left_out_bytes")->GetUint64(), deepest.size());
  const std::string fits = nested(json::kMaxDepth - 1);
  deep.params = fits;
  EXPECT_EQ(json::write(*json::find(entry(deep, {}), "params")), fits);
}

}  // namespace
}  // namespace dockerhub
