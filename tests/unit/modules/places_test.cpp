#include "modules/places.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "../temporary_folder.hpp"

namespace dockerhub {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;

TEST(Places, AreConfiguredThenInstalledThenTheUsers) {
  const auto places = module_places({"/b", "", "/a"}, "/data", "/home/u");
  ASSERT_EQ(places.size(), 4U);
  EXPECT_EQ(places[0].directory, "/b");
  EXPECT_EQ(places[0].kind, "configured");
  EXPECT_EQ(places[1].directory, "/a");
  EXPECT_EQ(places[2].kind, "installed");
  EXPECT_TRUE(places[2].directory.is_absolute()) << places[2].directory;
  EXPECT_EQ(places[2].directory.filename(), "plugins");
  EXPECT_EQ(places[3].directory, "/data/dockerhub/plugins");
  EXPECT_EQ(places[3].kind, "user");
}

TEST(Places, OfTheUserLieInTheHomeUnlessSaidOtherwise) {
  EXPECT_EQ(module_places({}, "", "/home/u").back().directory,
            "/home/u/.local/share/dockerhub/plugins");
  EXPECT_EQ(module_places({}, "", "").back().kind, "installed");
  EXPECT_EQ(module_places({}, "relative", "").back().kind, "installed")
      << "the standard has relative paths ignored";
}

class FoundFiles : public testing::Test {
 protected:
  std::vector<std::string> found(const std::vector<Place>& places) const {
    std::vector<std::string> texts;
    for (const FoundFile& file : find_module_files(places)) {
      texts.push_back(file.place + " " + file.path.lexically_relative(folder_.path()).string());
    }
    return texts;
  }

  TemporaryFolder folder_;
};

TEST_F(FoundFiles, AreLibrariesOnlyInTheOrderOfPlacesAndNames) {
  for (const char* name :
       {"one/b.so", "one/a.so", "one/a.so.1", "one/readme.txt", "two/c.so", "two/sub/d.so"}) {
    folder_.write(name, "");
  }
  fs::create_directory(folder_.path() / "one" / "folder.so");
  EXPECT_THAT(found({{folder_.path() / "two", kConfigured},
                     {folder_.path() / "absent", kConfigured},
                     {folder_.path() / "one", kInstalled}}),
              ElementsAre("configured two/c.so", "installed one/a.so", "installed one/b.so"));
}

TEST_F(FoundFiles, CountOnceWhenTwoPlacesShowThem) {
  folder_.write("one/a.so", "");
  fs::create_directory(folder_.path() / "two");
  fs::create_symlink(folder_.path() / "one" / "a.so", folder_.path() / "two" / "z.so");
  EXPECT_THAT(found({{folder_.path() / "one", kConfigured}, {folder_.path() / "two", kUser}}),
              ElementsAre("configured one/a.so"));
}

TEST_F(FoundFiles, OfTheInstallationStayItsOwnWhateverPlaceShowsThem) {
  folder_.write("installed/a.so", "");
  fs::create_directory(folder_.path() / "two");
  fs::create_symlink(folder_.path() / "installed" / "a.so", folder_.path() / "two" / "z.so");
  EXPECT_THAT(
      found({{folder_.path() / "two", kConfigured}, {folder_.path() / "installed", kInstalled}}),
      ElementsAre("installed two/z.so"));
  EXPECT_EQ(
      place_of(folder_.path() / "installed" / "a.so", {{folder_.path() / "installed", kInstalled}}),
      "installed");
  EXPECT_EQ(place_of(folder_.path() / "elsewhere.so", {{folder_.path() / "installed", kInstalled}}),
            "configured");
}

}  // namespace
}  // namespace dockerhub
