#include "platform.hpp"

#include <cstddef>
#include <iterator>
#include <list>

#include <gtest/gtest.h>

namespace dockerhub::registry {
namespace {

std::string normal(std::string_view text) {
  const auto platform = Platform::parse(text);
  return platform ? platform->normalised().text() : "refused";
}

TEST(Platform, HasOneSpelling) {
  EXPECT_EQ(normal("linux/x86_64"), "linux/amd64/v1");
  EXPECT_EQ(normal("Linux/X86-64"), "linux/amd64/v1");
  EXPECT_EQ(normal("linux/aarch64"), "linux/arm64/v8");
  EXPECT_EQ(normal("linux/armhf"), "linux/arm/v7");
  EXPECT_EQ(normal("linux/armel"), "linux/arm/v6");
  EXPECT_EQ(normal("linux/i686"), "linux/386");
  EXPECT_EQ(normal("macos/arm64"), "darwin/arm64/v8");
  EXPECT_EQ(normal("linux/arm64/8"), "linux/arm64/v8");
}

TEST(Platform, HasTheVariantOfItsArchitectureWhereNoneIsSaid) {
  EXPECT_EQ(normal("linux/arm"), "linux/arm/v7");
  EXPECT_EQ(normal("linux/arm/v6"), "linux/arm/v6");
  EXPECT_EQ(normal("linux/s390x"), "linux/s390x");
}

TEST(Platform, ThatIsNoneIsRefusedByTheNameOfTheParameter) {
  for (const char* text :
       {"", "linux", "linux/", "/amd64", "linux/arm/", "linux/arm/v7/x", "a b/c", "linux/*"}) {
    const auto platform = Platform::parse(text);
    ASSERT_FALSE(platform) << text;
    EXPECT_STREQ(platform.error()->parameter, "platform");
  }
}

TEST(Platform, OfAStrangerIsShortAsText) {
  EXPECT_EQ((Platform{std::string(1000, 'x'), "", "", ""}).text(), std::string(40, 'x') + "/?");
}

// The text of the chosen one, or "none".
std::string chosen(const char* wanted, const std::list<Platform>& offered) {
  const auto place = choose_platform(offered, *Platform::parse(wanted));
  return place ? std::next(offered.begin(), static_cast<std::ptrdiff_t>(*place))->text() : "none";
}

const Platform kAmd64{"linux", "amd64", "", ""};
const Platform kAmd64V3{"linux", "amd64", "v3", ""};
const Platform kArm64{"linux", "arm64", "v8", ""};
const Platform kArm5{"linux", "arm", "v5", ""};
const Platform kArm6{"linux", "arm", "v6", ""};
const Platform kArm7{"linux", "arm", "v7", ""};

TEST(ChoosePlatform, TakesEqualOsAndArchitecture) {
  EXPECT_EQ(chosen("linux/amd64", {kArm64, kAmd64}), "linux/amd64");
  EXPECT_EQ(chosen("linux/arm64", {kAmd64, kArm64}), "linux/arm64/v8");
  EXPECT_EQ(chosen("linux/arm64", {kArm7}), "none");
  EXPECT_EQ(chosen("windows/amd64", {kAmd64}), "none");
}

TEST(ChoosePlatform, PrefersTheEqualVariant) {
  EXPECT_EQ(chosen("linux/arm/v6", {kArm5, kArm6, kArm7}), "linux/arm/v6");
  EXPECT_EQ(chosen("linux/arm", {kArm5, kArm6, kArm7}), "linux/arm/v7");
  EXPECT_EQ(chosen("linux/amd64", {kAmd64V3, kAmd64}), "linux/amd64");
}

TEST(ChoosePlatform, TakesTheHighestVariantBelowTheWantedOne) {
  EXPECT_EQ(chosen("linux/arm/v8", {kArm5, kArm7, kArm6}), "linux/arm/v7");
  EXPECT_EQ(chosen("linux/amd64/v4", {kAmd64, kAmd64V3}), "linux/amd64/v3");
  EXPECT_EQ(chosen("linux/arm/v5", {kArm6, kArm7}), "none");
  EXPECT_EQ(chosen("linux/amd64", {kAmd64V3}), "none");
}

TEST(ChoosePlatform, TakesTheFirstOfEquals) {
  const std::list<Platform> offered = {{"linux", "x86_64", "", ""}, kAmd64};
  EXPECT_EQ(choose_platform(offered, kAmd64), 0U);
}

TEST(ChoosePlatform, NeverFallsBackToWhatWasNotWanted) {
  EXPECT_EQ(chosen("linux/s390x", {kAmd64, kArm64}), "none");
  EXPECT_EQ(chosen("linux/amd64", {}), "none");
  EXPECT_EQ(chosen("linux/amd64", {{"unknown", "unknown", "", ""}, {"", "", "", ""}}), "none");
}

TEST(ChoosePlatform, ComparesTheBuildOfWindowsWhereItIsSaid) {
  const std::list<Platform> offered = {{"windows", "amd64", "", "10.0.14393.1"},
                                       {"windows", "amd64", "", "10.0.17763.9999"}};
  EXPECT_EQ(choose_platform(offered, *Platform::parse("windows(10.0.17763)/amd64")), 1U);
  EXPECT_EQ(choose_platform(offered, *Platform::parse("windows(10.0.17763.5)/amd64")), 1U);
  EXPECT_EQ(choose_platform(offered, *Platform::parse("windows(10.0.1)/amd64")), std::nullopt);
  EXPECT_EQ(choose_platform(offered, *Platform::parse("windows/amd64")), 0U);
}

}  // namespace
}  // namespace dockerhub::registry
