// A plan in the words of the question for its consent: as many names as a person still reads, and the
// rest counted. Pure, and any thread, but for plan_question().
#pragma once

#include <cstddef>
#include <dockerhub/sdk/context.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace dockerhub::hub {

// How many are named of those who lose something, and of all others.
inline constexpr std::size_t kMostLosersNamed = 100;
inline constexpr std::size_t kMostOthersNamed = 20;

// The outcome of a plan without an entry.
inline constexpr std::string_view kNothingToChange = "Nothing has to be changed.";

struct PlanText {
  std::string text;
  bool is_whole = true;  // false: something is counted and not named
};

// Adds "a, b and 5 more " and `of_the_rest`, after a comma where there is text already. Nothing for no
// entries.
void name_some(PlanText& plan, const std::vector<std::string>& entries, std::size_t most_named,
               std::string_view of_the_rest);

// Adds `entry` to "a, b".
void add_named(std::string& text, std::string_view entry);
// "a, b"
std::string joined(const std::vector<std::string>& entries);

// The plan's text as a question. What it does not name stands in the plan's id, so that a consent is for
// `whole` alone: the same with every name. Only inside a call, on its thread.
sdk::Reply<std::string> plan_question(sdk::Context& ctx, const PlanText& plan,
                                      const std::string& whole);

}  // namespace dockerhub::hub
