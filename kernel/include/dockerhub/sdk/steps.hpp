// A prompt that is a list of steps, in place of a handler:
//
//   inline constexpr Step kSteps[] = {
//       {"Read the tag.", "hub_repos", "get_tag", R"({"namespace": "{namespace}", ...})"},
//       {"Tell the user what you found."}};
//   prompt("release_check", "...", steps("Check whether {tag} can be released.", kSteps), {...})
//
// Texts and parameters have places for the arguments (filled_text.hpp). A step with a place that nothing was
// given for is left out; one whose action is not offered to the caller becomes a note that it was not
// done. The steps live as long as the program. The module uses catalog/1.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "dockerhub/sdk/context.hpp"
#include "dockerhub/sdk/filled_text.hpp"
#include "dockerhub/sdk/handler.hpp"

namespace dockerhub::sdk {

struct Step {
  std::string_view text;  // to the model, in the second person
  std::string_view tool{}, action{};
  std::string_view params{};  // JSON object
};

struct Steps {
  using Instance = NoInstance;
  std::string_view aim;
  const Step* first;
  std::size_t count;

  constexpr const Step* begin() const { return first; }
  constexpr const Step* end() const { return first + count; }

  Status run(NoInstance&, Context& ctx) const {
    std::string text = filled(aim, ctx.params()).value_or(std::string(aim)) + "\n";
    int number = 0;
    for (const Step& step : *this) {
      const std::string words = words_of(step, ctx);
      if (!words.empty()) text += "\n" + std::to_string(++number) + ". " + words;
    }
    const Json content{{"type", "text"}, {"text", text}};
    return ctx.answer({{"messages", Json::array({Json{{"role", "user"}, {"content", content}}})}});
  }

 private:
  // Empty: the step is left out.
  static std::string words_of(const Step& step, Context& ctx) {
    const auto text = filled(step.text, ctx.params());
    const auto params = filled(step.params, ctx.params());
    if (!text || !params) return {};
    if (step.tool.empty()) return *text;
    const std::string tool(step.tool);
    const std::string action(step.action);
    if (ctx.offered(step.tool, step.action) == Status(DH_E_NOT_FOUND)) {
      return *text + "\n   " + tool + " " + action +
             " is not offered here: leave this step out and tell the user that it was not done.";
    }
    return *text + "\n   Tool " + tool + ", action " + action + ", params " + *params;
  }
};

template <std::size_t Count>
constexpr Steps steps(std::string_view aim, const Step (&list)[Count]) {
  return {aim, list, Count};
}

}  // namespace dockerhub::sdk
