// "oci:DIR[:TAG]", and the folder behind it: nothing half-written has a name, nothing is followed out of it.
#include "stores.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <utility>
#include <vector>

#include "../temporary_folder.hpp"
#include "directory_store.hpp"

namespace dockerhub::cli {
namespace {

Action pulling() {
  Action action;
  Parameter store;
  store.name = "store";
  store.type = ParameterType::store;
  action.parameters.push_back(store);
  return action;
}

Result<std::string> taken(Stores& stores, const std::string& text) {
  return stores.take(pulling(), R"({"store":")" + text + R"("})");
}

TEST(Stores, GiveTheModuleTheTagAlone) {
  Stores stores;
  EXPECT_EQ(taken(stores, "oci:some/folder:v1").value(), R"({"store":"v1"})");
  EXPECT_EQ(taken(stores, "oci:some/folder").value(), R"({"store":""})");
  EXPECT_EQ(taken(stores, "oci:a:b/folder").value(), R"({"store":""})");
}

TEST(Stores, RefuseOtherSpellings) {
  Stores stores;
  for (const char* text : {"folder", "docker:x", "oci:", "oci::v1",
                           "oci:folder:", "dir:", "docker-archive:", "oci-archive:a.tar:"}) {
    const auto refused = taken(stores, text);
    ASSERT_FALSE(refused) << text;
    EXPECT_EQ(refused.error().parameter, "store");
  }
}

TEST(Stores, TakeTheNameOfAnImageOfDockerWhole) {
  Stores stores;
  EXPECT_EQ(taken(stores, "docker-archive:some/file.tar:team/app:v1").value(),
            R"({"store":"team/app:v1"})");
  EXPECT_EQ(taken(stores, "docker-archive:file.tar").value(), R"({"store":""})");
  EXPECT_EQ(taken(stores, "oci-archive:some/file.tar:v1").value(), R"({"store":"v1"})");
  EXPECT_EQ(taken(stores, "dir:some:folder").value(), R"({"store":""})");
}

TEST(Stores, TakeTheNameOfAnImageInALayoutWhole) {
  const TemporaryFolder folder;
  const std::string layout = (folder.path() / "images").string();
  const std::string name = "docker.io/library/alpine:3.20";
  Stores stores;
  EXPECT_EQ(taken(stores, "oci:" + layout + ":" + name).value(), R"({"store":"3.20"})")
      << "no layout says where the path ends";
  std::filesystem::create_directory(layout);
  std::ofstream(layout + "/oci-layout") << R"({"imageLayoutVersion":"1.0.0"})";
  EXPECT_EQ(taken(stores, "oci:" + layout + ":" + name).value(), R"({"store":")" + name + R"("})");
  EXPECT_EQ(taken(stores, "oci:" + layout + ":r.test:5000/app:v1").value(),
            R"({"store":"r.test:5000/app:v1"})");
  EXPECT_EQ(taken(stores, "oci:" + layout + ":v1").value(), R"({"store":"v1"})");
  EXPECT_EQ(taken(stores, "oci:" + layout).value(), R"({"store":""})");
}

Result<std::string> taken_with_question(Stores& stores, const std::string& text) {
  Action action = pulling();
  action.confirm_text = "Take {store}";
  action.confirm_target = "{store}";
  return stores.take(action, R"({"store":")" + text + R"("})");
}

TEST(Stores, TellTheirPlaceWhereTheirTagIsAskedAbout) {
  const TemporaryFolder folder;
  const std::string place = "oci:" + folder.path().string();
  std::ofstream(folder.path() / "oci-layout") << R"({"imageLayoutVersion":"1.0.0"})";
  Stores stores;
  ASSERT_TRUE(taken(stores, place + ":v1"));
  EXPECT_EQ(stores.places(), "");
  EXPECT_EQ(taken_with_question(stores, place + ":v1").value(), R"({"store":"v1"})");
  EXPECT_EQ(stores.places(), place);
}

TEST(Stores, RefuseWhatCannotBeChangedBeforeTheQuestion) {
  const TemporaryFolder folder;
  const std::string place = folder.path().string();
  std::ofstream(folder.path() / "oci-layout") << R"({"imageLayoutVersion":"1.0.0"})";
  const std::vector<std::pair<std::string, std::string>> rows = {
      {"oci:" + place, "names no tag"},
      {"oci:" + place + "/typo:v1", "no image layout at " + place + "/typo"},
      {"oci-archive:images.tar:v1", "oci:DIR:TAG only"},
      {"docker-archive:saved.tar:team/app:v1", "oci:DIR:TAG only"},
      {"dir:" + place, "oci:DIR:TAG only"}};
  for (const auto& [text, why] : rows) {
    Stores stores;
    const auto refused = taken_with_question(stores, text);
    ASSERT_FALSE(refused) << text;
    EXPECT_EQ(refused.error().parameter, "store");
    EXPECT_NE(refused.error().message.find(why), std::string::npos) << refused.error().message;
    EXPECT_TRUE(taken(stores, text)) << "an action that asks nothing about it takes it";
  }
}

TEST(Stores, OpenNothingThatWasNotNamed) {
  Stores stores;
  EXPECT_FALSE(stores.open("store", "", false));
}

TEST(Stores, OpenForANestedCallOnlyWhatItsTagAloneNames) {
  const TemporaryFolder folder;
  Action action;
  for (const char* name : {"from", "to"}) {
    Parameter store;
    store.name = name;
    store.type = ParameterType::store;
    action.parameters.push_back(store);
  }
  const std::string place = "oci:" + folder.path().string();
  Stores stores;
  ASSERT_TRUE(stores.take(action, R"({"from":")" + place + R"(:v1","to":")" + place + R"(:v2"})"));
  EXPECT_TRUE(stores.open("store", "v1", false));
  ASSERT_TRUE(stores.take(action, R"({"from":")" + place + R"(:v1","to":")" + place + R"(:v1"})"));
  EXPECT_FALSE(stores.open("store", "v1", false));
  EXPECT_TRUE(stores.open("to", "v1", false));
}

class Folder : public testing::Test {
 protected:
  std::unique_ptr<Store> open(bool writable) {
    auto store = open_directory_store(layout_, writable);
    EXPECT_TRUE(store) << store.error().message;
    return store ? std::move(*store) : nullptr;
  }
  static void put(Store& store, const char* name, const char* bytes) {
    auto entry = store.create(name);
    ASSERT_TRUE(entry) << entry.error().message;
    ASSERT_TRUE((*entry)->write(bytes));
    ASSERT_TRUE((*entry)->commit());
  }
  static std::string text_of(Store& store, const char* name) {
    auto entry = store.open(name);
    if (!entry) return "(" + std::to_string(entry.error().status_code) + ")";
    std::string text((*entry)->size(), '\0');
    const auto got = (*entry)->read_at(0, text.data(), text.size());
    return got ? text.substr(0, *got) : "(unreadable)";
  }
  std::size_t files() const {
    std::size_t count = 0;
    for (const auto& file : std::filesystem::recursive_directory_iterator(layout_))
      count += file.is_regular_file() ? 1U : 0U;
    return count;
  }

