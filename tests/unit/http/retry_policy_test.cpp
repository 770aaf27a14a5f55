// How long is waited before a request is sent again. Each time is drawn so often that no test fails by
// chance.
#include "http/retry_policy.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <limits>
#include <set>
#include <thread>
#include <vector>

namespace dockerhub::http {
namespace {

using std::chrono::milliseconds;
using namespace std::chrono_literals;

constexpr int kDraws = 1000;
constexpr int kMostDoublings = 10;
constexpr milliseconds kFirstPause = 250ms;
constexpr milliseconds kLastPause = kFirstPause * (1 << kMostDoublings);
constexpr milliseconds kNoCap = 1h;

template <typename Draw>
std::vector<milliseconds> many(Draw draw) {
  std::vector<milliseconds> drawn(kDraws);
  std::generate(drawn.begin(), drawn.end(), draw);
  return drawn;
}

void expect_within(const std::vector<milliseconds>& drawn, milliseconds least, milliseconds most) {
  const auto [shortest, longest] = std::minmax_element(drawn.begin(), drawn.end());
  EXPECT_GE(shortest->count(), least.count());
  EXPECT_LE(longest->count(), most.count());
}

TEST(BackoffTest, DoublesFromAQuarterOfASecondAndAddsAQuarterOfItAtMost) {
  Backoff backoff;
  milliseconds longest_before = 0ms;
  for (int repeats = 0; repeats <= kMostDoublings; ++repeats) {
    SCOPED_TRACE(repeats);
    const milliseconds pause = kFirstPause * (1 << repeats);
    const auto drawn = many([&] { return backoff.next(repeats, kNoCap); });
    expect_within(drawn, pause, pause + pause / 4);
    EXPECT_GT(*std::min_element(drawn.begin(), drawn.end()), longest_before);
    longest_before = *std::max_element(drawn.begin(), drawn.end());
  }
}

TEST(BackoffTest, IsNeverLongerThanAllowed) {
  Backoff backoff;
  for (const milliseconds cap : {0ms, 1ms, 250ms, 260ms, 1000ms, 15000ms}) {
    for (int repeats = 0; repeats <= kMostDoublings; ++repeats) {
      SCOPED_TRACE(repeats);
      const milliseconds pause = kFirstPause * (1 << repeats);
      expect_within(many([&] { return backoff.next(repeats, cap); }), std::min(pause, cap), cap);
    }
  }
}

TEST(BackoffTest, StopsDoublingAfterManyRepeats) {
  Backoff backoff;
  for (const int repeats : {kMostDoublings + 1, 31, 64, std::numeric_limits<int>::max()}) {
    SCOPED_TRACE(repeats);
    expect_within(many([&] { return backoff.next(repeats, kNoCap); }), kLastPause,
                  kLastPause + kLastPause / 4);
  }
}

TEST(BackoffTest, AfterATimeThatWasAskedForIsThatAndAQuarterOfASecondMoreAtMost) {
  Backoff backoff;
  for (const milliseconds asked : {0ms, 200ms, 1000ms, 3600000ms}) {
    SCOPED_TRACE(asked.count());
    expect_within(many([&] { return backoff.after(asked); }), asked, asked + 250ms);
  }
}

TEST(BackoffTest, SpreadsWhatItAdds) {
  Backoff backoff;
  const auto nexts = many([&] { return backoff.next(kMostDoublings, kNoCap); });
  const auto afters = many([&] { return backoff.after(1s); });
  EXPECT_GT(std::set(nexts.begin(), nexts.end()).size(), kDraws / 2U) << "of 64001 that may be";
  EXPECT_GT(std::set(afters.begin(), afters.end()).size(), 100U) << "of 251 that may be";
}

TEST(BackoffTest, OfTwoExchangesIsNotTheSame) {
  Backoff one;
  std::this_thread::sleep_for(1us);  // the time at which it is made is what they differ in
  Backoff other;
  EXPECT_NE(many([&] { return one.next(kMostDoublings, kNoCap); }),
            many([&] { return other.next(kMostDoublings, kNoCap); }));
  EXPECT_NE(many([&] { return one.after(1s); }), many([&] { return other.after(1s); }));
}

}  // namespace
}  // namespace dockerhub::http
