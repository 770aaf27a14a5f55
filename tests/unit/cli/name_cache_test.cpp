#include "name_cache.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <string>
#include <vector>

#include "../temporary_folder.hpp"

namespace dockerhub::cli {
namespace {

using Names = std::vector<std::string>;

class NameCaches : public testing::Test {
 protected:
  // Empty: nothing is kept. An old one has a mark.
  Names found(const std::string& key, const std::string& value, NameCache::Time when) const {
    const auto kept = NameCache(path_).find(key, value, when);
    if (!kept) return {};
    Names names = kept->offered.names;
    if (!kept->is_fresh) names.emplace_back("(old)");
    return names;
  }
  void keep(const std::string& key, const std::string& value, const OfferedNames& offered) const {
    NameCache(path_).keep(key, value, offered, now_);
  }

  TemporaryFolder folder_;
  std::filesystem::path path_ = folder_.path() / "cache" / "completion.json";
  NameCache::Time now_ = std::chrono::system_clock::now();
};

TEST_F(NameCaches, GivesWhatWasOfferedForTheSame) {
  keep("a", "x", {{"xa", "xb"}, true});
  EXPECT_EQ(found("a", "x", now_), (Names{"xa", "xb"}));
  EXPECT_EQ(found("b", "x", now_), Names());
  EXPECT_EQ(found("a", "xa", now_), Names()) << "there may be more that begin so";
  keep("a", "x", {{"xc"}, true});
  EXPECT_EQ(found("a", "x", now_), Names{"xc"});
}

TEST_F(NameCaches, GivesAllThatBeginsSo) {
  keep("a", "x", {{"xa", "xb"}, false});
  EXPECT_EQ(found("a", "xa", now_), (Names{"xa", "xb"}));
  EXPECT_EQ(found("a", "", now_), Names());
}

TEST_F(NameCaches, AgesAndForgets) {
  keep("a", "x", {{"xa"}, false});
  EXPECT_EQ(found("a", "x", now_ + NameCache::kFresh), (Names{"xa", "(old)"}));
  EXPECT_EQ(found("a", "x", now_ + NameCache::kLife), Names());
  EXPECT_EQ(found("a", "x", now_ - std::chrono::hours(1)), Names()) << "a clock that was set back";
}

TEST_F(NameCaches, IsBounded) {
  for (std::size_t i = 0; i <= NameCache::kMostEntries; ++i)
    keep("a", std::to_string(i), {{"n"}, true});
  EXPECT_EQ(found("a", "0", now_), Names());
  EXPECT_EQ(found("a", "1", now_), Names{"n"});
}

TEST_F(NameCaches, IsTheUsersAlone) {
  keep("a", "x", {{"xa"}, false});
  struct stat status = {};
  ASSERT_EQ(::stat(path_.c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777U, 0600U);
  ASSERT_EQ(::chmod(path_.c_str(), 0644), 0);
  EXPECT_EQ(found("a", "x", now_), Names());
}

TEST_F(NameCaches, PassesOverWhatItDoesNotKnow) {
  for (const char* text : {"", "[]", "{\"version\":2,\"entries\":[]}",
                           "{\"version\":1,\"entries\":[{\"key\":\"a\"}, 7]}"}) {
    folder_.write("cache/completion.json", text);
    EXPECT_EQ(found("a", "x", now_), Names()) << text;
    keep("a", "x", {{"xa"}, false});
    EXPECT_EQ(found("a", "x", now_), Names{"xa"}) << text;
  }
  NameCache nowhere{std::filesystem::path()};
  nowhere.keep("a", "x", {{"xa"}, false}, now_);
  EXPECT_FALSE(nowhere.find("a", "x", now_));
}

}  // namespace
}  // namespace dockerhub::cli
