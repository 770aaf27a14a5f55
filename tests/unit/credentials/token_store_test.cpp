#include "credentials/token_store.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fstream>
#include <sstream>

#include "credentials/token_cache.hpp"
#include "fakes.hpp"
#include "settings.hpp"

namespace dockerhub {
namespace {

namespace fs = std::filesystem;
using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

constexpr std::string_view kIssuer = "https://hub.example\nhash-of-ann";

std::string text_of(const fs::path& file) {
  std::ostringstream text;
  text << std::ifstream(file, std::ios::binary).rdbuf();
  return text.str();
}

unsigned mode_of(const fs::path& file) {
  struct stat status = {};
  return ::stat(file.c_str(), &status) == 0 ? status.st_mode & 07777U : 0;
}

class Store : public testing::Test {
 protected:
  // Another process: nothing is shared with it but the files.
  std::unique_ptr<TokenStore> open() {
    return std::make_unique<TokenStore>(
        place(), std::make_shared<SecretBook>(),
        [this](std::string_view text) { warnings_.emplace_back(text); });
  }
  fs::path place() const { return folder_.path() / "dockerhub"; }
  StoredToken token(std::string_view value, std::string_view scopes = {},
                    std::chrono::seconds life = minutes(10)) {
    return {Scopes(scopes), book_.learn(value), time_.system() + life};
  }
  std::vector<std::string> found(std::string_view issuer = kIssuer) {
    std::vector<std::string> values;
    for (const StoredToken& each : open()->find(issuer, time_.system()))
      values.push_back(value_of(each.token));
    return values;
  }
  void keep(StoredToken token, std::string_view issuer = kIssuer) {
    open()->keep(issuer, std::move(token), time_.system());
  }
  // The files with tokens.
  std::vector<fs::path> files() const {
    std::vector<fs::path> files;
    for (const auto& each : fs::directory_iterator(place())) {
      const std::string name = each.path().filename().string();
      if (name.rfind("tokens-", 0) == 0 && name.find(".lock") == std::string::npos)
        files.push_back(each.path());
    }
    return files;
  }

