#include "redaction/secret_scan.hpp"

#include <gtest/gtest.h>

#include "base/base64.hpp"

namespace dockerhub {
namespace {

constexpr std::string_view kScanned = "S3cr?t>value/with+odd~bytes";

std::string all_escaped(std::string_view text) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string escaped;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    ((escaped += '%') += kDigits[byte / 16]) += kDigits[byte % 16];
  }
  return escaped;
}

class Scan : public testing::Test {
 protected:
  // Whether the text passes when it comes in pieces of that size.
  bool passes(std::string_view text, std::size_t size) const {
    SecretScan scan(redactor_);
    for (std::size_t at = 0; at < text.size(); at += size)
      if (!scan.take(text.substr(at, size))) return false;
    return scan.finish();
  }
  // In whatever pieces it comes.
  void expect_found(const std::string& form) const {
    const std::string before = "before it ";
    const std::string text = before + form + " after it";
    for (std::size_t size = 1; size <= text.size(); ++size)
      EXPECT_FALSE(passes(text, size)) << form << " in pieces of " << size;
  }

  std::shared_ptr<SecretBook> book_ = std::make_shared<SecretBook>();
  Secret secret_ = book_->make(kScanned);
  Redactor redactor_{book_};
};

TEST_F(Scan, FindsAKnownValueInAllFormsWhereverItIsCut) {
  expect_found(std::string(kScanned));
  expect_found(to_base64(kScanned));
  expect_found(to_base64url("user:" + std::string(kScanned)));
  expect_found(all_escaped(kScanned));
}

TEST_F(Scan, FindsItAtEveryPlaceOfALongContent) {
  constexpr std::size_t kBorder = 64 * 1024;
  const std::string form = all_escaped(kScanned);
  for (std::size_t begin = kBorder - form.size() - 1; begin <= kBorder + 1; ++begin) {
    std::string content(3 * kBorder, 'x');
    content.replace(begin, form.size(), form);
    for (const std::size_t size : {std::size_t{1000}, kBorder, content.size()})
      EXPECT_FALSE(passes(content, size)) << "at " << begin << " in pieces of " << size;
  }
}

TEST_F(Scan, FindsItAmongBytesThatOnlyLookLikeEscapes) {
  std::string noise;
  while (noise.size() < 5000) noise += "100% of %zz and %g";
  const std::string last_escaped = std::string(kScanned.substr(0, kScanned.size() - 1)) +
                                   all_escaped(kScanned.substr(kScanned.size() - 1));
  const std::string first_escaped =
      all_escaped(kScanned.substr(0, 1)) + std::string(kScanned.substr(1));
  for (const std::string& form : {last_escaped, first_escaped, all_escaped(kScanned)}) {
    EXPECT_EQ(redactor_.text(noise + form + noise + form),
              noise + std::string(kMask) + noise + std::string(kMask));
    EXPECT_FALSE(passes(noise + form + noise, 700));
  }
  EXPECT_TRUE(passes(noise + last_escaped.substr(1) + noise, 700));
}

TEST_F(Scan, PassesWhatOnlyBeginsOrEndsLikeOne) {
  const std::string cut(kScanned.substr(0, kScanned.size() - 1));
  const std::string text = cut + "!" + std::string(kScanned.substr(1)) + cut;
  for (std::size_t size = 1; size <= text.size(); ++size) EXPECT_TRUE(passes(text, size)) << size;
}

TEST_F(Scan, PassesNothingMoreOnceItFoundOne) {
  SecretScan scan(redactor_);
  EXPECT_TRUE(scan.take(kScanned.substr(0, 5)));
  EXPECT_FALSE(scan.take(kScanned.substr(5)));
  EXPECT_FALSE(scan.take(std::string(1000, 'x')));
  EXPECT_FALSE(scan.finish());
}

TEST_F(Scan, FindsWhatIsLearntWhileItRuns) {
  SecretScan scan(redactor_);
  EXPECT_TRUE(scan.take("a value that is "));
  const Secret late = book_->make("renewed-in-between");
  EXPECT_TRUE(scan.take("renewed-in-"));
  EXPECT_FALSE(scan.take("between"));
}

TEST_F(Scan, FindsAShortValueAsTheWholeAlone) {
  const Secret pin = book_->make("hunter2");
  for (std::size_t size = 1; size <= 7; ++size) {
    EXPECT_FALSE(passes("hunter2", size)) << size;
    EXPECT_TRUE(passes("hunter2 and more", size)) << size;
    EXPECT_TRUE(passes("the hunter2", size)) << size;
  }
}

TEST(ScanWithoutSecrets, PassesEverything) {
  const Redactor redactor(std::make_shared<SecretBook>());
  SecretScan scan(redactor);
  EXPECT_TRUE(scan.take(""));
  EXPECT_TRUE(scan.take(std::string(200'000, 'x')));
  EXPECT_TRUE(scan.finish());
}

}  // namespace
}  // namespace dockerhub
