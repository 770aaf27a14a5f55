// What a table finds, and which of it may be used: places, trust, toggles, acceptance.
#include <fstream>

#include "table_fixture.hpp"

namespace dockerhub {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class Discovery : public TableFixture {};

TEST_F(Discovery, LoadsNothing) {
  bool loaded = false;
  make_host_ = [&](const Manifest&) {
    loaded = true;
    return std::shared_ptr<const dh_host>();
  };
  install("c_module");
  EXPECT_THAT(tools(), ElementsAre("c_module"));
  EXPECT_EQ(info("c_module.so").state, ModuleState::not_loaded);
  EXPECT_EQ(info("c_module.so").sha256.size(), 64U);
  EXPECT_FALSE(loaded);
}

// A text from elsewhere could be made to look like one that is remembered.
TEST_F(Discovery, RemembersManifestsOfTheInstallationOnly) {
  put("c_module", "configured");
  static_cast<void>(table());
  EXPECT_FALSE(std::filesystem::exists(options().known_manifests.file));
  install("c_module");
  ASSERT_TRUE(table().rescan());
  EXPECT_TRUE(std::filesystem::exists(options().known_manifests.file));
}

TEST_F(Discovery, OfAModuleFromElsewhereNeedsTrust) {
  const auto file = put("c_module", "configured");
  EXPECT_EQ(reason("c_module.so"),
            "not trusted. To trust this very file: dockerhub plugin trust " + file.string());
  EXPECT_THAT(tools(), IsEmpty());
  EXPECT_FALSE(table().acquire("c_module"));

  const auto trusted = table().trust(file);
  ASSERT_TRUE(trusted) << trusted.error().message;
  EXPECT_EQ(trusted->module.name, "c_module");
  EXPECT_EQ(trusted->module.place, "configured");
  EXPECT_THAT(trusted->changes, IsEmpty());
  ASSERT_TRUE(table().rescan());
  EXPECT_THAT(tools(), ElementsAre("c_module"));
  EXPECT_TRUE(table().acquire("c_module"));
}

TEST_F(Discovery, DoesNotTrustAFileThatChanged) {
  const auto file = put("unknown_effect", "configured", "module.so");
  ASSERT_TRUE(table().trust(file));
  put("unknown_status", "configured", "module.so");
  ASSERT_TRUE(table().rescan());
  EXPECT_THAT(reason("module.so"), HasSubstr("not trusted: changed since it was trusted"));
  const auto trusted = table().trust(file);
  ASSERT_TRUE(trusted);
  EXPECT_THAT(trusted->changes, testing::Contains(HasSubstr("action unknown_status.run added")));
}

TEST_F(Discovery, BelievesNoTrustRecordsThatOthersCouldHaveWritten) {
  const auto file = put("c_module", "configured");
  ASSERT_TRUE(table().trust(file));
  std::filesystem::permissions(folder_.path() / "user" / "trusted-modules.json",
                               static_cast<std::filesystem::perms>(0666));
  ASSERT_TRUE(table().rescan());
  EXPECT_THAT(reason("c_module.so"), HasSubstr("not trusted: trust records are not believed"));
}

TEST_F(Discovery, TrustsNoFileThatWouldBeRefusedAnyway) {
  const auto trusted = table().trust(put("manifest_not_json", "configured"));
  ASSERT_FALSE(trusted);
  EXPECT_THAT(trusted.error().message, HasSubstr("not valid JSON"));
  EXPECT_FALSE(std::filesystem::exists(folder_.path() / "user" / "trusted-modules.json"));
}

TEST_F(Discovery, LoadsTheTrustedBytesOnly) {
  const auto file = put("c_module", "configured");
  ASSERT_TRUE(table().trust(file));
  ASSERT_TRUE(table().rescan());
  std::ofstream(file, std::ios::app) << "changed in place";
  const auto instance = table().acquire("c_module");
  ASSERT_FALSE(instance);
  EXPECT_THAT(instance.error().message, HasSubstr("changed between check and load"));
}

TEST_F(Discovery, ListsAModuleThatIsSwitchedOffAndDoesNotUseIt) {
  toggle_ = [](const std::vector<std::string>& variables) -> Result<bool> {
    return variables.front() != "DEMOTOOL";
  };
  const auto file = put("../../lib/dockerhub/plugins/demo", "installed", "demo.so");
  install("c_module");
  EXPECT_EQ(info("demo.so").state, ModuleState::disabled);
  EXPECT_EQ(reason("demo.so"), "switched off by DEMOTOOL");
  EXPECT_THAT(tools(), ElementsAre("c_module"));
  const auto instance = table().acquire("demo");
  ASSERT_FALSE(instance);
  EXPECT_EQ(instance.error().message, file.string() + ": module demo is switched off by DEMOTOOL");
  EXPECT_EQ(instance.error().hint, "Set the variable to 1 and start again.");
}

TEST_F(Discovery, RefusesAModuleThatIsNotAccepted) {
  accept_ = [](const Manifest& manifest) -> Result<void> {
    if (manifest.name != "unknown_effect") return {};
    Error error;
    error.message = "the setting `limit` is not a number";
    return Failure(std::move(error));
  };
  install("unknown_effect");
  install("c_module");
  EXPECT_EQ(info("unknown_effect.so").state, ModuleState::refused);
  EXPECT_EQ(reason("unknown_effect.so"), "the setting `limit` is not a number");
  EXPECT_THAT(tools(), ElementsAre("c_module"));
}

TEST_F(Discovery, OfNewAndVanishedFilesIsTold) {
  install("c_module");
  table();
  EXPECT_THAT(told(), ElementsAre(Change::Kind::tools));
  ASSERT_TRUE(table().rescan());
  EXPECT_THAT(told(), IsEmpty()) << "nothing changed";
  const auto version = table().snapshot()->catalogue.version;

  const auto other = install("unknown_status");
  ASSERT_TRUE(table().rescan());
  EXPECT_THAT(told(), ElementsAre(Change::Kind::tools));
  EXPECT_THAT(tools(), ElementsAre("c_module", "unknown_status"));
  EXPECT_GT(table().snapshot()->catalogue.version, version);

  const auto instance = table().acquire("unknown_status").value();
  std::filesystem::remove(other);
  ASSERT_TRUE(table().rescan());
  EXPECT_THAT(told(), ElementsAre(Change::Kind::tools));
  EXPECT_THAT(tools(), ElementsAre("c_module"));
  EXPECT_EQ(info("unknown_status.so").state, ModuleState::draining) << "a call still holds it";
  EXPECT_FALSE(table().acquire("unknown_status"));
}

TEST_F(Discovery, KeepsAnInstanceThatIsLoaded) {
  install("c_module");
  const auto before = table().acquire("c_module").value();
  install("unknown_status");
  ASSERT_TRUE(table().rescan());
  EXPECT_EQ(table().acquire("c_module").value(), before);
}

TEST_F(Discovery, ChecksAFileWithoutAddingIt) {
  const auto file = folder_.write("installed/readme.txt", "");
  const auto elsewhere = put("c_module", ".");
  const auto checked = table().check_file(elsewhere);
  ASSERT_TRUE(checked) << checked.error().message;
  EXPECT_EQ(checked->name, "c_module");
  EXPECT_EQ(checked->state, ModuleState::refused);
  EXPECT_THAT(checked->reason, HasSubstr("not trusted"));
  EXPECT_EQ(checked->sha256.size(), 64U);
  EXPECT_THAT(table().list(), IsEmpty());
  EXPECT_THAT(table().check_file(file)->reason, HasSubstr("not an ELF file"));
  EXPECT_FALSE(table().check_file(folder_.path() / "absent.so"));
}

}  // namespace
}  // namespace dockerhub
