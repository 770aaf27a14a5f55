#include <gtest/gtest.h>

#include "base/json.hpp"
#include "redaction/redactor.hpp"

namespace dockerhub {
namespace {

class JsonRedaction : public testing::Test {
 protected:
  std::string json(std::string_view text, const std::vector<std::string>& shown_once = {}) const {
    const auto result = redactor_.json(text, shown_once);
    return result ? *result : "error: " + result.error().message;
  }

  std::shared_ptr<SecretBook> book_ = std::make_shared<SecretBook>();
  Redactor redactor_{book_};
};

TEST_F(JsonRedaction, MasksValuesOfSecretKeysInAnyCase) {
  for (const char* const key : {"secret", "password", "access_token", "refresh_token", "jwt",
                                "token", "authorization", "api_key", "client_secret", "id_token",
                                "scim_token", "Password", "TOKEN", "Api-Key", "accessToken"}) {
    const std::string quoted = json::quote(key);
    EXPECT_EQ(json("{" + quoted + ":\"x\"}"), "{" + quoted + ":\"***redacted***\"}");
  }
}

TEST_F(JsonRedaction, LeavesOtherKeysAlone) {
  for (const char* const key :
       {"tokens", "token_label", "login_2fa_token", "secretary", "passwords", "name"}) {
    const std::string text = "{" + json::quote(key) + ":\"x\"}";
    EXPECT_EQ(json(text), text);
  }
}

TEST_F(JsonRedaction, KeepsEmptyValuesOfSecretKeys) {
  for (const char* const value : {R"("")", "null", "0", "-0.0", "0e5", "false", "{}", "[]"}) {
    const std::string text = std::string(R"({"token":)") + value + "}";
    EXPECT_EQ(json(text), text);
  }
}

TEST_F(JsonRedaction, MasksTrueAndNumbersOfSecretKeys) {
  EXPECT_EQ(json(R"({"token":true})"), R"({"token":"***redacted***"})");
  EXPECT_EQ(json(R"({"token":12})"), R"({"token":"***redacted***"})");
  EXPECT_EQ(json(R"({"token":0.01})"), R"({"token":"***redacted***"})");
}

TEST_F(JsonRedaction, RefusesNumbersThatNobodyCouldRead) {
  EXPECT_FALSE(redactor_.json("[9e308]"));
  EXPECT_FALSE(redactor_.json(R"({"token":9e308})"));
  EXPECT_FALSE(redactor_.json("[" + std::string(400, '9') + "]"));
  for (const char* const readable : {"[1e-400]", "[0e5]", "[1.7e308]", "[-1e-9]"})
    EXPECT_EQ(json(readable), readable);
}

TEST_F(JsonRedaction, MasksWholeSubtreesOfSecretKeys) {
  EXPECT_EQ(json(R"({"secret":{"a":[1,{"b":"c"}]},"next":1})"),
            R"({"secret":"***redacted***","next":1})");
  EXPECT_EQ(json(R"([{"password":["a",[]],"x":[]},2])"),
            R"([{"password":"***redacted***","x":[]},2])");
  EXPECT_EQ(json(R"({"secret":[{}]})"), R"({"secret":"***redacted***"})");
}

TEST_F(JsonRedaction, MasksByShapeInEveryString) {
  EXPECT_EQ(json(R"({"a":["run dckr_pat_abc"]})"), R"({"a":["run ***redacted***"]})");
  EXPECT_EQ(json(R"("Bearer abc123")"), R"("Bearer ***redacted***")");
}

TEST_F(JsonRedaction, MasksKeysToo) {
  const Secret secret = book_->make("known-value");
  EXPECT_EQ(json(R"({"dckr_pat_abc":1,"known-value":2})"),
            R"({"***redacted***":1,"***redacted***":2})");
}

TEST_F(JsonRedaction, ShowsFieldsThatAreShownOnce) {
  const std::string text = R"({"data":{"token":"dckr_pat_fresh"}})";
  EXPECT_EQ(json(text, {"token"}), text);
  EXPECT_EQ(json(text), R"({"data":{"token":"***redacted***"}})");
}

TEST_F(JsonRedaction, ShownOnceEndsWithItsField) {
  EXPECT_EQ(json(R"({"token":"dckr_pat_a","note":"dckr_pat_b","x":{"secret":"c"}})", {"token"}),
            R"({"token":"dckr_pat_a","note":"***redacted***","x":{"secret":"***redacted***"}})");
  EXPECT_EQ(json(R"({"token":{"token2":"dckr_pat_b"}})", {"token"}),
            R"({"token":{"token2":"***redacted***"}})");
}

TEST_F(JsonRedaction, OwnSecretsAreMaskedEvenWhereShownOnce) {
  const Secret secret = book_->make("dckr_pat_ours");
  EXPECT_EQ(json(R"({"token":"dckr_pat_ours"})", {"token"}), R"({"token":"***redacted***"})");
}

TEST_F(JsonRedaction, FindsOwnSecretsBehindEscapes) {
  const Secret secret = book_->make("line\nbreak\"quote");
  EXPECT_EQ(json(R"({"a":"x line\u000abreak\u0022quote y"})"), R"({"a":"x ***redacted*** y"})");
}

TEST_F(JsonRedaction, FindsOwnSecretsInNumbers) {
  const Secret secret = book_->make("123456789012");
  EXPECT_EQ(json("[123456789012,123456789]"), R"(["***redacted***",123456789])");
}

TEST_F(JsonRedaction, FindsOwnSecretsInThePayloadOfAWebToken) {
  const Secret secret = book_->make("value-in-claims");
  // {"sub":"value-in-claims"} between two parts that make it no complete token.
  EXPECT_EQ(json(R"(["eyJzdWIiOiJ2YWx1ZS1pbi1jbGFpbXMifQ"])").find("dWUtaW4tY2xhaW1"),
            std::string::npos);
}

TEST_F(JsonRedaction, KeepsEveryDigitOfNumbers) {
  for (const char* const number : {"18446744073709551615", "-9223372036854775808", "0.1", "1.10",
                                   "1E+2", "-0", "123456789012345678901234567890.123456789"}) {
    EXPECT_EQ(json(number), number);
  }
}

TEST_F(JsonRedaction, KeepsOrderDuplicatesAndText) {
  const std::string text = R"({"b":1,"a":null,"b":[true,"Größe \u0000 \\ / \" 日本"]})";
  EXPECT_EQ(json(text), text);
}

