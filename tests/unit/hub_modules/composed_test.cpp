// Texts that modules put together.
#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>

#include "hub/composed.hpp"
#include "hub/contains.hpp"

namespace dockerhub::hub {
namespace {

TEST(Composed, PutsThePartsInTheirPlaces) {
  const std::string name = "app";
  EXPECT_EQ(composed("{} of {}: {}", {name, std::string_view("team"), "gone"}),
            "app of team: gone");
  EXPECT_EQ(composed("{}{}", {"", name}), "app");
  EXPECT_EQ(composed("nothing to put", {}), "nothing to put");
}

TEST(Composed, APartIsNoPattern) {
  EXPECT_EQ(composed("{} and {}", {"{}", "{x}"}), "{} and {x}");
}

TEST(Composed, TakesNumbersOfAllSizes) {
  EXPECT_EQ(composed("{} {} {}", {0, -1, std::size_t{12}}), "0 -1 12");
  EXPECT_EQ(composed("{} {}", {std::numeric_limits<std::int64_t>::min(),
                               std::numeric_limits<std::uint64_t>::max()}),
            "-9223372036854775808 18446744073709551615");
}

TEST(Contains, FindsAValueInAnyRange) {
  EXPECT_TRUE(contains(std::string("abc"), 'b'));
  EXPECT_FALSE(contains(std::string(), 'b'));
}

}  // namespace
}  // namespace dockerhub::hub
