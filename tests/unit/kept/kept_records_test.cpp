#include "kept/kept_records.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fstream>
#include <functional>
#include <memory>
#include <sstream>
#include <vector>

#include "../temporary_folder.hpp"
#include "dockerhub/abi.h"

namespace dockerhub {
namespace {

namespace fs = std::filesystem;
using std::chrono::hours;
using std::chrono::seconds;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

constexpr std::string_view kOwner = "module\nann of tests";
constexpr std::string_view kValue = "where it stood: canary-token";

std::string content_of(const fs::path& file) {
  std::ostringstream text;
  text << std::ifstream(file, std::ios::binary).rdbuf();
  return text.str();
}

class Kept : public testing::Test {
 protected:
  // What another process has: it shares the files alone.
  std::unique_ptr<KeptRecords> another() {
    return std::make_unique<KeptRecords>(
        KeptRecords::Places{folder(), key()},
        [this](std::string_view text) { warnings_.emplace_back(text); });
  }
  fs::path folder() const { return home_.path() / "cache" / "kept"; }
  fs::path key() const { return home_.path() / "state" / "kept-key.json"; }

  void keep(std::string_view name, std::string_view value, KeptRecords::Time until) {
    const auto records = another();
    const auto record = records->open(kOwner, name);
    ASSERT_TRUE(record);
    EXPECT_TRUE(record->write(value, until));
  }
  std::optional<std::string> kept(std::string_view name, std::string_view owner = kOwner) {
    return kept_at(now_, name, owner);
  }
  std::optional<std::string> kept_at(KeptRecords::Time time, std::string_view name,
                                     std::string_view owner = kOwner) {
    const auto records = another();
    const auto record = records->open(owner, name);
    return record ? record->read(time) : std::nullopt;
  }
  // The files with values.
  std::vector<fs::path> files() const {
    std::vector<fs::path> files;
    for (const auto& each : fs::directory_iterator(folder())) {
      if (each.path().filename() != "lock") files.push_back(each.path());
    }
    return files;
  }