TEST_F(JsonRedaction, RefusesWhatIsNotOneJsonValue) {
  for (const std::string text : {"", "{", "{} {}", "[1,]", "nul", "\"\xFF\"", "\"\\ud800\""}) {
    const auto result = redactor_.json(text);
    ASSERT_FALSE(result) << text;
    EXPECT_EQ(result.error().kind, ErrorKind::module_fault);
  }
  EXPECT_FALSE(redactor_.json(std::string_view("{}\0 dckr_pat_a", 14)));
}

TEST_F(JsonRedaction, RefusesNestingThatOthersCouldNotRead) {
  const auto nested = [](std::size_t depth) {
    return std::string(depth, '[') + std::string(depth, ']');
  };
  EXPECT_TRUE(redactor_.json(nested(json::kMaxDepth)));
  const auto result = redactor_.json(nested(json::kMaxDepth + 1));
  ASSERT_FALSE(result);
  EXPECT_NE(result.error().message.find("nested deeper"), std::string::npos);
}

TEST_F(JsonRedaction, OfItsOwnResultChangesNothing) {
  const std::string once = json(R"({"token":"a","x":"Bearer abc123","y":["dckr_oat_q"]})");
  EXPECT_EQ(json(once), once);
}

}  // namespace
}  // namespace dockerhub
