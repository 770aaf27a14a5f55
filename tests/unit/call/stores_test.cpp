// Content of the caller's, as a module has it.
#include <gmock/gmock.h>

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "test_kernel.hpp"

namespace dockerhub::test {
namespace {

using testing::HasSubstr;

using Texts = std::map<std::string, std::string, std::less<>>;

class NewText : public Store::Entry {
 public:
  NewText(Texts& texts, std::string name) : texts_(texts), name_(std::move(name)) {}
  std::uint64_t size() const override { return text_.size(); }
  Result<std::size_t> read_at(std::uint64_t /*offset*/, void* /*buffer*/,
                              std::size_t /*capacity*/) override {
    return std::size_t{0};
  }
  Result<void> write(std::string_view bytes) override {
    text_ += bytes;
    return {};
  }
  Result<void> commit() override {
    texts_[name_] = text_;
    return {};
  }

 private:
  Texts& texts_;
  std::string name_, text_;
};

class TextStore : public Store {
 public:
  explicit TextStore(Texts& texts) : texts_(texts) {}
  Result<std::vector<std::string>> list(std::string_view prefix, std::string_view after) override {
    std::vector<std::string> names;
    for (const auto& [name, text] : texts_) {
      if (name.starts_with(prefix) && name > after) names.push_back(name);
    }
    return names;
  }
  Result<std::unique_ptr<Entry>> open(std::string_view name) override { return missing(name); }
  Result<std::unique_ptr<Entry>> create(std::string_view name) override {
    return std::make_unique<NewText>(texts_, std::string(name));
  }
  Result<void> remove(std::string_view name) override {
    const auto found = texts_.find(name);
    if (found == texts_.end()) return missing(name);
    texts_.erase(found);
    return {};
  }

 private:
  static Failure missing(std::string_view name) {
    Error error;
    error.kind = ErrorKind::parameter;
    error.status_code = 404;
    error.message = "there is no " + std::string(name);
    return Failure(std::move(error));
  }

  Texts& texts_;
};

class StoresOfTheCaller : public testing::Test {
 protected:
  StoresOfTheCaller() {
    kernel_.trust("shelf.so");
    caller_.store = [this](std::string_view parameter, std::string_view value,
                           bool /*writable*/) -> Result<std::unique_ptr<Store>> {
      bound_.emplace_back(parameter, value);
      return std::make_unique<TextStore>(texts_);
    };
  }

  CallResult run(const std::string& action, const std::string& params, bool dry_run = false) {
    CallRequest called = request("shelf", action, params);
    called.options.dry_run = dry_run;
    return kernel_->call(called, caller_);
  }

  Texts texts_ = {{"a1", "x"}, {"a2", "y"}, {"b", "z"}};
  Caller caller_;
  std::vector<std::pair<std::string, std::string>> bound_;

 private:
  TestKernel kernel_;
};

TEST_F(StoresOfTheCaller, TellTheirNamesByPrefixAndAfterAName) {
  EXPECT_EQ(data_of(run("list", R"({"store":"here"})")), R"(["a1","a2","b"])");
  EXPECT_EQ(data_of(run("list", R"({"store":"here","prefix":"a"})")), R"(["a1","a2"])");
  EXPECT_EQ(data_of(run("list", R"({"store":"here","after":"a1"})")), R"(["a2","b"])");
  EXPECT_EQ(bound_.front(), std::make_pair(std::string("store"), std::string("here")));
}

TEST_F(StoresOfTheCaller, TakeAndLoseTexts) {
  EXPECT_FALSE(run("put", R"({"store":"here","name":"c","text":"new"})").error);
  EXPECT_EQ(texts_["c"], "new");
  EXPECT_FALSE(run("remove", R"({"store":"here","name":"a1"})").error);
  EXPECT_FALSE(texts_.contains("a1"));
}

TEST_F(StoresOfTheCaller, WhatIsNotThereIsToldInTheStoresWords) {
  const CallResult result = run("remove", R"({"store":"here","name":"q"})");
  ASSERT_TRUE(result.error) << result.envelope;
  EXPECT_EQ(result.error->message, "there is no q");
}

TEST_F(StoresOfTheCaller, AreNotChangedByAnActionThatReads) {
  const CallResult result = run("spoil", R"({"store":"here","name":"a1"})");
  ASSERT_TRUE(result.error) << result.envelope;
  EXPECT_EQ(result.error->kind, ErrorKind::module_fault);
  EXPECT_THAT(result.error->message, HasSubstr("effect read changed a store"));
  EXPECT_TRUE(texts_.contains("a1"));
}

TEST_F(StoresOfTheCaller, AreHandedOnToAnActionThatIsRun) {
  const auto envelope = parsed(data_of(run("list_through", R"({"store":"here"})")));
  EXPECT_EQ(envelope["data"].Size(), 3U);
  EXPECT_EQ(bound_, (decltype(bound_){{"store", "here"}}));
}

TEST_F(StoresOfTheCaller, OfAnotherNameAreNotHadByAnActionThatIsRun) {
  const CallResult result = run("list_through", R"({"store":"here","other":"/etc"})");
  ASSERT_TRUE(result.error) << result.envelope;
  EXPECT_THAT(result.error->message, HasSubstr("a store that the caller did not name"));
  EXPECT_TRUE(bound_.empty());
}

TEST_F(StoresOfTheCaller, NeedACallerThatCanBindThem) {
  caller_.store = nullptr;
  const CallResult result = run("list", R"({"store":"here"})");
  ASSERT_TRUE(result.error) << result.envelope;
  EXPECT_EQ(result.error->kind, ErrorKind::unsupported);
  EXPECT_THAT(result.error->message, HasSubstr("cannot bind any"));
}

}  // namespace
}  // namespace dockerhub::test
