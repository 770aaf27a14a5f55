#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "../temporary_folder.hpp"
#include "config/configuration_impl.hpp"
#include "redaction/redactor.hpp"
#include "sources.hpp"

namespace dockerhub {
namespace {

using testing::HasSubstr;

class ModuleSettings : public testing::Test {
 protected:
  void load(std::string_view yaml, const std::map<std::string, std::string>& environment = {}) {
    ConfigurationSources sources;
    sources.user_file = folder_.write("config.yaml", yaml);
    sources.environment = environment;
    configuration_ = Configuration::load(sources).value();
  }

  static ModuleSetting setting(const std::string& key, const std::string& type,
                               const std::string& variable = "") {
    ModuleSetting setting;
    setting.key = key;
    setting.type = type;
    setting.variable = variable;
    return setting;
  }

  std::string value(const ModuleSetting& setting) const {
    const auto value = configuration_.impl().module_setting("hub_demo", setting);
    return value ? value->value_or("unset") : value.error().message;
  }

  TemporaryFolder folder_;
  Configuration configuration_ = load_environment({}).value();
};

TEST_F(ModuleSettings, ComeFromTheUserFileInTheirType) {
  load("modules:\n  hub_demo:\n    a: text\n    b: 3\n    c: true\n    d: [x, y]\n");
  EXPECT_EQ(value(setting("a", "string")), "\"text\"");
  EXPECT_EQ(value(setting("b", "integer")), "3");
  EXPECT_EQ(value(setting("c", "boolean")), "true");
  EXPECT_EQ(value(setting("d", "list")), R"(["x","y"])");
  EXPECT_EQ(value(setting("e", "string")), "unset");
}

TEST_F(ModuleSettings, OfTheEnvironmentAreConverted) {
  load("", {{"A", "te\"xt"}, {"B", " -3 "}, {"C", "on"}, {"D", "x, y,,z"}});
  EXPECT_EQ(value(setting("a", "string", "A")), R"("te\"xt")");
  EXPECT_EQ(value(setting("b", "integer", "B")), "-3");
  EXPECT_EQ(value(setting("c", "boolean", "C")), "true");
  EXPECT_EQ(value(setting("d", "list", "D")), R"(["x","y","z"])");
}

TEST_F(ModuleSettings, OfTheEnvironmentAreStronger) {
  load("modules:\n  hub_demo:\n    a: file\n", {{"A", "environment"}});
  EXPECT_EQ(value(setting("a", "string", "A")), "\"environment\"");
}

TEST_F(ModuleSettings, OfAnotherTypeAreRefusedWithTheirSource) {
  load("modules:\n  hub_demo:\n    a: 3\n    b: x\n    d: [1]\n", {{"C", "maybe"}, {"N", "12x"}});
  EXPECT_THAT(value(setting("a", "string")),
              HasSubstr("config.yaml:3: a of hub_demo is not of type string"));
  EXPECT_THAT(value(setting("b", "integer")), HasSubstr("config.yaml:4"));
  EXPECT_THAT(value(setting("d", "list")), HasSubstr("config.yaml:5"));
  EXPECT_THAT(value(setting("c", "boolean", "C")), HasSubstr("environment C"));
  EXPECT_THAT(value(setting("n", "integer", "N")), HasSubstr("environment N"));
}

TEST_F(ModuleSettings, ThatAreSecretAreKnownToRedaction) {
  load("modules:\n  hub_demo:\n    key: from-the-file\n    pin: 12345678\n",
       {{"DEMO_KEY", "from-the-environment"}});
  const Configuration::Impl& impl = configuration_.impl();
  EXPECT_EQ(impl.module_secret("hub_demo", setting("key", "string", "DEMO_KEY"))->reveal(),
            "from-the-environment");
  EXPECT_EQ(impl.module_secret("hub_demo", setting("key", "string"))->reveal(), "from-the-file");
  EXPECT_EQ(impl.module_secret("hub_demo", setting("pin", "string"))->reveal(), "12345678");
  EXPECT_FALSE(impl.module_secret("hub_demo", setting("none", "string")));
  EXPECT_FALSE(impl.module_secret("hub_other", setting("key", "string")));
  EXPECT_EQ(Redactor(impl.book).text("from-the-file"), "***redacted***");
}

TEST_F(ModuleSettings, TogglesAreOnUntilSomebodySaysOtherwise) {
  load("", {{"DEMOTOOL", "off"}, {"OLDTOOL", "true"}, {"BADTOOL", "perhaps"}});
  const Configuration::Impl& impl = configuration_.impl();
  EXPECT_EQ(impl.toggle({"NOTSET"}), true);
  EXPECT_EQ(impl.toggle({"DEMOTOOL"}), false);
  EXPECT_EQ(impl.toggle({"NOTSET", "DEMOTOOL", "OLDTOOL"}), false);
  const auto bad = impl.toggle({"BADTOOL"});
  ASSERT_FALSE(bad);
  EXPECT_THAT(bad.error().message, HasSubstr("BADTOOL is \"perhaps\""));
}

TEST_F(ModuleSettings, ForAModuleThatIsNotThereAreReportedWithTheLikelyOne) {
  load("modules:\n  hub_dmeo:\n    a: 1\n  hub_repos:\n    b: 2\n");
  const auto absent = configuration_.impl().absent_sections({"hub_demo", "hub_repos"});
  ASSERT_EQ(absent.size(), 1U);
  EXPECT_THAT(absent[0], HasSubstr("config.yaml:3: "));
  EXPECT_THAT(absent[0], HasSubstr("did you mean hub_demo?"));
}

}  // namespace
}  // namespace dockerhub
