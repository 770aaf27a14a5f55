#include "call/redact.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace dockerhub {
namespace {

using testing::HasSubstr;

constexpr std::string_view kKnown = "a-password/of+this?process";

class Redact : public testing::Test {
 protected:
  static Action verbatim() {
    Action action;
    action.answer.verbatim = true;
    return action;
  }
  static Content with_data(std::string data) {
    Content content;
    content.kind = Content::Kind::image;
    content.data = std::move(data);
    return content;
  }
  Result<void> contents(std::vector<Content>& parts) const { return redact(redaction_, parts); }

  std::shared_ptr<SecretBook> book_ = std::make_shared<SecretBook>();
  Secret secret_ = book_->make(kKnown);
  Redactor redactor_{book_};
  CallRedaction redaction_{redactor_};
};

TEST_F(Redact, BytesOfAContentPartAreWithheldWhereTheyHoldASecret) {
  std::vector<Content> parts{with_data("\x89PNG" + std::string(kKnown) + "\xff")};
  const auto done = contents(parts);
  ASSERT_FALSE(done);
  EXPECT_THAT(done.error().message, HasSubstr("withheld"));
  EXPECT_EQ(done.error().kind, ErrorKind::module_fault);
}

TEST_F(Redact, BytesOfAContentPartAreLeftAsTheyAreOtherwise) {
  const std::string bytes = "\x89PNG dckr_pat_of_somebody_else_0000000000" + std::string(1, '\0');
  std::vector<Content> parts{with_data(bytes)};
  ASSERT_TRUE(contents(parts));
  EXPECT_EQ(parts[0].data, bytes);
}

TEST_F(Redact, TextsOfAContentPartAreMasked) {
  std::vector<Content> parts(1);
  for (std::string* text : {&parts[0].text, &parts[0].uri, &parts[0].name, &parts[0].media_type})
    *text = "(" + std::string(kKnown) + ")";
  ASSERT_TRUE(contents(parts));
  for (const std::string* text :
       {&parts[0].text, &parts[0].uri, &parts[0].name, &parts[0].media_type})
    EXPECT_EQ(*text, "(***redacted***)");
}

TEST_F(Redact, AnItemThatMayNotBeChangedIsWithheldOrTheSame) {
  const Action action = verbatim();
  const std::string clean = R"({ "a" : "dckr_pat_of_somebody_else_0000000000", "password": "x" })";
  EXPECT_EQ(redact_item(redaction_, &action, clean).value_or(""), clean);
  for (const char* const json :
       {R"(["a-password/of+this?process"])", R"(["a-password\u002fof+this?process"])"}) {
    const auto item = redact_item(redaction_, &action, json);
    ASSERT_FALSE(item) << json;
    EXPECT_THAT(item.error().message, HasSubstr("withheld"));
    EXPECT_EQ(redact_item(redaction_, nullptr, json).value_or(""), R"(["***redacted***"])");
  }
}

}  // namespace
}  // namespace dockerhub
