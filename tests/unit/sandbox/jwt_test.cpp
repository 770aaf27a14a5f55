#include "tokens/jwt.hpp"

#include <gtest/gtest.h>

#include "encoding/times.hpp"

namespace dockerhub::sandbox {
namespace {

class Jwt : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    key = std::make_unique<CertifiedKey>(*CertifiedKey::make("test", {}));
    other = std::make_unique<CertifiedKey>(*CertifiedKey::make("other", {}));
  }
  static void TearDownTestSuite() {
    key.reset();
    other.reset();
  }
  static std::string token(const CertifiedKey& signer, UnixTime from, UnixTime to) {
    return make_jwt(signer,
                    JsonText::object({{"nbf", now() + from}, {"exp", now() + to}, {"a", "b"}}));
  }

  static std::unique_ptr<CertifiedKey> key, other;
};

std::unique_ptr<CertifiedKey> Jwt::key, Jwt::other;

TEST_F(Jwt, IsReadBack) {
  const auto claims = read_jwt(*key, token(*key, -10, 600));
  ASSERT_TRUE(claims);
  EXPECT_EQ(json::text_of(*claims, "a"), "b");
}

TEST_F(Jwt, OfAnotherKeyOrChangedIsRefused) {
  EXPECT_FALSE(read_jwt(*key, token(*other, -10, 600)));
  std::string changed = token(*key, -10, 600);
  const std::size_t place = changed.find('.') + 5;
  changed[place] = changed[place] == 'A' ? 'B' : 'A';
  EXPECT_FALSE(read_jwt(*key, changed));
  for (const char* text : {"", ".", "..", "a.b", "a.b.c", "a.b.c.d"})
    EXPECT_FALSE(read_jwt(*key, text)) << text;
}

TEST_F(Jwt, OutsideItsTimeIsRefused) {
  EXPECT_FALSE(read_jwt(*key, token(*key, -600, -300)));
  EXPECT_FALSE(read_jwt(*key, token(*key, 300, 600)));
}

}  // namespace
}  // namespace dockerhub::sandbox
