#include "modules/known_manifests.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <string>

#include "../temporary_folder.hpp"

namespace dockerhub {
namespace {

class KnownManifestsTest : public testing::Test {
 protected:
  std::filesystem::path file() const { return folder_.path() / "cache" / "known-manifests"; }
  TemporaryFolder folder_;
};

TEST_F(KnownManifestsTest, AreKnownInTheNextRun) {
  KnownManifests first(file());
  EXPECT_FALSE(first.knows(manifest_mark("{}")));
  first.learn(manifest_mark("{}"));
  first.keep();
  const KnownManifests second(file());
  EXPECT_TRUE(second.knows(manifest_mark("{}")));
  EXPECT_FALSE(second.knows(manifest_mark("{} ")));
}

TEST_F(KnownManifestsTest, AreNotTakenFromAFileThatOthersMayWrite) {
  KnownManifests known(file());
  known.learn(manifest_mark("{}"));
  known.keep();
  std::filesystem::permissions(file(), static_cast<std::filesystem::perms>(0666));
  EXPECT_FALSE(KnownManifests(file()).knows(manifest_mark("{}")));
}

TEST_F(KnownManifestsTest, AreNotTakenFromAFileThatIsNone) {
  for (const char* text : {"nonsense", "12\n", "{\"version\":1}\n12\nx\n", "{\"version\":1}\n12"}) {
    std::filesystem::create_directories(file().parent_path());
    std::ofstream(file()) << text;
    std::filesystem::permissions(file(), static_cast<std::filesystem::perms>(0600));
    KnownManifests known(file());
    EXPECT_FALSE(known.knows(manifest_mark("{}"))) << text;
    known.learn(manifest_mark("{}"));
    known.keep();
    EXPECT_TRUE(KnownManifests(file()).knows(manifest_mark("{}"))) << text;
  }
}

TEST_F(KnownManifestsTest, OfANewerVersionAreNotTaken) {
  std::filesystem::create_directories(file().parent_path());
  std::ofstream(file()) << "{\"version\":2}\n";
  std::filesystem::permissions(file(), static_cast<std::filesystem::perms>(0600));
  EXPECT_FALSE(KnownManifests(file()).knows(manifest_mark("{}")));
}

TEST_F(KnownManifestsTest, AreForgottenWhenThereAreManyOthers) {
  KnownManifests known(file());
  for (int i = 0; i < 300; ++i) known.learn(manifest_mark(std::to_string(i)));
  known.keep();
  const KnownManifests later(file());
  EXPECT_FALSE(later.knows(manifest_mark("0")));
  EXPECT_TRUE(later.knows(manifest_mark("299")));
  EXPECT_LT(std::filesystem::file_size(file()), 16U * 1024);
}

TEST_F(KnownManifestsTest, AreAskedForWithoutAPlaceToKeepThem) {
  KnownManifests known{std::filesystem::path()};
  known.learn(manifest_mark("{}"));
  known.keep();
  EXPECT_TRUE(known.knows(manifest_mark("{}")));
}

}  // namespace
}  // namespace dockerhub
