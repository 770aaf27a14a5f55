#include "server/local_bearer.hpp"

#include <gmock/gmock.h>
#include <sys/stat.h>

#include <fstream>

#include "../temporary_folder.hpp"

namespace dockerhub::server {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;
using testing::StartsWith;

class LocalBearer : public testing::Test {
 protected:
  void write(const std::string& text, fs::perms mode = fs::perms::owner_read) {
    fs::create_directories(file_.parent_path());
    std::ofstream(file_) << text;
    fs::permissions(file_, mode);
  }
  std::string refusal() const {
    const auto bearer = local_bearer(file_);
    return bearer ? "read" : bearer.error().message + " " + bearer.error().hint;
  }

  TemporaryFolder folder_;
  fs::path file_ = folder_.path() / "state" / "mcp-bearer";
};

TEST_F(LocalBearer, IsMadeOnceAndIsWhatTheFileHolds) {
  const auto made = local_bearer(file_);
  ASSERT_TRUE(made) << made.error().message;
  EXPECT_THAT(*made, StartsWith("v1."));
  EXPECT_EQ(fs::status(file_).permissions(), fs::perms::owner_read | fs::perms::owner_write);
  EXPECT_EQ(*local_bearer(file_), *made);
  std::string line;
  std::getline(std::ifstream(file_), line);
  EXPECT_EQ(line, *made);
}

TEST_F(LocalBearer, OfANewerFormatIsRefused) {
  write("v2." + std::string(43, 'a') + "\n");
  EXPECT_THAT(refusal(), HasSubstr("newer version (format 2, known up to 1)"));
}

TEST_F(LocalBearer, OfNoFormatOrTooShortIsRefused) {
  for (const std::string& text :
       {std::string(), std::string(43, 'a'), "v1." + std::string(31, 'a'),
        "v." + std::string(43, 'a'), "v-1." + std::string(43, 'a'), "v1" + std::string(43, 'a')}) {
    write(text, fs::perms::owner_read | fs::perms::owner_write);
    EXPECT_THAT(refusal(), HasSubstr("not in the form")) << text;
  }
}

TEST_F(LocalBearer, ThatOthersCanReadOrReplaceIsRefused) {
  const std::string good = "v1." + std::string(43, 'a');
  write(good, fs::perms::owner_read | fs::perms::group_read);
  EXPECT_THAT(refusal(), HasSubstr("readable by others"));
  fs::permissions(file_, fs::perms::owner_read);
  EXPECT_EQ(refusal(), "read");
  fs::permissions(file_.parent_path(), fs::perms::all);
  EXPECT_THAT(refusal(), HasSubstr("writable by others"));
}

TEST_F(LocalBearer, IsNotMadeWhereOthersCanReplaceIt) {
  fs::create_directories(file_.parent_path());
  fs::permissions(file_.parent_path(), fs::perms::all);
  EXPECT_THAT(refusal(), HasSubstr("writable by others"));
  EXPECT_FALSE(fs::exists(file_));
}

web::Request request_with(const std::string& bearer) {
  web::Request request;
  request.peer = web::Peer::network;
  if (!bearer.empty()) request.headers = {{"Authorization", "Bearer " + bearer}};
  return request;
}

TEST(NoAuthentication, KnowsNobodyWhoShowsWhatNobodyCompared) {
  const NoAuthentication open({}, {}, true);
  EXPECT_FALSE(open.authenticate(request_with("x"))->authenticated);
  EXPECT_FALSE(open.authenticate(request_with(""))->authenticated);
}

TEST(NoAuthentication, KnowsWhoShowsTheBearer) {
  const NoAuthentication closed("secret", "file", false);
  EXPECT_TRUE(closed.authenticate(request_with("secret"))->authenticated);
  EXPECT_FALSE(closed.authenticate(request_with(""))->authenticated);
  EXPECT_FALSE(closed.authenticate(request_with("secre1")));
}

}  // namespace
}  // namespace dockerhub::server
