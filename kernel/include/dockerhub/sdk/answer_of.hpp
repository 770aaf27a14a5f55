// A resource whose content is what an action answers, in place of a handler:
//
//   resource_template("dockerhub://repo/{namespace}/{repository}", ..., "application/json",
//                     answer_of("hub_repos", "get",
//                               R"({"namespace": "{namespace}", "repository": "{repository}"})"))
//
// The action runs through the whole pipeline, as if the reader had called it: policy, redaction, audit and
// what the reader may not see are its own. The module uses catalog/1.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "dockerhub/sdk/context.hpp"
#include "dockerhub/sdk/filled_text.hpp"
#include "dockerhub/sdk/handler.hpp"
#include "dockerhub/sdk/outside_text.hpp"
#include "dockerhub/sdk/raw_member.hpp"

namespace dockerhub::sdk {

struct AnswerOf {
  using Instance = NoInstance;
  std::string_view tool, action;
  std::string_view
      params;  // JSON object with places for the variables of the URI (filled_text.hpp)
  std::string_view outside_member{};
  std::string_view media_type{};  // the row's

  // Only this text of the answer, which strangers wrote: it comes behind a mark that says so.
  constexpr AnswerOf outside(std::string_view member) const {
    AnswerOf work = *this;
    work.outside_member = member;
    return work;
  }

  Status run(NoInstance&, Context& ctx) const {
    const auto given = filled(params, ctx.params());
    if (!given) return DH_E_INVALID;
    const CallOutcome outcome = ctx.run(tool, action, Json::raw(*given));
    if (!outcome.status) return outcome.status;
    const auto data = raw_member(outcome.envelope, "data");
    if (!data) return DH_E_INVALID;
    ctx.resource_text(ctx.uri(), media_type,
                      outside_member.empty() ? std::string(*data) : outside_part(*data));
    return ctx.done();
  }

 private:
  std::string outside_part(std::string_view data) const {
    const auto member = raw_member(data, outside_member);
    const auto text = parse_json(member.value_or("null"));
    return outside_text(text && text->IsString() ? view(*text) : std::string_view());
  }
};

constexpr AnswerOf answer_of(std::string_view tool, std::string_view action,
                             std::string_view params = "{}") {
  return {tool, action, params};
}

}  // namespace dockerhub::sdk
