#include "modules/known_manifests.hpp"

#include <gtest/gtest.h>

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

#include "../temporary_folder.hpp"

namespace dockerhub {
namespace {

class KnownManifestsTest : public testing::Test {
 protected:
  KnownManifests::Places places() const {
    return {folder_.path() / "cache" / "manifest-outlines", folder_.path() / "state" / "key.json"};
  }
  std::filesystem::path file() const { return places().file; }
  std::string text() const {
    std::ostringstream text;
    text << std::ifstream(file()).rdbuf();
    return text.str();
  }
  void write(const std::string& text) const {
    std::filesystem::create_directories(file().parent_path());
    std::ofstream(file()) << text;
    std::filesystem::permissions(file(), static_cast<std::filesystem::perms>(0600));
  }
  void learn(std::uint64_t mark, const std::string& outline) const {
    KnownManifests known(places());
    known.learn(mark, outline);
    known.keep();
  }
  std::string outline(std::uint64_t mark) const {
    return std::string(KnownManifests(places()).outline(mark));
  }

  TemporaryFolder folder_;
};

TEST_F(KnownManifestsTest, AreKnownInTheNextRun) {
  KnownManifests first(places());
  EXPECT_EQ(first.outline(manifest_mark("{}")), "");
  first.learn(manifest_mark("{}"), R"({"a": 1})");
  first.learn(manifest_mark("[]"), "[]");
  EXPECT_EQ(first.outline(manifest_mark("[]")), "[]");
  first.keep();
  EXPECT_EQ(outline(manifest_mark("{}")), R"({"a": 1})");
  EXPECT_EQ(outline(manifest_mark("[]")), "[]");
  EXPECT_EQ(outline(manifest_mark("{} ")), "");
}

TEST_F(KnownManifestsTest, AreNotTakenFromAFileThatOthersMayWrite) {
  learn(0x12, "{}");
  std::filesystem::permissions(file(), static_cast<std::filesystem::perms>(0666));
  EXPECT_EQ(outline(0x12), "");
}

TEST_F(KnownManifestsTest, AreNotTakenFromAFileThatIsNone) {
  learn(0x12, "{}");
  const std::string whole = text();
  const std::string seal(64, 'a');
  for (const std::string& damaged :
       {std::string("nonsense"), std::string("{\"version\":1}\n"), std::string("{\"version\":2}\n"),
        "{\"version\":1}\n" + seal + "\n12 {}\n", whole.substr(0, whole.size() - 1),
        whole + "13 {}\n", whole.substr(whole.find('\n') + 1)}) {
    write(damaged);
    EXPECT_EQ(outline(0x12) + outline(0x13), "") << damaged;
  }
  write("{\"version\":1}\n" + seal + "\n12 {}\n");
  learn(0x12, "[]");
  EXPECT_EQ(outline(0x12), "[]");
}

TEST_F(KnownManifestsTest, AreNotTakenFromAnotherUsersCache) {
  learn(0x12, "{}");
  std::filesystem::remove(places().key);
  EXPECT_EQ(outline(0x12), "");
}

TEST_F(KnownManifestsTest, AreNotKeptWithoutAKey) {
  KnownManifests known({file(), "/dev/null/key.json"});
  known.learn(0x12, "{}");
  known.keep();
  EXPECT_EQ(known.outline(0x12), "{}");
  EXPECT_FALSE(std::filesystem::exists(file()));
}

TEST_F(KnownManifestsTest, AreForgottenWhenNobodyUsesThemAndThereAreManyNewer) {
  const std::string kilobyte(1024, 'x');
  KnownManifests first(places());
  for (std::uint64_t mark = 0; mark < 100; ++mark) first.learn(mark, kilobyte);
  first.keep();
  KnownManifests second(places());
  EXPECT_EQ(second.outline(0), kilobyte) << "what is learnt is used";
  second.learn(100, "{}");
  second.keep();
  for (const std::uint64_t mark : {0, 99}) EXPECT_EQ(outline(mark), kilobyte) << mark;
  EXPECT_EQ(outline(1), "");
  EXPECT_LT(text().size(), 70U * 1024);
  KnownManifests third(places());
  for (std::uint64_t mark = 200; mark < 230; ++mark) third.learn(mark, kilobyte);
  third.keep();
  learn(300, "{}");
  EXPECT_EQ(outline(0), kilobyte) << "learnt first, but not used first";
  EXPECT_EQ(outline(50), "");
}

TEST_F(KnownManifestsTest, ThatAreTooLargeForTheFileAreLeftOut) {
  KnownManifests known(places());
  known.learn(1, "{}");
  known.learn(2, std::string(1024 * 1024, 'x'));
  known.keep();
  EXPECT_EQ(outline(1), "{}");
  EXPECT_EQ(outline(2), "");
}

TEST_F(KnownManifestsTest, AreAskedForWithoutAPlaceToKeepThem) {
  KnownManifests known{KnownManifests::Places()};
  known.learn(0x12, "{}");
  known.keep();
  EXPECT_EQ(known.outline(0x12), "{}");
}

}  // namespace
}  // namespace dockerhub
