#include "reference_page.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace dockerhub::cli {
namespace {

using testing::HasSubstr;
using testing::Not;

Tool tool() {
  Parameter scopes;
  scopes.name = "scopes";
  scopes.type = ParameterType::array;
  scopes.required = true;
  scopes.description = "Like */*/public, <b> or a|b";
  Action action;
  action.name = "create_pat";
  action.summary = "Creates a token";
  action.description = "See `list_pats`.";
  action.effect = Effect::write;
  action.effect_conditions.push_back({"scopes", "", Effect::destructive});
  action.parameters.push_back(scopes);
  action.positionals = {"scopes"};
  action.short_form = ShortForm{"mk", {"scopes"}};
  action.at_least_one = {{"scopes"}};
  action.answer.shown_once = {"token"};
  action.examples = {R"({"scopes": ["repo:read"]})"};
  action.request = RequestRow();
  action.request->method = "POST";
  action.request->surface = "hub";
  action.request->path = "/v2/access-tokens";
  Tool tool;
  tool.name = "hub_auth";
  tool.description = "Tokens.";
  tool.actions = std::vector<Action>{action};
  return tool;
}

TEST(ReferencePage, SaysWhatTheRowsSay) {
  const std::string page = reference_page(tool());
  for (const char* part :
       {"# hub_auth\n", "\nTokens.\n",
        "| [`create_pat`](#create_pat) | write; destructive with --scopes |",
        "\n## create_pat\n\nCreates a token. See `list_pats`.\n",
        "- Command: `auth create-pat <scopes>`\n", "- Short form: `mk <scopes>`\n",
        "- Request: `POST /v2/access-tokens`\n", "- Shown once: `token`\n",
        "- At least one of `scopes`.\n", "| `scopes` | string,... | Required. ",
        "```sh\ndockerhub auth create-pat repo:read\n```\n"})
    EXPECT_THAT(page, HasSubstr(part));
}

TEST(ReferencePage, ShowsTextsOfAModuleLiterally) {
  EXPECT_THAT(reference_page(tool()), HasSubstr(R"(Like \*/\*/public, \<b\> or a\|b.)"));
}

TEST(ReferencePage, NamesTheRouteOfAFunction) {
  Tool with_function = tool();
  Action action = with_function.actions.front();
  action.request.reset();
  action.rest_method = "POST";
  action.rest_path = "/v2/x";
  with_function.actions = std::vector<Action>{action};
  const std::string page = reference_page(with_function);
  EXPECT_THAT(page, HasSubstr("- Route: `POST /v2/x`, sent by a function\n"));
  EXPECT_THAT(page, Not(HasSubstr("- Request:")));
}

}  // namespace
}  // namespace dockerhub::cli
