#include "outside_texts.hpp"

#include <gtest/gtest.h>

namespace dockerhub::mcp {
namespace {

// The envelope after fields of these names were marked.
std::string marked(std::string envelope, std::vector<std::string> fields) {
  dockerhub::Answer answer;
  answer.from_outside = std::move(fields);
  EXPECT_TRUE(mark_outside(envelope, answer));
  return envelope;
}

TEST(OutsideTexts, AreNamedAndMadeVisible) {
  EXPECT_EQ(
      marked("{\"data\":{\"description\":\"a\xE2\x80\xAE\\u0007b\\nc\",\"id\":1}}",
             {"description"}),
      R"({"data":{"description":"a\\u202e\\u0007b\nc","id":1},"from_outside":["description"]})");
}

TEST(OutsideTexts, AreFoundInItemsAndBelowMarkedFields) {
  EXPECT_EQ(marked("{\"data\":[{\"notes\":{\"a\xE2\x80\xAE\":[\"b\xE2\x80\xAE\"]}}]}", {"notes"}),
            R"({"data":[{"notes":{"a\\u202e":["b\\u202e"]}}],"from_outside":["notes"]})");
}

TEST(OutsideTexts, NothingIsSaidOfFieldsThatAreNotThere) {
  const std::string_view plain = R"({"data":{"id":1}})";
  EXPECT_EQ(marked(std::string(plain), {"description"}), plain);
  EXPECT_EQ(marked(R"({"error":{"description":"x"}})", {"description"}),
            R"({"error":{"description":"x"}})");
}

TEST(OutsideTexts, OtherFieldsStayAsTheyAre) {
  const std::string plain =
      "{\"data\":{\"description\":[[\"x\"]],\"text\":\"\xE2\x80\xA8\"},\"z\":\"\xE2\x80\xA8\"}";
  EXPECT_EQ(marked(plain, {"other"}), plain);
  EXPECT_EQ(marked(plain, {"description"}),
            plain.substr(0, plain.size() - 1) + ",\"from_outside\":[\"description\"]}");
}

TEST(OutsideTexts, WithoutAnythingUnseenStayAsTheyWereWritten) {
  EXPECT_EQ(
      marked("{ \"data\": {\"b\":\"caf\xC3\xA9\\n\",\"a\":{\"b\":1e0}}}", {"b", "a"}),
      "{ \"data\": {\"b\":\"caf\xC3\xA9\\n\",\"a\":{\"b\":1e0}},\"from_outside\":[\"a\",\"b\"]}");
}

TEST(OutsideTexts, AnEnvelopeThatCannotBeReadIsNotMarked) {
  const std::string deep = R"({"data":)" + std::string(200, '[') + std::string(200, ']') + "}";
  std::string envelope = deep;
  dockerhub::Answer answer;
  answer.from_outside = {"a"};
  EXPECT_FALSE(mark_outside(envelope, answer));
  EXPECT_EQ(envelope, deep);
}

std::string shown_text(std::string text, std::string_view media_type) {
  show_unseen(text, media_type);
  return text;
}

TEST(UnseenInResources, IsShownWithinTheTextsAndNamesOfADocument) {
  EXPECT_EQ(shown_text("{ \"a\xE2\x80\xAE\": [\"b\xE2\x80\xAE\\u001b\"] }", "application/json"),
            R"({"a\\u202e":["b\\u202e\\u001b"]})");
  EXPECT_EQ(shown_text("[\"\xE2\x80\xAE\"]", "application/spdx+json; charset=utf-8"),
            R"(["\\u202e"])");
}

TEST(UnseenInResources, ADocumentWithoutAnyStaysByteForByte) {
  const std::string plain = "{ \"a\" : \"line\\nline \xC3\xA9\" }";
  EXPECT_EQ(shown_text(plain, "application/json"), plain);
}

TEST(UnseenInResources, WhatIsNoDocumentIsShownAsAText) {
  EXPECT_EQ(shown_text("{\"a\xE2\x80\xAE", "application/json"), "{\"a\\u202e");
  EXPECT_EQ(shown_text("a\xE2\x80\xAE", "text/markdown"), "a\xE2\x80\xAE");
}

}  // namespace
}  // namespace dockerhub::mcp