  TemporaryFolder folder_;
  FakeClocks time_;
  SecretBook book_;
  std::vector<std::string> warnings_;
};

TEST_F(Store, GivesAnotherProcessTheTokensOfAnIssuer) {
  keep(token("token-1"));
  EXPECT_THAT(found(), ElementsAre("token-1"));
  EXPECT_THAT(found("https://hub.example\nhash-of-bob"), IsEmpty());
  EXPECT_THAT(found("https://other.example\nhash-of-ann"), IsEmpty());
}

TEST_F(Store, HasFilesThatShowNothingAndAreForOneUser) {
  keep(token("token-number-1"));
  EXPECT_EQ(mode_of(place()), 0700U);
  for (const auto& each : fs::directory_iterator(place())) {
    EXPECT_EQ(mode_of(each.path()), 0600U) << each.path();
    EXPECT_THAT(each.path().string(), Not(HasSubstr("hub.example")));
    for (const char* const shown : {"token-number-1", "hub.example", "hash-of-ann"})
      EXPECT_THAT(text_of(each.path()), Not(HasSubstr(shown)));
  }
  ASSERT_EQ(files().size(), 1U);
  EXPECT_THAT(text_of(files()[0]), testing::StartsWith("dockerhub tokens 1\n"));
}

TEST_F(Store, NamesFilesBySomethingElseInEachFolder) {
  keep(token("token-1"));
  const std::string name = files().at(0).filename();
  fs::remove_all(place());
  keep(token("token-1"));
  EXPECT_NE(files().at(0).filename(), name);
}

TEST_F(Store, IsNotFooledByAFileUnderAnotherName) {
  keep(token("token-1"));
  const fs::path of_ann = files().at(0);
  keep(token("token-2"), "https://hub.example\nhash-of-bob");
  for (const fs::path& file : files()) {
    if (file == of_ann) continue;
    fs::copy_file(of_ann, file, fs::copy_options::overwrite_existing);
  }
  EXPECT_THAT(found("https://hub.example\nhash-of-bob"), IsEmpty());
}

TEST_F(Store, DropsARefusedTokenAndKeepsTheOthers) {
  keep(token("token-1", "repository:a:pull"));
  keep(token("token-2", "repository:b:pull"));
  open()->drop(kIssuer, "token-1", time_.system());
  EXPECT_THAT(found(), ElementsAre("token-2"));
  open()->drop(kIssuer, "token-2", time_.system());
  EXPECT_THAT(files(), IsEmpty());
}

TEST_F(Store, ForgetsTokensThatAreOverAndDoesNotBelieveClocksThatWentBack) {
  keep(token("token-1"));
  time_.pass(minutes(10));
  EXPECT_THAT(found(), IsEmpty());
  keep(token("token-2"));
  time_.pass(-hours(48));
  EXPECT_THAT(found(), IsEmpty());
}

TEST_F(Store, KeepsALimitedNumberForAnIssuer) {
  for (std::size_t i = 0; i < TokenStore::kMost + 8; ++i)
    keep(token("t" + std::to_string(i), "repository:r" + std::to_string(i) + ":pull",
               minutes(10) + seconds(i)));
  const auto values = found();
  EXPECT_EQ(values.size(), TokenStore::kMost);
  EXPECT_EQ(values.front(), "t39") << "those that end first went";
}

TEST_F(Store, ReplacesATokenByOneForMore) {
  keep(token("token-1", "repository:a:pull"));
  keep(token("token-2", "repository:a:pull,push"));
  EXPECT_THAT(found(), ElementsAre("token-2"));
}

TEST_F(Store, PassesOverWhatIsBroken) {
  keep(token("token-1"));
  const fs::path file = files().at(0);
  const std::string whole = text_of(file);
  for (const std::string& text : {std::string(), whole.substr(0, whole.size() / 2), whole + "x",
                                  std::string("dockerhub tokens 1\n"), std::string(5000, '\0')}) {
    std::ofstream(file, std::ios::binary | std::ios::trunc) << text;
    EXPECT_THAT(found(), IsEmpty());
  }
}

TEST_F(Store, LeavesAFileOfANewerFormatAlone) {
  keep(token("token-1"));
  const fs::path file = files().at(0);
  const std::string newer = "dockerhub tokens 2\nsomething else";
  std::ofstream(file, std::ios::trunc) << newer;
  keep(token("token-2"));
  EXPECT_THAT(found(), IsEmpty());
  EXPECT_EQ(text_of(file), newer);
}

TEST_F(Store, DoesNotUseAFolderOrFileThatOthersMayRead) {
  keep(token("token-1"));
  fs::permissions(files().at(0), static_cast<fs::perms>(0644));
  EXPECT_THAT(found(), IsEmpty());
  fs::permissions(files().at(0), static_cast<fs::perms>(0600));
  fs::permissions(place(), static_cast<fs::perms>(0750));
  EXPECT_THAT(found(), IsEmpty());
  EXPECT_THAT(warnings_, ElementsAre(HasSubstr("DOCKERHUB_TOKEN_CACHE")));
}

TEST_F(Store, DoesNotFollowALinkInThePlaceOfItsFolder) {
  fs::create_directory(folder_.path() / "elsewhere");
  fs::permissions(folder_.path() / "elsewhere", static_cast<fs::perms>(0700));
  fs::create_directory_symlink(folder_.path() / "elsewhere", place());
  keep(token("token-1"));
  EXPECT_TRUE(fs::is_empty(folder_.path() / "elsewhere"));
}

TEST_F(Store, DoesNotUseAFolderWhereOthersMayPutAnotherOne) {
  fs::permissions(folder_.path(), static_cast<fs::perms>(0777));
  keep(token("token-1"));
  EXPECT_FALSE(fs::exists(place()));
}

TEST_F(Store, DoesWithoutAFolderThatCannotBeMade) {
  TokenStore store(folder_.path() / "nowhere" / "dockerhub", std::make_shared<SecretBook>(),
                   [this](std::string_view text) { warnings_.emplace_back(text); });
  store.keep(kIssuer, token("token-1"), time_.system());
  EXPECT_THAT(store.find(kIssuer, time_.system()), IsEmpty());
  EXPECT_FALSE(store.turn(kIssuer, {}));
  EXPECT_EQ(warnings_.size(), 1U);
}

TEST_F(Store, RemovesFilesThatNobodyRenewedForADay) {
  keep(token("token-1"));
  const fs::path old = files().at(0);
  fs::last_write_time(old, fs::file_time_type::clock::now() - hours(26));
  keep(token("token-2"), "another issuer");
  EXPECT_FALSE(fs::exists(old));
}

TEST_F(Store, KeepsItsLocksWhateverTheirAge) {
  keep(token("token-1"));
  const fs::path lock = place() / "lock";
  const auto old = fs::file_time_type::clock::now() - hours(26);
  open()->turn(kIssuer, {}).reset();
  std::vector<fs::path> locks = {lock};
  for (const auto& each : fs::directory_iterator(place())) {
    if (each.path().extension() == ".lock") locks.push_back(each.path());
  }
  ASSERT_EQ(locks.size(), 2U);
  for (const fs::path& each : locks) fs::last_write_time(each, old);
  const UniqueFd turn = open()->turn(kIssuer, {});
  ASSERT_TRUE(turn);
  keep(token("token-2"));
  for (const fs::path& each : locks) EXPECT_TRUE(fs::exists(each)) << each;
}

TEST_F(Store, GivesTheTurnToOneAfterTheOther) {
  UniqueFd turn = open()->turn(kIssuer, {});
  ASSERT_TRUE(turn);
  EXPECT_TRUE(open()->turn("another issuer", {}));
  std::stop_source stop;
  stop.request_stop();
  http::Control control;
  control.stop = stop.get_token();
  EXPECT_FALSE(open()->turn(kIssuer, control)) << "whoever is cancelled does not wait";
  turn.reset();
  EXPECT_TRUE(open()->turn(kIssuer, {}));
}

TEST(StoreOf, IsThereOnlyWhereTokensAreToBeKept) {
  const Settings settings;
  const std::string run = settings.folder().path().string();
  const auto there = [&](const std::map<std::string, std::string>& environment) {
    return TokenStore::of(settings.load(environment), [](std::string_view) {}) != nullptr;
  };
  EXPECT_TRUE(there({{"XDG_RUNTIME_DIR", run}}));
  EXPECT_FALSE(there({}));
  EXPECT_FALSE(there({{"XDG_RUNTIME_DIR", "relative"}}));
  EXPECT_FALSE(there({{"XDG_RUNTIME_DIR", run}, {"DOCKERHUB_TOKEN_CACHE", "off"}}));
  EXPECT_FALSE(there({{"XDG_RUNTIME_DIR", run}, {"DOCKERHUB_SSL_VERIFY", "false"}}))
      << "a token of anybody must not outlive the run that took the risk";
  EXPECT_TRUE(fs::is_empty(run)) << "nothing is touched before it is needed";
}

// Two caches with one store each: two processes.
class SharedTokens : public Store {
 protected:
  std::unique_ptr<TokenCache> process() {
    return std::make_unique<TokenCache>(time_.clocks(), open());
  }
  TokenCache::Mint mint() {
    return [this]() -> Result<MintedToken> {
      ++minted_;
      return MintedToken{book_.learn("token-" + std::to_string(minted_)), minutes(9)};
    };
  }
  std::string get(TokenCache& cache, std::string_view scopes = "repository:a:pull",
                  const std::string& issuer = "i") {
    return value_of(cache.get({issuer, Scopes(scopes)}, {}, mint()).value());
  }

