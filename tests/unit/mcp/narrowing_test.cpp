// The headers by which a client asks for less: what they say, and how they are refused.
#include "narrowing.hpp"

#include <gmock/gmock.h>

#include <utility>

namespace dockerhub::mcp {
namespace {

using testing::HasSubstr;
using testing::Not;

Tool tool_of(std::string name) {
  Action look;
  look.name = "look";
  Action change;
  change.name = "change";
  change.effect = Effect::write;
  Tool tool;
  tool.module = name;
  tool.name = std::move(name);
  tool.actions = std::vector<Action>{look, change};
  return tool;
}

Catalogue catalogue_of(std::uint64_t version = 1) {
  Catalogue catalogue;
  catalogue.version = version;
  catalogue.tools = {tool_of("images"), tool_of("members")};
  return catalogue;
}

class NarrowedClient {
 public:
  explicit NarrowedClient(ToolFilter filter = {})
      : all_(ToolMode::condensed, std::move(filter), 0) {}

  tl::expected<Narrowing::View, RpcError> view(const web::Headers& headers,
                                               Effect most = Effect::destructive) {
    web::Request request;
    request.headers = headers;
    return narrowing_.view_of(request, catalogue, most);
  }
  // The tools of a client with these headers.
  std::string list(const web::Headers& headers) {
    const auto narrowed = view(headers);
    EXPECT_TRUE(narrowed) << narrowed.error().message;
    return narrowed ? (*narrowed)->list(catalogue, Effect::destructive, true) : std::string();
  }
  std::string refusal(const web::Headers& headers, Effect most = Effect::destructive) {
    const auto refused = view(headers, most);
    EXPECT_FALSE(refused);
    if (refused) return {};
    EXPECT_EQ(refused.error().http_status, web::status::kBadRequest);
    return refused.error().message;
  }

  Catalogue catalogue = catalogue_of();

 private:
  const ToolView all_;
  Narrowing narrowing_{all_};
};

TEST(Narrowing, WithoutItsHeadersIsNone) {
  NarrowedClient client;
  EXPECT_EQ(*client.view({{"Accept", "application/json"}}), nullptr);
  EXPECT_EQ(*client.view({{"X-MCP-Toolsets", ""}, {"X-MCP-Readonly", ""}}), nullptr);
}

TEST(Narrowing, LeavesTheToolsThatAreNamed) {
  NarrowedClient client;
  const std::string list = client.list({{"x-mcp-toolsets", "images"}});
  EXPECT_THAT(list, HasSubstr("\"images\""));
  EXPECT_THAT(list, Not(HasSubstr("\"members\"")));
}

TEST(Narrowing, LeavesOutWhatIsExcludedEvenOfWhatIsNamed) {
  const std::string list = NarrowedClient().list(
      {{"X-MCP-Toolsets", "images, members"}, {"X-MCP-Exclude-Tools", "members.look,images"}});
  EXPECT_THAT(list, HasSubstr("\"members\""));
  EXPECT_THAT(list, HasSubstr("change("));
  EXPECT_THAT(list, Not(HasSubstr("look(")));
  EXPECT_THAT(list, Not(HasSubstr("\"images\"")));
}

TEST(Narrowing, ToReadsTakesEachFormOfYes) {
  for (const char* yes : {"true", "True", "1", "yes", "on"}) {
    NarrowedClient client;
    EXPECT_THAT(client.list({{"X-MCP-Readonly", yes}}), Not(HasSubstr("change("))) << yes;
    EXPECT_EQ((*client.view({{"X-MCP-Readonly", yes}}))->limit(), Effect::read) << yes;
  }
  for (const char* no : {"false", "FALSE", "0", "no", "off"}) {
    EXPECT_THAT(NarrowedClient().list({{"X-MCP-Readonly", no}}), HasSubstr("change(")) << no;
  }
}

TEST(Narrowing, NeverWidens) {
  ToolFilter filter;
  filter.enabled = {"images"};
  filter.most = Effect::read;
  NarrowedClient client(filter);
  const std::string list =
      client.list({{"X-MCP-Toolsets", "images,members"}, {"X-MCP-Readonly", "false"}});
  EXPECT_THAT(list, HasSubstr("\"images\""));
  EXPECT_THAT(list, Not(HasSubstr("\"members\"")));
  EXPECT_THAT(list, Not(HasSubstr("change(")));
}

TEST(Narrowing, RefusesNamesOfNothingWithTheLikelyOne) {
  NarrowedClient client;
  const std::string toolsets = client.refusal({{"X-MCP-Toolsets", "images,member"}});
  EXPECT_THAT(toolsets, HasSubstr("X-MCP-Toolsets names 'member'"));
  EXPECT_THAT(toolsets, HasSubstr("did you mean `members`?"));
  EXPECT_THAT(client.refusal({{"X-MCP-Exclude-Tools", "images.chang"}}),
              HasSubstr("`images.change`"));
  EXPECT_THAT(client.refusal({{"X-MCP-Exclude-Tools", "images.chang"}}, Effect::read),
              Not(HasSubstr("`images.change`")))
      << "who may not change anything is not told of it";
}

TEST(Narrowing, RefusesWhatCouldBeTakenForLessThanWasMeant) {
  NarrowedClient client;
  EXPECT_THAT(client.refusal({{"X-MCP-Readonly", "maybe"}}), HasSubstr("true or false"));
  EXPECT_THAT(
      client.refusal({{"X-MCP-Exclude-Tools", "images"}, {"x-mcp-exclude-tools", "members"}}),
      HasSubstr("sent twice"));
  std::string many;
  for (std::size_t name = 0; name <= Narrowing::kMostNames; ++name) many += "images,";
  EXPECT_THAT(client.refusal({{"X-MCP-Toolsets", many}}), HasSubstr("names"));
}

TEST(Narrowing, KeepsAViewAsLongAsTheCatalogueStaysTheSame) {
  NarrowedClient client;
  const web::Headers headers = {{"X-MCP-Toolsets", "members"}};
  const auto first = client.view(headers);
  EXPECT_EQ(*client.view(headers), *first);
  client.catalogue = catalogue_of(2);
  client.catalogue.tools.pop_back();
  EXPECT_THAT(client.refusal(headers), HasSubstr("'members'"));
  client.catalogue = catalogue_of(3);
  EXPECT_NE(*client.view(headers), *first);
}

TEST(Narrowing, GoesOnWhenManyClientsWantDifferentThings) {
  NarrowedClient client;
  std::string names = "images";
  for (std::size_t number = 0; number < 2 * Narrowing::kMostKept; ++number) {
    names += ",images";
    EXPECT_THAT(client.list({{"X-MCP-Toolsets", names}}), Not(HasSubstr("\"members\"")));
  }
}

}  // namespace
}  // namespace dockerhub::mcp
