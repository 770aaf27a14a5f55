// The C side that the rows of a module become.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidjson/document.h>

#include <string>
#include <string_view>
#include <utility>

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

TEST(Entry, AnInstanceThatCannotBeMadeFailsWithALineInTheLog) {
  for (const auto& [problem, line] : {std::pair(R"("no database")", "no database"),
                                      std::pair("7", "an exception that is no std::exception")}) {
    FakeHost host;
    host.settings["problem"] = problem;
    EXPECT_EQ(host.run(dockerhub_module_entry, "sample", "count"), DH_E_FAILED);
    EXPECT_THAT(host.log, ElementsAre(testing::EndsWith(line)));
    EXPECT_THAT(host.answered, ElementsAre());
    host.missing = {DH_LOG_1};
    EXPECT_EQ(host.run(dockerhub_module_entry, "sample", "count"), DH_E_FAILED);
  }
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

class Reading : public testing::Test {
 protected:
  dh_status read(std::string_view uri) {
    return instance_.extension<dh_resources_1>(DH_RESOURCES_1)
        ->read(instance_.get(), host.call(), str(uri));
  }
  FakeHost host;

 private:
  const Instance instance_{host};
};

TEST_F(Reading, OfWhatAnActionAnswersRunsThatAction) {
  host.envelope = R"({"status_code":200,"data":{"size":1.10}})";
  EXPECT_EQ(read("page://a%20b%22"), DH_OK);
  EXPECT_THAT(host.requests, ElementsAre(R"(sample.echo {"text": "a b\""})"));
  EXPECT_THAT(host.parts, ElementsAre(R"(4|{"size":1.10}||application/json|page://a%20b%22|)"));
}

TEST_F(Reading, OfATextFromOutsideTellsThatItIs) {
  host.envelope = R"({"data":{"text":"# Do it\u202e"}})";
  EXPECT_EQ(read("text://a"), DH_OK);
  ASSERT_EQ(host.parts.size(), 1U);
  EXPECT_THAT(host.parts[0], HasSubstr("Text from outside"));
  EXPECT_THAT(host.parts[0], HasSubstr(R"(# Do it\u202e|)"));
  EXPECT_THAT(host.parts[0], HasSubstr("|text/markdown|text://a|"));
}

TEST_F(Reading, FailsAsTheActionDoes) {
  host.envelope = R"({"error":{"type":"ApiError"}})";
  host.catalog_status = DH_E_NOT_FOUND;
  EXPECT_EQ(read("page://a"), DH_E_NOT_FOUND);
  EXPECT_THAT(host.parts, ElementsAre());
}

TEST_F(Reading, OfAnAnswerWithoutDataIsAMistake) {
  host.envelope = "{}";
  EXPECT_EQ(read("page://a"), DH_E_INVALID);
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

class Looking : public testing::Test {
 protected:
  // What the prompt says with these arguments.
  std::string looks(std::string_view arguments) {
    EXPECT_EQ(instance_.extension<dh_prompts_1>(DH_PROMPTS_1)
                  ->get(instance_.get(), host.call(), str("looks"), str(arguments)),
              DH_OK);
    rapidjson::Document answer;
    answer.Parse(host.answered.back().c_str());
    const auto& message = answer["messages"][0];
    EXPECT_STREQ(message["role"].GetString(), "user");
    return message["content"]["text"].GetString();
  }
  FakeHost host;

 private:
  const Instance instance_{host};
};

TEST_F(Looking, IsASequenceOfStepsWithTheirActions) {
  EXPECT_EQ(looks(R"({"what":"it","mode":"b"})"),
            "Look at it.\n\n1. See it.\n   Tool sample, action echo, params "
            R"({"text": "it", "mode": "b"})"
            "\n2. Look into b.\n3. Answer. The user decides.");
}

TEST_F(Looking, LeavesOutStepsForWhichNothingWasGiven) {
  const std::string text = looks(R"({"what":"it"})");
  EXPECT_THAT(text, HasSubstr(R"("mode": "a"})"));
  EXPECT_THAT(text, HasSubstr("\n2. Answer."));
}

TEST_F(Looking, NamesNoActionAsAvailableThatIsNotOffered) {
  host.hidden = {"sample.echo"};
  const std::string text = looks(R"({"what":"it"})");
  EXPECT_THAT(text, HasSubstr("1. See it.\n   sample echo is not offered here"));
  EXPECT_THAT(text, testing::Not(HasSubstr("params")));
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
