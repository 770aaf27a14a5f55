// Each module that breaks a rule is refused with a reason, and the others go on.
#include <stdexcept>

#include "table_fixture.hpp"

namespace dockerhub {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::StartsWith;

struct Refused {
  const char* module;
  const char* reason;
};

std::string name_of(const testing::TestParamInfo<Refused>& refused) {
  return refused.param.module;
}

class RefusedUnloaded : public TableFixture, public testing::WithParamInterface<Refused> {};

TEST_P(RefusedUnloaded, IsListedWithTheReasonAndLeavesTheOthersAlone) {
  const auto file = install(GetParam().module);
  install("c_module");
  const ModuleInfo refused = info(file.filename().string());
  EXPECT_EQ(refused.state, ModuleState::refused);
  EXPECT_THAT(refused.reason, HasSubstr(GetParam().reason));
  EXPECT_THAT(tools(), ElementsAre("c_module"));
  EXPECT_TRUE(table().acquire("c_module"));
}

// What a run found out about manifests is remembered for the next one.
TEST_P(RefusedUnloaded, IsRefusedAgainInTheNextRun) {
  const auto file = install(GetParam().module);
  for (int run = 0; run < 2; ++run) {
    ModuleTable table(options());
    ASSERT_TRUE(table.rescan());
    ASSERT_EQ(table.list().size(), 1U);
    EXPECT_THAT(table.list().front().reason, HasSubstr(GetParam().reason)) << run;
  }
}

INSTANTIATE_TEST_SUITE_P(
    Module, RefusedUnloaded,
    testing::Values(Refused{"no_manifest", "no manifest"},
                    Refused{"manifest_not_json", "not valid JSON"},
                    Refused{"manifest_breaks_schema", "against its schema"},
                    Refused{"manifest_too_large", "manifest too large"},
                    Refused{"other_abi_major", "built for ABI 2.0, this kernel has 1.0"},
                    Refused{"other_abi_minor", "built for ABI 1.1, this kernel has 1.0"},
                    Refused{"missing_host_extension", "requires the host extension teleport/1"},
                    Refused{"missing_row_feature", "requires the row feature telepathy/1"},
                    Refused{"action_twice", "action name taken"}),
    name_of);

class RefusedAtLoad : public TableFixture, public testing::WithParamInterface<Refused> {};

TEST_P(RefusedAtLoad, SaysWhyAndLeavesTheOthersAlone) {
  const auto file = install(GetParam().module);
  install("c_module");
  const auto instance = table().acquire(GetParam().module);
  ASSERT_FALSE(instance);
  EXPECT_EQ(instance.error().kind, ErrorKind::module_fault);
  EXPECT_THAT(instance.error().message,
              AllOf(StartsWith(file.string() + ": "), HasSubstr(GetParam().reason)));
  EXPECT_EQ(info(file.filename().string()).state, ModuleState::refused);
  EXPECT_THAT(tools(), ElementsAre("c_module")) << "what cannot run is not offered";
  EXPECT_EQ(table().acquire(GetParam().module).error().message, instance.error().message);
  EXPECT_TRUE(table().acquire("c_module"));
}

INSTANTIATE_TEST_SUITE_P(
    Module, RefusedAtLoad,
    testing::Values(Refused{"no_entry", "no entry"}, Refused{"wrong_magic", "wrong magic number"},
                    Refused{"entry_contradicts_manifest", "built for ABI 2.0, this kernel has 1.0"},
                    Refused{"short_entry", "incomplete dockerhub_module_entry"},
                    Refused{"create_fails", "create() failed with status"},
                    Refused{"create_gives_nothing", "create() failed with status 0"},
                    Refused{"create_throws", "create() threw an exception"},
                    Refused{"no_tools_extension", "needs the extension tools/1"},
                    Refused{"tools_without_invoke", "needs the extension tools/1"},
                    Refused{"short_tools", "extension tools/1 is too small"},
                    Refused{"short_resources", "extension resources/1 is too small"},
                    Refused{"extension_throws", "threw an exception: nothing to offer"},
                    Refused{"unresolved_symbol", "function_that_nobody_has"}),
    name_of);

class RefusedHost : public TableFixture {};

TEST_F(RefusedHost, WhateverIsThrownWhileItIsMade) {
  make_host_ = [](const Manifest& manifest) -> std::shared_ptr<const dh_host> {
    if (manifest.name == "c_module") throw 7;
    throw std::runtime_error("no room");
  };
  const auto file = install("c_module");
  const auto other = install("unknown_status");
  EXPECT_EQ(table().acquire("c_module").error().message,
            file.string() + ": has no host: threw an exception");
  EXPECT_EQ(table().acquire("unknown_status").error().message,
            other.string() + ": has no host: threw an exception: no room");
}

class RefusedAction : public TableFixture, public testing::WithParamInterface<Refused> {};

TEST_P(RefusedAction, LeavesTheOtherActionsOfTheModule) {
  const auto file = install(GetParam().module);
  EXPECT_THAT(info(file.filename().string()).refused_actions,
              ElementsAre(HasSubstr(GetParam().reason)));
  const auto snapshot = table().snapshot();
  const Tool* tool = snapshot->catalogue.find_tool(GetParam().module);
  ASSERT_NE(tool, nullptr);
  EXPECT_EQ(tool->actions.size(), 1U);
  EXPECT_NE(tool->find_action("run"), nullptr);
}

INSTANTIATE_TEST_SUITE_P(
    Module, RefusedAction,
    testing::Values(Refused{"action_describe", "the name `describe` is reserved"},
                    Refused{"unknown_request_key", "unknown key `teleport`"},
                    Refused{"unknown_effect", "must be one of read, write, destructive"}),
    name_of);

class RefusedFile : public TableFixture {};

TEST_F(RefusedFile, WhatIsNoElfFileOrTruncated) {
  folder_.write("installed/script.so", "#!/bin/sh\n", 0755);
  const auto file = install("c_module");
  std::filesystem::resize_file(file, std::filesystem::file_size(file) / 2);
  EXPECT_EQ(reason("script.so"),
            "not an ELF file. Name a module: a shared library with a manifest.");
  EXPECT_THAT(reason("c_module.so"), HasSubstr("truncated or damaged ELF file"));
}

TEST_F(RefusedFile, WhatOthersCanWrite) {
  std::filesystem::permissions(install("c_module"), static_cast<std::filesystem::perms>(0775));
  EXPECT_THAT(reason("c_module.so"), HasSubstr("writable by others"));
}

TEST_F(RefusedFile, WhatChangedBetweenCheckAndLoad) {
  const auto file = install("c_module");
  table();
  install("c_module");
  const auto instance = table().acquire("c_module");
  ASSERT_FALSE(instance);
  EXPECT_THAT(instance.error().message,
              HasSubstr(file.string() + ": changed between check and load"));
  EXPECT_TRUE(table().reload("c_module")) << "the new file is checked by a reload";
  EXPECT_TRUE(table().acquire("c_module"));
}

}  // namespace
}  // namespace dockerhub
