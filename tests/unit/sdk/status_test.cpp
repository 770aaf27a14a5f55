// What a status says of a call.
#include <gtest/gtest.h>
#include <dockerhub/sdk/status.hpp>

#include <string>
#include <type_traits>

namespace {

using namespace dockerhub::sdk;

TEST(StatusOfACall, IsMadeOfNoTruthValue) {
  EXPECT_FALSE((std::is_convertible_v<bool, Status>));
  EXPECT_FALSE((std::is_constructible_v<Status, bool>));
  EXPECT_TRUE((std::is_convertible_v<dh_status, Status>));
}

TEST(StatusOfACall, ASuspensionStopsTheHandlerAsAFailureDoes) {
  const Status suspended = DH_SUSPENDED;
  EXPECT_FALSE(suspended.ok());
  EXPECT_TRUE(suspended.failed());
  EXPECT_TRUE(suspended.suspended());
  const Status refused = DH_E_REFUSED;
  EXPECT_TRUE(refused.failed());
  EXPECT_FALSE(refused.suspended());
}

TEST(StatusOfACall, TheEndOfAStreamIsNeitherGoodNorAFailure) {
  const Status end = DH_END;
  EXPECT_FALSE(end.ok());
  EXPECT_FALSE(end.failed());
}

TEST(ReplyOfACall, WithoutAValueIsNeverGood) {
  const Reply<std::string> none = Status();
  EXPECT_FALSE(none);
  EXPECT_EQ(none.status().value(), DH_E_INVALID);
  EXPECT_TRUE(Reply<std::string>(Status(DH_SUSPENDED)).status().suspended());
}

TEST(ReplyOfACall, CarriesATruthValueAsItsValue) {
  const Reply<bool> no = false;
  EXPECT_TRUE(no);
  EXPECT_FALSE(*no);
}

}  // namespace
