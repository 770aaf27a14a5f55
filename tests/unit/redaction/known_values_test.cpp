#include <gtest/gtest.h>
#include <openssl/evp.h>

#include <cctype>

#include "redaction/redactor.hpp"

namespace dockerhub {
namespace {

constexpr std::string_view kSecret = "S3cr?t>value/with+odd~bytes";

std::string base64(std::string_view text) {
  std::string out(text.size() * 2 + 8, '\0');
  const int size = EVP_EncodeBlock(reinterpret_cast<unsigned char*>(out.data()),
                                   reinterpret_cast<const unsigned char*>(text.data()),
                                   static_cast<int>(text.size()));
  out.resize(static_cast<std::size_t>(size));
  return out;
}

std::string url_alphabet(std::string text) {
  for (char& c : text) c = c == '+' ? '-' : c == '/' ? '_' : c;
  return text;
}

std::string percent(std::string_view text, bool upper, bool everything) {
  const std::string_view digits = upper ? "0123456789ABCDEF" : "0123456789abcdef";
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (!everything && std::isalnum(byte) != 0) {
      out += c;
    } else {
      out += '%';
      out += digits[byte >> 4];
      out += digits[byte & 15];
    }
  }
  return out;
}

class KnownValues : public testing::Test {
 protected:
  void learn(std::string_view value) { secrets_.push_back(book_->make(value)); }
  std::string text(std::string_view text) const { return redactor_.text(text); }

  std::shared_ptr<SecretBook> book_ = std::make_shared<SecretBook>();
  std::vector<Secret> secrets_;
  Redactor redactor_{book_};
};

TEST_F(KnownValues, AreMaskedWhereverTheyStand) {
  learn(kSecret);
  EXPECT_EQ(text(kSecret), "***redacted***");
  EXPECT_EQ(text("pw=" + std::string(kSecret) + ", again " + std::string(kSecret) + "."),
            "pw=***redacted***, again ***redacted***.");
}

TEST_F(KnownValues, AreMaskedAsSoonAsTheyAreKnown) {
  EXPECT_EQ(text("first-value"), "first-value");
  learn("first-value");
  EXPECT_EQ(text("first-value second-value"), "***redacted*** second-value");
  learn("second-value");
  EXPECT_EQ(text("first-value second-value"), "***redacted*** ***redacted***");
}

TEST_F(KnownValues, AreNoLongerMaskedOnceForgotten) {
  auto handle = book_->learn("only for a call");
  EXPECT_EQ(text("only for a call"), "***redacted***");
  handle.reset();
  EXPECT_EQ(text("only for a call"), "only for a call");
}

TEST_F(KnownValues, AreFoundInBase64AtEveryPlace) {
  learn(kSecret);
  for (const char* const before : {"", "u", "us", "user:", "user1:", "user12:"}) {
    for (const char* const after : {"", "!", "!!"}) {
      const std::string clear = before + std::string(kSecret) + after;
      for (const std::string& encoded : {base64(clear), url_alphabet(base64(clear))}) {
        const std::string safe = text("Basic " + encoded);
        EXPECT_NE(safe.find("***redacted***"), std::string::npos) << encoded;
        // What neighbours share with the value: at most two characters and padding at each end.
        EXPECT_LT(safe.size(), std::string("Basic ***redacted***").size() + 16) << safe;
      }
    }
  }
}

TEST_F(KnownValues, AreFoundInPercentEncodingsOfAllKinds) {
  learn(kSecret);
  for (const bool upper : {false, true}) {
    for (const bool everything : {false, true}) {
      EXPECT_EQ(text("q=" + percent(kSecret, upper, everything) + "&x=%20y"),
                "q=***redacted***&x=%20y");
    }
  }
}

TEST_F(KnownValues, AreFoundInFormsThatWriteSpacesAsPlus) {
  learn("correct horse battery");
  EXPECT_EQ(text("password=correct+horse+battery&a=b+c"), "password=***redacted***&a=b+c");
  EXPECT_EQ(text("password=correct%20horse+battery"), "password=***redacted***");
}

TEST_F(KnownValues, AreFoundInPercentEncodedBase64) {
  learn(kSecret);
  EXPECT_EQ(text("a=" + percent(base64(kSecret), true, true)), "a=***redacted***");
}

TEST_F(KnownValues, AreFoundInThePayloadOfAToken) {
  const std::string value = "quote\"back\\slash secret";
  learn(value);
  for (const char* const before : {"", "a", "ab", "abc"}) {
    const std::string payload =
        std::string(R"({"u":")") + before + R"(","p":"quote\"back\\slash secret","exp":1})";
    const std::string token = "eyJhbGciOiJub25lIn0." + url_alphabet(base64(payload)) + ".c2ln";
    // Without its neighbours it has not the shape of a token.
    EXPECT_TRUE(redactor_.holds_secret(token)) << before;
    EXPECT_NE(text("x" + url_alphabet(base64(payload))).find("***redacted***"), std::string::npos);
  }
}

