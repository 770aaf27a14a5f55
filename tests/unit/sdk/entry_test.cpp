// The C side that the rows of a module become.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string_view>

#include "fake_host.hpp"
#include "sample_module.hpp"

namespace {

using testing::ElementsAre;
using testing::HasSubstr;

dh_str str(std::string_view text) {
  return {text.data(), text.size()};
}

// An instance with its end.
class Instance {
 public:
  explicit Instance(FakeHost& host) {
    EXPECT_EQ(dockerhub_module_entry.create(&host.host, &module_), DH_OK);
  }
  ~Instance() { dockerhub_module_entry.destroy(module_); }
  Instance(const Instance&) = delete;
  Instance& operator=(const Instance&) = delete;

  dh_module* get() const { return module_; }
  template <typename Table>
  const Table* extension(std::string_view id) const {
    return static_cast<const Table*>(dockerhub_module_entry.extension(module_, str(id)));
  }
  dh_status invoke(FakeHost& host, std::string_view action) const {
    return extension<dh_tools_1>(DH_TOOLS_1)
        ->invoke(module_, host.call(), str("sample"), str(action));
  }

 private:
  dh_module* module_ = nullptr;
};

TEST(Entry, SaysWhatItWasBuiltFor) {
  EXPECT_EQ(dockerhub_module_entry.magic, DH_MAGIC);
  EXPECT_EQ(dockerhub_module_entry.size, sizeof(dh_entry));
  EXPECT_EQ(dockerhub_module_entry.abi_major, DH_ABI_MAJOR);
  EXPECT_EQ(dockerhub_module_entry.abi_minor, DH_ABI_MINOR);
}

TEST(Entry, RunsTheHandlerOfTheAction) {
  FakeHost host;
  host.params = R"({"text":"hi"})";
  EXPECT_EQ(host.run(dockerhub_module_entry, "sample", "echo"), DH_OK);
  EXPECT_THAT(host.answered, ElementsAre(R"({"text":"hi"})"));
}

TEST(Entry, KnowsNoOtherActionAndNoRequestRow) {
  FakeHost host;
  EXPECT_EQ(host.run(dockerhub_module_entry, "sample", "nothing"), DH_E_NOT_FOUND);
  EXPECT_EQ(host.run(dockerhub_module_entry, "requests", "echo"), DH_E_NOT_FOUND);
  EXPECT_EQ(host.run(dockerhub_module_entry, "requests", "get"), DH_E_NOT_FOUND);
}

TEST(Entry, KeepsStatePerInstance) {
  FakeHost host;
  const Instance one(host);
  const Instance other(host);
  EXPECT_EQ(one.invoke(host, "count"), DH_OK);
  EXPECT_EQ(one.invoke(host, "count"), DH_OK);
  EXPECT_EQ(other.invoke(host, "count"), DH_OK);
  EXPECT_THAT(host.answered, ElementsAre(R"({"count":1})", R"({"count":2})", R"({"count":1})"));
}

TEST(Entry, AnExceptionBecomesAModuleError) {
  FakeHost host;
  EXPECT_EQ(host.run(dockerhub_module_entry, "sample", "throws"), DH_E_FAILED);
  EXPECT_EQ(host.error_type, "ModuleError");
  EXPECT_EQ(host.error_message, "broken inside");
  EXPECT_NE(host.error_hint, "");
}

TEST(Entry, AnythingThrownBecomesAModuleError) {
  FakeHost host;
  EXPECT_EQ(host.run(dockerhub_module_entry, "sample", "throws_number"), DH_E_FAILED);
  EXPECT_EQ(host.error_type, "ModuleError");
}

TEST(Entry, AMistakeWithParametersNamesTheParameter) {
  FakeHost host;
  EXPECT_EQ(host.run(dockerhub_module_entry, "sample", "asks_for_nothing"), DH_E_FAILED);
  EXPECT_THAT(host.error_message, HasSubstr("no_such_parameter"));
}

TEST(Entry, AFailureThatTheHandlerDidNotSeeIsTheEndOfTheCall) {
  FakeHost host;
  host.warn_status = DH_E_LIMIT;
  EXPECT_EQ(host.run(dockerhub_module_entry, "sample", "warns"), DH_E_LIMIT);
}

TEST(Entry, AReceiverThatWantsNoMoreEndsTheItems) {
  FakeHost host;
  host.item_status = DH_E_RECEIVER;
  EXPECT_EQ(host.run(dockerhub_module_entry, "sample", "sends_items"), DH_E_RECEIVER);
}

TEST(Entry, AResourceTemplateGivesItsVariablesAsParameters) {
  FakeHost host;
  const Instance instance(host);
  const auto* resources = instance.extension<dh_resources_1>(DH_RESOURCES_1);
  EXPECT_EQ(resources->read(instance.get(), host.call(), str("note://7")), DH_OK);
  EXPECT_THAT(host.parts, ElementsAre("4|note 7||text/plain|note://7|"));
  EXPECT_EQ(resources->read(instance.get(), host.call(), str("other://7")), DH_E_NOT_FOUND);
}

TEST(Entry, WatchingReachesTheInstance) {
  FakeHost host;
  const Instance instance(host);
  const auto* resources = instance.extension<dh_resources_1>(DH_RESOURCES_1);
  EXPECT_EQ(resources->watch(instance.get(), host.call(), str("note:index"), 1), DH_OK);
  EXPECT_EQ(resources->watch(instance.get(), host.call(), str("note:index"), 0), DH_OK);
  EXPECT_THAT(host.log, ElementsAre("2:note:index on", "2:note:index off"));
}

TEST(Entry, AWatchHandlerFailsWithAnErrorOfItsOwn) {
  FakeHost host;
  const Instance instance(host);
  const auto* resources = instance.extension<dh_resources_1>(DH_RESOURCES_1);
  EXPECT_EQ(resources->watch(instance.get(), host.call(), str("note:secret"), 1), DH_E_FAILED);
  EXPECT_EQ(host.error_type, "ParameterError");
}

TEST(Entry, APromptFindsItsArgumentsAsParameters) {
  FakeHost host;
  const Instance instance(host);
  const auto* prompts = instance.extension<dh_prompts_1>(DH_PROMPTS_1);
  EXPECT_EQ(prompts->get(instance.get(), host.call(), str("says"), str(R"({"whom":"you"})")),
            DH_OK);
  EXPECT_EQ(prompts->get(instance.get(), host.call(), str("other"), str("{}")), DH_E_NOT_FOUND);
  EXPECT_THAT(host.answered, ElementsAre(R"({"of":"you"})"));
}

TEST(Entry, CompletionAndHealthAnswer) {
  FakeHost host;
  const Instance instance(host);
  const auto* complete = instance.extension<dh_complete_1>(DH_COMPLETE_1);
  const auto* health = instance.extension<dh_health_1>(DH_HEALTH_1);
  EXPECT_EQ(complete->complete(instance.get(), host.call(), str(R"({"value":"a"})")), DH_OK);
  EXPECT_EQ(health->check(instance.get(), host.call()), DH_OK);
  EXPECT_THAT(host.answered, ElementsAre(R"({"values":["a"]})", R"({"ok":true})"));
}

TEST(Entry, HasNoExtensionOfAnotherName) {
  FakeHost host;
  const Instance instance(host);
  EXPECT_EQ(instance.extension<dh_tools_1>("tools/2"), nullptr);
  EXPECT_EQ(instance.extension<dh_tools_1>(""), nullptr);
}

}  // namespace
