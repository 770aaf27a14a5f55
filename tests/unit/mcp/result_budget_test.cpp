#include "result_budget.hpp"

#include <gmock/gmock.h>

#include <chrono>

namespace dockerhub::mcp {
namespace {

using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

constexpr std::size_t kTokens = 500;  // 2,000 bytes

Action paged_action() {
  Action action;
  action.answer.columns = {"name", "size"};
  action.request.emplace().paging_json = R"({"style":"page","items":"results"})";
  for (const char* name : {"page", "page_size"}) {
    action.parameters.emplace_back();
    action.parameters.back().name = name;
    action.parameters.back().type = ParameterType::integer;
  }
  return action;
}

std::string items(std::size_t count, std::size_t bytes = 40) {
  std::string list = "[";
  for (std::size_t index = 0; index < count; ++index) {
    if (index > 0) list += ',';
    list +=
        R"({"name":"n)" + std::to_string(index) + R"(","text":")" + std::string(bytes, 'x') + "\"}";
  }
  return list + "]";
}

json::Document fitted(const std::string& envelope, const Answered& answered,
                      std::size_t tokens = kTokens) {
  auto document = json::parse(envelope);
  fit(*document, answered, tokens);
  return std::move(*document);
}

const json::Value& only_cut(const json::Document& envelope) {
  EXPECT_EQ(envelope["cut"].Size(), 1U);
  return envelope["cut"][0];
}

TEST(ResultBudget, ATokenIsFourBytes) {
  EXPECT_EQ(estimated_tokens(""), 0U);
  EXPECT_EQ(estimated_tokens("a"), 1U);
  EXPECT_EQ(estimated_tokens("abcde"), 2U);
}

TEST(ResultBudget, WhatFitsStaysAsItIs) {
  const std::string envelope = R"({"data":)" + items(5) + "}";
  EXPECT_EQ(json::write(fitted(envelope, {})), envelope);
  const std::string large = R"({"data":)" + items(500) + "}";
  EXPECT_EQ(json::write(fitted(large, {}, 0)), large) << "0 is no limit";
}

TEST(ResultBudget, AListIsEndedEarlyAndTellsHowToGetTheRest) {
  const Action action = paged_action();
  const auto envelope = fitted(R"({"data":{"count":900,"results":)" + items(100) + "}}",
                               {&action, false, R"({"page_size":100})"});
  EXPECT_LE(json::write(envelope).size(), kTokens * 4);
  const std::size_t shown = envelope["data"]["results"].Size();
  EXPECT_GT(shown, 10U);
  const json::Value& cut = only_cut(envelope);
  EXPECT_STREQ(cut["list"].GetString(), "data.results");
  EXPECT_EQ(cut["shown"].GetUint64(), shown);
  EXPECT_EQ(cut["of"].GetUint64(), 100U);
  EXPECT_EQ(cut["rest"]["page"].GetUint64(), 2U);
  EXPECT_EQ(cut["rest"]["page_size"].GetUint64(), shown);
  EXPECT_THAT(cut["hint"].GetString(), HasSubstr(R"(fields = ["name"])"));
}

TEST(ResultBudget, AListWithinTheAnswerHasNoRest) {
  const Action action = paged_action();
  const auto envelope =
      fitted(R"({"data":{"runs":[{"results":)" + items(100) + "}]}}", {&action, false, "{}"});
  const json::Value& cut = only_cut(envelope);
  EXPECT_STREQ(cut["list"].GetString(), "data.runs[0].results");
  EXPECT_FALSE(cut.HasMember("rest"));
}

TEST(ResultBudget, LongTextsAreCutBetweenCharacters) {
  std::string text;
  while (text.size() < 8'000) text += "\xE2\x82\xAC\"";
  const auto envelope =
      fitted(R"({"data":{"short":"stays","readme":)" + json::quote(text) + "}}", {});
  const std::string written = json::write(envelope);
  EXPECT_LE(written.size(), kTokens * 4);
  EXPECT_TRUE(json::parse(written)) << "valid UTF-8";
  EXPECT_STREQ(envelope["data"]["short"].GetString(), "stays");
  const std::string kept = envelope["data"]["readme"].GetString();
  EXPECT_THAT(kept, EndsWith("of 8000 bytes]"));
  EXPECT_GT(kept.size(), 600U);
  EXPECT_EQ(only_cut(envelope)["texts"].GetUint64(), 1U);
}

TEST(ResultBudget, WhatIsShownOnceIsNeverCut) {
  Action action = paged_action();
  action.answer.shown_once = {"token"};
  const std::string token(6'000, 't'), note(6'000, 'n');
  const auto envelope = fitted(R"({"data":{"token":")" + token + R"(","note":")" + note + R"("}})",
                               {&action, false, "{}"});
  EXPECT_EQ(envelope["data"]["token"].GetString(), token);
  EXPECT_THAT(envelope["data"]["note"].GetString(), EndsWith("of 6000 bytes]"));
  const std::string list = R"({"data":[{"token":"a"},)" + items(100).substr(1) + "}";
  EXPECT_EQ(fitted(list, {&action, false, "{}"})["data"].Size(), 101U);
}

TEST(ResultBudget, WhatCannotBeShortenedIsWithheld) {
  std::string object = "{";
  for (int index = 0; index < 500; ++index) {
    object += (index == 0 ? "\"k" : ",\"k") + std::to_string(index) + "\":1";
  }
  const auto envelope = fitted(R"({"data":)" + object + "}}", {});
  EXPECT_TRUE(envelope["data"].IsNull());
  EXPECT_STREQ(only_cut(envelope)["withheld"].GetString(), "data");
}

TEST(ResultBudget, TheMessageOfAnErrorIsCutToo) {
  const auto envelope =
      fitted(R"({"error":{"type":"ApiError","message":")" + std::string(9'000, 'm') + R"("}})", {});
  EXPECT_LE(json::write(envelope).size(), kTokens * 4);
  EXPECT_STREQ(envelope["error"]["type"].GetString(), "ApiError");
}

TEST(ResultBudget, DescribeIsNarrowedToOneAction) {
  const auto envelope = fitted(R"({"data":{"actions":)" + items(100) + "}}", {nullptr, true, "{}"});
  EXPECT_THAT(only_cut(envelope)["hint"].GetString(), HasSubstr("describe"));
}

TEST(ResultBudget, TextsOfPartsAreCut) {
  std::string text(9'000, 'p');
  fit(text, kTokens);
  EXPECT_THAT(text, StartsWith("ppp"));
  EXPECT_THAT(text, EndsWith("[cut: 2000 of 9000 bytes]"));
  std::string whole(2'000, 'p');
  fit(whole, kTokens);
  EXPECT_THAT(whole, Not(HasSubstr("cut")));
}

TEST(ResultBudget, ATextThatIsLargerThanTheListsIsCutInTheirPlace) {
  const auto envelope = fitted(
      R"({"data":{"readme":")" + std::string(9'000, 'r') + R"(","tags":)" + items(10) + "}}", {});
  EXPECT_EQ(envelope["data"]["tags"].Size(), 10U);
  EXPECT_EQ(only_cut(envelope)["texts"].GetUint64(), 1U);
}

TEST(ResultBudget, ListsAreEndedBesideALargeObjectAndShortTexts) {
  std::string object = "{\"k\":0";
  for (int index = 0; index < 60; ++index) object += ",\"k" + std::to_string(index) + "\":1";
  const auto envelope = fitted(R"({"data":{"object":)" + object + R"(},"list":)" + items(20, 10) +
                                   R"(,"text":")" + std::string(3'000, 't') + R"("}})",
                               {});
  EXPECT_LE(json::write(envelope).size(), kTokens * 4);
  EXPECT_TRUE(envelope["data"].IsObject());
  EXPECT_TRUE(envelope["data"]["object"].IsObject());
}

TEST(ResultBudget, ManyListsAreAllEnded) {
  std::string data = "{";
  for (int index = 0; index < 40; ++index) {
    data += (index == 0 ? "\"l" : ",\"l") + std::to_string(index) + "\":" + items(50, 5);
  }
  const auto envelope = fitted(R"({"data":)" + data + "}}", {}, 2'000);
  EXPECT_LE(json::write(envelope).size(), 8'000U);
  EXPECT_TRUE(envelope["data"].IsObject());
  EXPECT_EQ(envelope["cut"].Size(), 9U) << "eight lists, and how many more";
  EXPECT_GT(envelope["cut"][8]["more_lists"].GetUint64(), 20U);
}

TEST(ResultBudget, WhatIsLongBesideTheDataDoesNotCostTheData) {
  const std::string data = R"({"data":)" + items(10);
  const auto warned = fitted(data + R"(,"warnings":)" + items(300) + "}", {});
  EXPECT_EQ(warned["data"].Size(), 10U);
  EXPECT_STREQ(only_cut(warned)["list"].GetString(), "warnings");
  std::string object = "{\"k\":0";
  for (int index = 0; index < 500; ++index) object += ",\"k" + std::to_string(index) + "\":1";
  const auto extra = fitted(R"({"data":{"a":1},"extra":)" + object + "}}", {});
  EXPECT_EQ(extra["data"]["a"].GetInt(), 1);
  EXPECT_FALSE(extra.HasMember("extra"));
  EXPECT_STREQ(only_cut(extra)["withheld"].GetString(), "extra");
}

TEST(ResultBudget, WhatNamesStrangersWordsStaysWhole) {
  const auto envelope =
      fitted(R"({"data":)" + items(100) + R"(,"from_outside":["a","b","c"]})", {});
  EXPECT_EQ(envelope["from_outside"].Size(), 3U);
}

TEST(ResultBudget, OnlyTheRowsOwnItemsHaveARest) {
  const Action action = paged_action();
  for (const std::string& data :
       {R"([{"inner":)" + items(100) + "}]", R"({"results":[],"side":)" + items(100) + "}"}) {
    const auto envelope = fitted(R"({"data":)" + data + "}", {&action, false, "{}"});
    EXPECT_FALSE(only_cut(envelope).HasMember("rest")) << data.substr(0, 30);
    EXPECT_THAT(only_cut(envelope)["hint"].GetString(), Not(HasSubstr("fields")));
  }
  Action handler = action;
  handler.request.reset();
  const auto filtered =
      fitted(R"({"data":{"results":)" + items(100) + "}}", {&handler, false, "{}"});
  EXPECT_FALSE(only_cut(filtered).HasMember("rest"));
}

TEST(ResultBudget, VerbatimDataIsWholeOrNotThere) {
  Action action;
  action.answer.verbatim = true;
  const auto envelope =
      fitted(R"({"status_code":200,"data":{"layers":)" + items(100) + "}}", {&action, false, "{}"});
  EXPECT_TRUE(envelope["data"].IsNull());
  EXPECT_STREQ(only_cut(envelope)["withheld"].GetString(), "data");
  EXPECT_THAT(only_cut(envelope)["hint"].GetString(), Not(HasSubstr("fields")));
}

TEST(ResultBudget, AdviceIsWhatTheModeTakes) {
  const Action action = paged_action();
  const std::string list = R"({"data":{"results":)" + items(100) + "}}";
  const auto verbose = fitted(list, {&action, false, "{}", ToolMode::verbose});
  const std::string hint = only_cut(verbose)["hint"].GetString();
  EXPECT_THAT(hint, HasSubstr(R"(_fields = ["name"])"));
  EXPECT_THAT(hint, HasSubstr("without _all_pages and _max_items"));
  const auto dynamic = fitted(list, {nullptr, true, "{}", ToolMode::dynamic});
  EXPECT_THAT(only_cut(dynamic)["hint"].GetString(), HasSubstr("describe_action"));
  const auto found = fitted(list, {nullptr, false, "{}", ToolMode::dynamic});
  EXPECT_THAT(only_cut(found)["hint"].GetString(), Not(HasSubstr("parameters")));
}

TEST(ResultBudget, DeepAndLargeAnswersTakeLittleTime) {
  constexpr int kDepth = 120;
  std::string before, after;
  for (int level = 0; level < kDepth; level += 2) {
    before += R"([{"a":)";
    after += "},1]";
  }
  const std::string envelope_text = R"({"data":)" + before + items(200'000, 60) + after + "}";
  const auto start = std::chrono::steady_clock::now();
  const auto envelope = fitted(envelope_text, {}, 10'000);
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(20));
  EXPECT_LE(json::write(envelope).size(), 40'000U);
  EXPECT_FALSE(envelope["data"].IsNull());
}

TEST(ResultBudget, ADocumentStaysJson) {
  std::string document = R"({"results":)" + items(100) + "}";
  fit_document(document, kTokens);
  EXPECT_LE(document.size(), kTokens * 4);
  const auto read = json::parse(document);
  ASSERT_TRUE(read);
  EXPECT_GT((*read)["data"]["results"].Size(), 10U);
  EXPECT_STREQ(only_cut(*read)["list"].GetString(), "data.results");
  std::string text(9'000, 'p');
  fit_document(text, kTokens);
  EXPECT_THAT(text, EndsWith("[cut: 2000 of 9000 bytes]"));
}

}  // namespace
}  // namespace dockerhub::mcp
