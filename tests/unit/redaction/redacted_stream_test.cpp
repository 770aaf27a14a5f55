#include "redaction/redacted_stream.hpp"

#include <gtest/gtest.h>

#include "base/base64.hpp"

namespace dockerhub {
namespace {

constexpr std::string_view kStreamed = "S3cr?t>value/with+odd~bytes";

class Stream : public testing::Test {
 protected:
  std::string in_pieces(std::string_view text, std::size_t size) const {
    RedactedStream stream(redactor_);
    std::string out;
    for (std::size_t at = 0; at < text.size(); at += size)
      out += stream.push(text.substr(at, size));
    return out + stream.finish();
  }
  void expect_same_in_all_pieces(const std::string& text) const {
    const std::string whole = redactor_.text(text);
    EXPECT_NE(whole, text);
    for (std::size_t size = 1; size <= text.size(); ++size)
      EXPECT_EQ(in_pieces(text, size), whole) << "in pieces of " << size;
  }

  std::shared_ptr<SecretBook> book_ = std::make_shared<SecretBook>();
  Secret secret_ = book_->make(kStreamed);
  Redactor redactor_{book_};
};

TEST_F(Stream, FindsAKnownValueWhereverItIsCut) {
  expect_same_in_all_pieces("before " + std::string(kStreamed) + " between\n" +
                            std::string(kStreamed) + " after");
}

TEST_F(Stream, FindsEncodedValuesWhereverTheyAreCut) {
  expect_same_in_all_pieces("Basic " + to_base64url("user:" + std::string(kStreamed)) +
                            " and more words");
  std::string escaped;
  for (const char c : kStreamed) {
    constexpr std::string_view kDigits = "0123456789abcdef";
    const auto byte = static_cast<unsigned char>(c);
    ((escaped += '%') += kDigits[byte / 16]) += kDigits[byte % 16];
  }
  expect_same_in_all_pieces("q=" + escaped + "&x=y z");
}

TEST_F(Stream, FindsShapesWhereverTheyAreCut) {
  expect_same_in_all_pieces(
      "the header is Authorization: Bearer abcdef.ghijkl and no more of it, as said");
  expect_same_in_all_pieces("token dckr_pat_abcdefghijklmnop, and then some more");
  expect_same_in_all_pieces(
      "jwt eyJhbGciOiJub25lIn0.eyJzdWIiOiJhbm4ifQ.c2lnbmF0dXJl in the middle");
}

TEST_F(Stream, PassesOnWhatIsSettled) {
  RedactedStream stream(redactor_);
  std::string line(1000, 'x');
  line[500] = ' ';
  line += " some more words at the end of it ";
  std::size_t passed = 0;
  std::size_t given = 0;
  for (int i = 0; i < 1000; ++i) {
    passed += stream.push(line).size();
    given += line.size();
  }
  EXPECT_GT(passed + 4096, given) << "little is held back";
  EXPECT_EQ(passed + stream.finish().size(), given);
}

TEST_F(Stream, HoldsNoMoreThanItSaysOfAWordWithoutEnd) {
  RedactedStream stream(redactor_);
  const std::string piece(16 * 1024, 'x');
  std::size_t passed = 0;
  for (int i = 0; i < 64; ++i) passed += stream.push(piece).size();
  EXPECT_GT(passed, 64 * piece.size() - 80 * 1024);
}

TEST_F(Stream, OfAShortValueAloneIsThatValue) {
  const Secret pin = book_->make("hunter2");
  EXPECT_EQ(in_pieces("hunter2", 2), "***redacted***");
  EXPECT_EQ(in_pieces("the hunter2 word", 3), "the hunter2 word");
}

}  // namespace
}  // namespace dockerhub
