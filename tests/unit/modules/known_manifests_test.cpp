#include "modules/known_manifests.hpp"

#include <gtest/gtest.h>

#include <cstdint>
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
  EXPECT_EQ(first.outline(manifest_mark("{}")), "");
  first.learn(manifest_mark("{}"), R"({"a": 1})");
  first.learn(manifest_mark("[]"), "[]");
  first.keep();
  KnownManifests second(file());
  EXPECT_EQ(second.outline(manifest_mark("{}")), R"({"a": 1})");
  EXPECT_EQ(second.outline(manifest_mark("[]")), "[]");
  EXPECT_EQ(second.outline(manifest_mark("{} ")), "");
}

TEST_F(KnownManifestsTest, AreNotTakenFromAFileThatOthersMayWrite) {
  KnownManifests known(file());
  known.learn(manifest_mark("{}"), "{}");
  known.keep();
  std::filesystem::permissions(file(), static_cast<std::filesystem::perms>(0666));
  EXPECT_EQ(KnownManifests(file()).outline(manifest_mark("{}")), "");
}

TEST_F(KnownManifestsTest, AreNotTakenFromAFileThatIsNone) {
  for (const char* text :
       {"nonsense", "12 12 {}\n", "{\"version\":2}\n12 12 {}\nx\n", "{\"version\":2}\n12 {}\n",
        "{\"version\":2}\n12 12 {}", "{\"version\":1}\n12\n"}) {
    std::filesystem::create_directories(file().parent_path());
    std::ofstream(file()) << text;
    std::filesystem::permissions(file(), static_cast<std::filesystem::perms>(0600));
    KnownManifests known(file());
    EXPECT_EQ(known.outline(0x12), "") << text;
    known.learn(0x12, "{}");
    known.keep();
    EXPECT_EQ(KnownManifests(file()).outline(0x12), "{}") << text;
  }
}

TEST_F(KnownManifestsTest, OfANewerVersionAreNotTaken) {
  std::filesystem::create_directories(file().parent_path());
  std::ofstream(file()) << "{\"version\":3}\n";
  std::filesystem::permissions(file(), static_cast<std::filesystem::perms>(0600));
  EXPECT_EQ(KnownManifests(file()).outline(manifest_mark("{}")), "");
}

TEST_F(KnownManifestsTest, WithADamagedOutlineAreLearntAgain) {
  KnownManifests first(file());
  first.learn(0x12, R"({"tools":[]})");
  first.keep();
  std::fstream(file()).seekp(-3, std::ios::end) << '}';
  KnownManifests damaged(file());
  EXPECT_EQ(damaged.outline(0x12), "");
  damaged.learn(0x12, R"({"tools":[]})");
  damaged.keep();
  EXPECT_EQ(KnownManifests(file()).outline(0x12), R"({"tools":[]})");
}

TEST_F(KnownManifestsTest, AreForgottenWhenNobodyUsesThemAndThereAreManyNewer) {
  KnownManifests first(file());
  for (std::uint64_t mark = 0; mark < 100; ++mark) first.learn(mark, std::string(1024, 'x'));
  first.keep();
  KnownManifests second(file());
  EXPECT_NE(second.outline(0), "") << "what is learnt is used";
  second.learn(100, "{}");
  second.keep();
  KnownManifests third(file());
  for (const std::uint64_t mark : {0, 99, 100}) EXPECT_NE(third.outline(mark), "") << mark;
  EXPECT_EQ(third.outline(1), "");
  EXPECT_LT(std::filesystem::file_size(file()), 70U * 1024);
}

TEST_F(KnownManifestsTest, AreAskedForWithoutAPlaceToKeepThem) {
  KnownManifests known{std::filesystem::path()};
  known.learn(manifest_mark("{}"), "{}");
  known.keep();
  EXPECT_EQ(known.outline(manifest_mark("{}")), "{}");
}

}  // namespace
}  // namespace dockerhub