  TemporaryFolder folder_;
  std::filesystem::path layout_ = folder_.path() / "layout";
};

TEST_F(Folder, IsMadeWithItsFirstEntry) {
  const auto store = open(true);
  EXPECT_FALSE(std::filesystem::exists(layout_));
  EXPECT_EQ(text_of(*store, "oci-layout"), "(404)");
  put(*store, "oci-layout", "{}");
  put(*store, "blobs/sha256/abc", "bytes");
  EXPECT_EQ(text_of(*store, "blobs/sha256/abc"), "bytes");
  EXPECT_EQ(store->list("", "").value(),
            (std::vector<std::string>{"blobs/sha256/abc", "oci-layout"}));
}

TEST_F(Folder, HasNoNameForWhatWasNotCommitted) {
  const auto store = open(true);
  {
    auto entry = store->create("oci-layout");
    ASSERT_TRUE(entry);
    ASSERT_TRUE((*entry)->write("half"));
    EXPECT_EQ(text_of(*store, "oci-layout"), "(404)");
  }
  EXPECT_EQ(files(), 0U);
}

TEST_F(Folder, ReplacesAnEntryAtOnce) {
  const auto store = open(true);
  put(*store, "index.json", "old");
  put(*store, "index.json", "new");
  EXPECT_EQ(text_of(*store, "index.json"), "new");
  EXPECT_EQ(files(), 1U);
}

TEST_F(Folder, IsWrittenByOneProgramAtATime) {
  const auto store = open(true);
  put(*store, "oci-layout", "{}");
  EXPECT_FALSE(open_directory_store(layout_, true));
  EXPECT_TRUE(open_directory_store(layout_, false));
}

TEST_F(Folder, ThatAnotherProgramMadeMeanwhileIsNotWritten) {
  const auto late = open(true);
  put(*open(true), "oci-layout", "theirs");
  for (int i = 0; i < 2; ++i) EXPECT_FALSE(late->create("oci-layout"));
  EXPECT_EQ(text_of(*open(true), "oci-layout"), "theirs") << "and the lock was given back";
}

TEST_F(Folder, LosesWhatAKilledProgramLeft) {
  put(*open(true), "oci-layout", "{}");
  std::ofstream(layout_ / ".dockerhub-1-index.json") << "half";
  open(true);
  EXPECT_EQ(files(), 1U);
}

TEST_F(Folder, IsNotLeft) {
  const auto store = open(true);
  put(*store, "oci-layout", "{}");
  for (const char* name : {"../x", "/etc/passwd", "a//b", ".hidden", "a/../b", "", "a/", "a\nb"}) {
    EXPECT_FALSE(store->open(name)) << name;
    EXPECT_FALSE(store->create(name)) << name;
  }
  std::ofstream(folder_.path() / "secret") << "secret";
  std::filesystem::create_symlink(folder_.path() / "secret", layout_ / "link");
  std::filesystem::create_directory_symlink(folder_.path(), layout_ / "blobs");
  EXPECT_FALSE(store->open("link"));
  EXPECT_FALSE(store->open("blobs/secret"));
  EXPECT_FALSE(store->create("blobs/new"));
  ASSERT_EQ(::mkfifo((layout_ / "pipe").c_str(), 0600), 0);
  EXPECT_FALSE(store->open("pipe"));
}

TEST_F(Folder, WithOtherThingsIsNotFilled) {
  std::filesystem::create_directory(layout_);
  std::ofstream(layout_ / "letter") << "dear";
  EXPECT_FALSE(open_directory_store(layout_, true));
}

TEST_F(Folder, ThatIsMissingCannotBeRead) {
  EXPECT_FALSE(open_directory_store(layout_, false));
}

}  // namespace
}  // namespace dockerhub::cli