  int minted_ = 0;
};

TEST_F(SharedTokens, AreMintedOnceForManyProcesses) {
  for (int i = 0; i < 10; ++i) EXPECT_EQ(get(*process()), "Bearer token-1");
  EXPECT_EQ(get(*process(), "repository:a:push"), "Bearer token-2");
  EXPECT_EQ(get(*process(), "repository:a:pull", "another account"), "Bearer token-3");
  EXPECT_EQ(minted_, 3);
}

TEST_F(SharedTokens, AreReplacedForAllWhenOneIsRefused) {
  const TokenKey key{"i", Scopes("repository:a:pull")};
  const auto first = process();
  const auto header = first->get(key, {}, mint()).value();
  EXPECT_TRUE(first->drop(header));
  EXPECT_EQ(get(*process()), "Bearer token-2");
  EXPECT_EQ(value_of(first->get(key, {}, mint()).value()), "Bearer token-2")
      << "the one of the other process";
}

TEST_F(SharedTokens, OfAnotherProcessStayWhenAnOldOneIsRefused) {
  const auto slow = process();
  const TokenKey key{"i", Scopes("repository:a:pull")};
  const auto old = slow->get(key, {}, mint()).value();
  const auto quick = process();
  quick->drop(quick->get(key, {}, mint()).value());
  EXPECT_EQ(get(*quick), "Bearer token-2");
  slow->drop(old);
  EXPECT_EQ(get(*process()), "Bearer token-2");
}

TEST_F(SharedTokens, EndForAllProcesses) {
  get(*process());
  time_.pass(minutes(9));
  EXPECT_EQ(get(*process()), "Bearer token-2");
}

TEST_F(Store, KeepsNothingUnderAKeyThatIsNotAsItWasMade) {
  keep(token("a-token"));
  for (const char* const key : {"", "short"}) {
    warnings_.clear();
    std::ofstream(place() / "key", std::ios::trunc) << key;
    EXPECT_THAT(found(), IsEmpty());
    EXPECT_THAT(warnings_, ElementsAre(HasSubstr("key is not as it was made. Remove the folder")));
  }
}

}  // namespace
}  // namespace dockerhub