  TemporaryFolder home_;
  const KeptRecords::Time now_ = std::chrono::system_clock::now();
  std::vector<std::string> warnings_;
};

TEST_F(Kept, AnotherProcessFindsTheValueUnderItsNameAndOwnerAlone) {
  EXPECT_EQ(kept("upload"), std::nullopt);
  keep("upload", kValue, now_ + hours(1));
  EXPECT_EQ(kept("upload"), kValue);
  EXPECT_EQ(kept("other"), std::nullopt);
  EXPECT_EQ(kept("upload", "module\nbob"), std::nullopt);
  EXPECT_EQ(kept("ann of tests\nupload", "module"), std::nullopt);
  EXPECT_THAT(warnings_, IsEmpty());
}

TEST_F(Kept, HasFilesThatShowNothingAndAreForOneUser) {
  keep("the name", kValue, now_ + hours(1));
  ASSERT_THAT(files(), SizeIs(1));
  std::vector<fs::path> all = files();
  all.push_back(key());
  all.push_back(folder() / "lock");
  for (const fs::path& file : all) {
    struct stat status = {};
    ASSERT_EQ(::stat(file.c_str(), &status), 0) << file;
    EXPECT_EQ(status.st_mode & 07777U, 0600U) << file;
    for (const char* const shown : {"the name", "canary", "module", "ann of"}) {
      EXPECT_THAT(file.filename().string(), Not(HasSubstr(shown)));
      EXPECT_THAT(content_of(file), Not(HasSubstr(shown)));
    }
  }
}

TEST_F(Kept, WithoutTheKeyNothingOfItIsFound) {
  keep("upload", kValue, now_ + hours(1));
  fs::remove(key());
  EXPECT_EQ(kept("upload"), std::nullopt);
  EXPECT_THAT(warnings_, IsEmpty()) << "a copied cache folder is no trouble";
}

TEST_F(Kept, IsOverAfterItsTime) {
  keep("upload", kValue, now_ + seconds(100));
  EXPECT_EQ(kept_at(now_ + seconds(98), "upload"), kValue);
  EXPECT_EQ(kept_at(now_ + seconds(100), "upload"), std::nullopt);
  keep("far", kValue, now_ + seconds(DH_KEPT_SECONDS_MAX) + hours(1));
  EXPECT_EQ(kept("far"), std::nullopt) << "a clock was changed";
}

TEST_F(Kept, IsReplacedAndRemoved) {
  const auto records = another();
  const auto record = records->open(kOwner, "upload");
  ASSERT_TRUE(record);
  EXPECT_TRUE(record->remove()) << "there was none";
  EXPECT_TRUE(record->write("one", now_ + hours(1)));
  EXPECT_TRUE(record->write("", now_ + hours(1)));
  EXPECT_EQ(record->read(now_), "");
  EXPECT_TRUE(record->remove());
  EXPECT_EQ(record->read(now_), std::nullopt);
  EXPECT_THAT(files(), IsEmpty());
}

TEST_F(Kept, IsOneHoldersUntilItIsGivenBack) {
  const auto here = another();
  const auto there = another();
  {
    const auto held = here->open(kOwner, "upload");
    ASSERT_TRUE(held);
    for (const auto* const records : {&here, &there}) {
      const auto second = (*records)->open(kOwner, "upload");
      ASSERT_FALSE(second);
      EXPECT_EQ(second.error(), KeptRecords::Refusal::taken);
    }
    EXPECT_TRUE(there->open(kOwner, "other"));
  }
  EXPECT_TRUE(there->open(kOwner, "upload"));
  EXPECT_THAT(warnings_, IsEmpty());
}

TEST_F(Kept, ADamagedFileIsPassedOverWithAWarningAndReplaced) {
  for (const auto& damage : std::vector<std::function<void(std::string&)>>{
           [](std::string& text) {
             char& first = text[text.find('\n') + 1];
             first = first == 'A' ? 'B' : 'A';
           },
           [](std::string& text) { text.resize(text.find('\n') + 1); },
           [](std::string& text) { text.resize(text.find('\n')); },
           [](std::string& text) { text.replace(text.find("\"until\":") + 8, 1, "2"); },
           [](std::string& text) { text = "{}"; }, [](std::string& text) { text.clear(); }}) {
    warnings_.clear();
    keep("upload", kValue, now_ + hours(1));
    ASSERT_THAT(files(), SizeIs(1));
    std::string text = content_of(files()[0]);
    damage(text);
    std::ofstream(files()[0], std::ios::binary | std::ios::trunc) << text;
    EXPECT_EQ(kept("upload"), std::nullopt) << text;
    EXPECT_THAT(warnings_, SizeIs(1)) << text;
  }
  keep("upload", kValue, now_ + hours(1));
  EXPECT_EQ(kept("upload"), kValue);
}

TEST_F(Kept, AFileUnderAnotherNameIsDamaged) {
  keep("one", kValue, now_ + hours(1));
  const fs::path of_one = files().at(0);
  keep("two", "other", now_ + hours(1));
  for (const fs::path& file : files()) {
    if (file != of_one) fs::copy_file(of_one, file, fs::copy_options::overwrite_existing);
  }
  EXPECT_EQ(kept("two"), std::nullopt);
}

TEST_F(Kept, AFileThatOthersMayReadIsNotBelievedAndReplaced) {
  keep("upload", kValue, now_ + hours(1));
  fs::permissions(files().at(0), static_cast<fs::perms>(0644));
  EXPECT_EQ(kept("upload"), std::nullopt);
  ASSERT_THAT(warnings_, SizeIs(1));
  EXPECT_THAT(warnings_[0], HasSubstr("readable by others"));
  keep("upload", "new", now_ + hours(1));
  EXPECT_EQ(kept("upload"), "new");
}

TEST_F(Kept, InAFolderThatOthersMayChangeNothingIsKept) {
  keep("upload", kValue, now_ + hours(1));
  fs::permissions(folder(), static_cast<fs::perms>(0777));
  const auto records = another();
  const auto record = records->open(kOwner, "upload");
  ASSERT_FALSE(record);
  EXPECT_EQ(record.error(), KeptRecords::Refusal::nowhere);
  EXPECT_FALSE(records->open(kOwner, "upload"));
  EXPECT_THAT(warnings_, SizeIs(1)) << "it is said once";
}

TEST_F(Kept, WithoutAPlaceNothingIsKeptAndNothingSaid) {
  KeptRecords records({}, [this](std::string_view text) { warnings_.emplace_back(text); });
  const auto record = records.open(kOwner, "upload");
  ASSERT_FALSE(record);
  EXPECT_EQ(record.error(), KeptRecords::Refusal::nowhere);
  EXPECT_THAT(warnings_, IsEmpty());
}

TEST_F(Kept, AFolderThatCannotBeWrittenIsSaidAndFailsNothing) {
  const auto records = another();
  const auto record = records->open(kOwner, "upload");
  ASSERT_TRUE(record);
  // Nobody can make a file in a folder that is gone, root neither.
  fs::remove_all(folder());
  std::ofstream(folder()) << "no folder";
  EXPECT_FALSE(record->write(kValue, now_ + hours(1)));
  ASSERT_THAT(warnings_, SizeIs(1));
  EXPECT_THAT(warnings_[0], HasSubstr("nothing is kept for a next run"));
}

TEST_F(Kept, WhatNobodyRenewedForTheLongestTimeIsRemoved) {
  keep("old", kValue, now_ + hours(1));
  const fs::path old = files().at(0);
  fs::last_write_time(old,
                      fs::file_time_type::clock::now() - seconds(DH_KEPT_SECONDS_MAX) - hours(1));
  keep("new", kValue, now_ + hours(1));
  EXPECT_THAT(files(), SizeIs(1));
  EXPECT_FALSE(fs::exists(old));
}

TEST_F(Kept, HasRoomForSoManyFiles) {
  const auto records = another();
  ASSERT_TRUE(records->open(kOwner, "upload"));
  for (std::size_t i = 1; i < KeptRecords::kMost; ++i)
    std::ofstream(folder() / ("v1-" + std::to_string(i))) << "x";
  EXPECT_TRUE(records->has_room());
  std::ofstream(folder() / "v1-last") << "x";
  EXPECT_FALSE(records->has_room());
}

TEST_F(Kept, AKeyFileWithoutAKeyIsSaidAndNotReplaced) {
  const std::string text = R"({"version":1,"key":"short"})";
  home_.write("state/kept-key.json", text);
  const auto record = another()->open(kOwner, "upload");
  ASSERT_FALSE(record);
  EXPECT_EQ(record.error(), KeptRecords::Refusal::nowhere);
  ASSERT_THAT(warnings_, SizeIs(1));
  EXPECT_THAT(warnings_[0], HasSubstr("holds no key"));
  EXPECT_EQ(content_of(key()), text);
}

TEST_F(Kept, WhatCannotBeRemovedIsSaid) {
  const auto records = another();
  const auto record = records->open(kOwner, "upload");
  ASSERT_TRUE(record);
  EXPECT_TRUE(record->write(kValue, now_ + hours(1)));
  const fs::path file = files().at(0);
  fs::remove(file);
  fs::create_directory(file);
  EXPECT_FALSE(record->remove());
  ASSERT_THAT(warnings_, SizeIs(1));
  EXPECT_THAT(warnings_[0], HasSubstr("is left behind"));
  EXPECT_THAT(warnings_[0], HasSubstr(file.string()));
}

}  // namespace
}  // namespace dockerhub
