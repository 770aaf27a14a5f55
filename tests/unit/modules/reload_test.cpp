// Replacing a module by a new version of its file while it runs.
#include <chrono>
#include <filesystem>
#include <string>

#include "table_fixture.hpp"

namespace dockerhub {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

namespace fs = std::filesystem;

class Reload : public TableFixture {
 protected:
  // The installation's c_module.so is a link to the one in that folder, which is made.
  void link_to(const std::string& folder) {
    fs::create_directory(folder_.path() / folder);
    const fs::path fresh = folder_.path() / "link";
    fs::create_symlink(put("c_module", folder), fresh);
    fs::rename(fresh, folder_.path() / "installed" / "c_module.so");
  }
};

TEST_F(Reload, GivesNewCallsTheNewInstanceAndLeavesTheOldToItsCalls) {
  install("c_module");
  const auto old = table().acquire("c_module").value();
  install("c_module");
  const auto done = table().reload("c_module");
  ASSERT_TRUE(done) << done.error().message;
  const auto fresh = table().acquire("c_module").value();
  EXPECT_NE(fresh, old);
  EXPECT_NE(fresh->tools(), old->tools()) << "another copy of the library";
  EXPECT_FALSE(old->stop_token().stop_requested());
}

TEST_F(Reload, OfAnUnchangedManifestIsNoChangeOfTheCatalogue) {
  install("c_module");
  ASSERT_TRUE(table().load("c_module"));
  told();
  ASSERT_TRUE(table().reload("c_module"));
  EXPECT_THAT(told(), IsEmpty());
}

TEST_F(Reload, OfABadFileKeepsTheOldInstance) {
  const auto file = install("c_module");
  const auto old = table().acquire("c_module").value();
  for (const char* bad : {"manifest_not_json", "no_manifest"}) {
    put(bad, "installed", "c_module.so");
    const auto done = table().reload("c_module");
    ASSERT_FALSE(done);
    EXPECT_THAT(done.error().message, HasSubstr(file.string()));
    EXPECT_EQ(table().acquire("c_module").value(), old);
    EXPECT_EQ(info("c_module.so").state, ModuleState::loaded);
  }
}

TEST_F(Reload, OfAFileThatHoldsAnotherModuleIsRefused) {
  install("c_module");
  const auto old = table().acquire("c_module").value();
  put("unknown_status", "installed", "c_module.so");
  EXPECT_THAT(table().reload("c_module").error().message,
              HasSubstr("holds module unknown_status now"));
  EXPECT_EQ(table().acquire("c_module").value(), old);
}

TEST_F(Reload, OfAModuleWhoseNameTheInstallationGotMeanwhileIsRefused) {
  ASSERT_TRUE(table().trust(put("c_module", "configured")));
  ASSERT_TRUE(table().rescan());
  const auto old = table().acquire("c_module").value();
  const auto own = install("c_module");
  ASSERT_TRUE(table().rescan());
  const auto done = table().reload("c_module");
  ASSERT_FALSE(done);
  EXPECT_EQ(done.error().kind, ErrorKind::module_fault);
  EXPECT_THAT(done.error().message, HasSubstr("name of an installed module: " + own.string()));
  EXPECT_EQ(done.error().hint, "Unload the other module first.");
  EXPECT_EQ(table().acquire("c_module").value(), old);
}

TEST_F(Reload, IsRefusedWhereTheNameWasTakenWhileTheNewFileWasLoaded) {
  const MakeHost good = make_host_;
  bool again = false;
  make_host_ = [&](const Manifest& manifest) {
    if (again) {
      install("c_module");
      EXPECT_TRUE(table().rescan());
    }
    return good(manifest);
  };
  ASSERT_TRUE(table().trust(put("c_module", "configured")));
  ASSERT_TRUE(table().rescan());
  const auto old = table().acquire("c_module").value();
  again = true;
  const auto done = table().reload("c_module");
  ASSERT_FALSE(done);
  EXPECT_THAT(done.error().message, HasSubstr("the modules changed while it was loaded"));
  EXPECT_EQ(table().acquire("c_module").value(), old) << "the old one runs on";
}

TEST_F(Reload, FollowsAtTheNextLookFromAnotherFile) {
  install("c_module");
  const auto old = table().acquire("c_module").value();
  ASSERT_TRUE(table().rescan());
  EXPECT_EQ(table().acquire("c_module").value(), old) << "the file is the same";
  install("c_module");
  ASSERT_TRUE(table().rescan());
  const auto fresh = table().acquire("c_module").value();
  EXPECT_NE(fresh, old);
  put("no_manifest", "installed", "c_module.so");
  ASSERT_TRUE(table().rescan());
  EXPECT_EQ(table().acquire("c_module").value(), fresh) << "a bad file replaces nothing";
}

TEST_F(Reload, FollowsAtTheNextLookALinkThatLeadsElsewhere) {
  link_to("one");
  const auto old = table().acquire("c_module").value();
  ASSERT_TRUE(table().rescan());
  EXPECT_EQ(table().acquire("c_module").value(), old) << "the link is the same";
  link_to("two");
  ASSERT_TRUE(table().rescan());
  EXPECT_NE(table().acquire("c_module").value(), old);
  EXPECT_EQ(info("c_module.so").file, fs::canonical(folder_.path() / "two" / "c_module.so"));
}

TEST_F(Reload, FollowsALinkAlsoWhereWhatItLedToFailed) {
  bool fail = true;
  const MakeHost good = make_host_;
  make_host_ = [&](const Manifest& manifest) { return fail ? nullptr : good(manifest); };
  link_to("one");
  EXPECT_FALSE(table().acquire("c_module"));
  fail = false;
  ASSERT_TRUE(table().rescan());
  EXPECT_FALSE(table().acquire("c_module")) << "the file is the one that failed";
  link_to("two");
  ASSERT_TRUE(table().rescan());
  EXPECT_TRUE(table().acquire("c_module"));
}

TEST_F(Reload, MendsAModuleThatFailedToLoad) {
  bool fail = true;
  const MakeHost good = make_host_;
  make_host_ = [&](const Manifest& manifest) { return fail ? nullptr : good(manifest); };
  install("c_module");
  EXPECT_FALSE(table().acquire("c_module"));
  EXPECT_THAT(tools(), IsEmpty());
  fail = false;
  EXPECT_FALSE(table().acquire("c_module")) << "it stays refused until it is reloaded";
  EXPECT_TRUE(table().reload("c_module"));
  EXPECT_TRUE(table().acquire("c_module"));
  EXPECT_THAT(tools(), ElementsAre("c_module"));
}

TEST_F(Reload, NeedsTrustForAnotherFileFromElsewhere) {
  const auto file = put("c_module", "configured");
  ASSERT_TRUE(table().trust(file));
  ASSERT_TRUE(table().rescan());
  const auto old = table().acquire("c_module").value();
  ASSERT_TRUE(table().reload("c_module")) << "the same bytes are trusted";
  std::filesystem::resize_file(file, std::filesystem::file_size(file) + 1);
  EXPECT_THAT(table().reload("c_module").error().message,
              HasSubstr("changed since it was trusted"));
  const auto trusted = table().acquire("c_module").value();
  ASSERT_TRUE(table().rescan());
  EXPECT_EQ(table().acquire("c_module").value(), trusted)
      << "nor does a look at all places take it";
}

}  // namespace
}  // namespace dockerhub