TEST_F(KnownValues, AreMaskedAtTheirPlaceBetweenOtherEncodedBytes) {
  learn(kSecret);
  EXPECT_EQ(text("%41%20b%zz%2=" + percent(kSecret, true, false) + "%20%4"),
            "%41%20b%zz%2=***redacted***%20%4");
}

TEST_F(KnownValues, AreFoundInsideJsonStrings) {
  learn("quote\"back\\slash/");
  EXPECT_EQ(text(R"({"p":"quote\"back\\slash/"})"), R"({"p":"***redacted***"})");
  EXPECT_EQ(text(R"({"p":"quote\"back\\slash\/"})"), R"({"p":"***redacted***"})");
}

TEST_F(KnownValues, ShorterThanEightBytesAreMaskedOnlyAsTheWholeText) {
  learn("hunter2");
  EXPECT_EQ(text("hunter2"), "***redacted***");
  EXPECT_EQ(text("the hunter2 word"), "the hunter2 word");
  EXPECT_FALSE(redactor_.holds_secret("the hunter2 word"));
}

TEST_F(KnownValues, OfEightBytesAreSearchedFor) {
  learn("hunter22");
  EXPECT_EQ(text("the hunter22 word"), "the ***redacted*** word");
}

TEST_F(KnownValues, ThatContainOneAnotherAreMaskedAsTheLongest) {
  learn("password");
  learn("password-and-more");
  EXPECT_EQ(text("a password-and-more b"), "a ***redacted*** b");
}

TEST_F(KnownValues, ThatOverlapGetOneMask) {
  learn("abcdefgh1234");
  learn("1234ijklmnop");
  EXPECT_EQ(text("x abcdefgh1234ijklmnop y"), "x ***redacted*** y");
}

TEST_F(KnownValues, AreFoundAmongManyAtEveryDistance) {
  for (int i = 0; i < 40; ++i) learn("secret-number-" + std::to_string(i));
  for (std::size_t before = 0; before < 40; ++before) {
    const std::string padding(before, 's');
    EXPECT_EQ(text(padding + " secret-number-7"), padding + " ***redacted***");
  }
}

TEST_F(KnownValues, MakeContentUnfitForExactCopies) {
  learn(kSecret);
  EXPECT_TRUE(redactor_.holds_secret("layer " + std::string(kSecret)));
  EXPECT_TRUE(redactor_.holds_secret(percent(kSecret, true, true)));
  EXPECT_FALSE(redactor_.holds_secret("layer with dckr_pat_of_somebody_else"));
}

TEST_F(KnownValues, AreFoundBehindTheEscapesOfJson) {
  learn(kSecret);
  for (const char* const json : {R"(["a S3cr?t\u003evalue/with+odd~bytes"])",
                                 R"({"k":{"S3cr?t>value\/with\u002bodd~bytes":1}})",
                                 R"("\u0053\u0033\u0063\u0072?t>value/with+odd~bytes")"}) {
    EXPECT_FALSE(redactor_.holds_secret(json)) << json;
    EXPECT_TRUE(redactor_.json_holds_secret(json)) << json;
  }
  EXPECT_TRUE(redactor_.json_holds_secret("[\"" + std::string(kSecret) + "\"]"));
  EXPECT_FALSE(redactor_.json_holds_secret(R"({"a":["\u003e\n", 1e99, {"b":null}]})"));
}

TEST_F(KnownValues, ThatAreShortAreFoundAsAWholeKeyOrTextOfJson) {
  learn("hunter2");
  for (const char* const json : {R"({"a":["hunter2"]})", R"({"hunter2":1})", R"(["x\n","hunter2"])",
                                 R"(["hunter\u0032"])"}) {
    EXPECT_TRUE(redactor_.json_holds_secret(json)) << json;
  }
  for (const char* const json : {R"(["the hunter2 word"])", R"(["the hunter2 word\n"])"}) {
    EXPECT_FALSE(redactor_.json_holds_secret(json)) << json;
  }
}

TEST_F(KnownValues, AreMaskedInAllTextsOfAnError) {
  learn(kSecret);
  const std::string secret(kSecret);
  Error error;
  error.message = "bad " + secret;
  error.hint = "not " + secret;
  error.parameter = secret;
  error.request = "GET /" + percent(kSecret, true, false);
  error.details = R"({"given":"Bearer abc123","password":"x"})";
  error = redactor_.error(error);
  EXPECT_EQ(error.message, "bad ***redacted***");
  EXPECT_EQ(error.hint, "not ***redacted***");
  EXPECT_EQ(error.parameter, "***redacted***");
  EXPECT_EQ(error.request, "GET /***redacted***");
  EXPECT_EQ(error.details, R"({"given":"Bearer ***redacted***","password":"***redacted***"})");
}

TEST_F(KnownValues, DetailsThatAreNoJsonAreDropped) {
  Error error;
  error.details = "{oops";
  EXPECT_EQ(redactor_.error(error).details, "");
}

}  // namespace
}  // namespace dockerhub
