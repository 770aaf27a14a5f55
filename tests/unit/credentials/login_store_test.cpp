#include "credentials/login_store.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <fstream>
#include <iterator>
#include <thread>

#include "fakes.hpp"
#include "settings.hpp"

namespace dockerhub {
namespace {

using testing::HasSubstr;

// Keeps one login in a file beside it, as helpers for tests do.
constexpr const char* kKeeper = R"(#!/bin/sh
kept="$(dirname "$0")/kept"
case "$1" in
  store) cat > "$kept" ;;
  get) cat > /dev/null; cat "$kept" 2>/dev/null || { echo "credentials not found in native keychain"; exit 1; } ;;
  erase) cat > /dev/null; rm -f "$kept" ;;
esac
)";

class LoginShelves : public testing::Test {
 protected:
  LoginShelves() {
    std::filesystem::permissions(home_, std::filesystem::perms::owner_all);
    folder_.write("bin/docker-credential-keeper", kKeeper, 0700);
  }

  LoginStore store(const std::map<std::string, std::string>& more = {}) const {
    std::map<std::string, std::string> variables = {
        {"HOME", home_.string()}, {"PATH", (home_ / "bin").string() + ":/usr/bin:/bin"}};
    variables.insert(more.begin(), more.end());
    return LoginStore(settings_.load(variables));
  }
  static std::string text_of(const std::filesystem::path& file) {
    std::ifstream stream(file);
    return {std::istreambuf_iterator<char>(stream), {}};
  }
  static unsigned mode_of(const std::filesystem::path& file) {
    struct stat status = {};
    return ::stat(file.c_str(), &status) == 0 ? status.st_mode & 0777U : 0U;
  }
  static std::string read(const LoginStore& store, const LoginShelf& shelf) {
    const auto login = store.read(shelf, {});
    if (!login) return login.error().message;
    return *login ? (*login)->user + " " + value_of((*login)->password) : "nobody";
  }

  Settings settings_;
  const TemporaryFolder& folder_ = settings_.folder();
  std::filesystem::path home_ = folder_.path();
  LoginTarget target_{url("https://r.example").origin, {}};
};

TEST_F(LoginShelves, KeepsInAFileOfItsOwnWhereDockerHasNone) {
  const LoginStore store = this->store();
  const auto shelf = store.shelf_for(target_, "r.example", std::nullopt);
  ASSERT_TRUE(shelf) << shelf.error().message;
  EXPECT_EQ(shelf->kind, LoginShelf::Kind::own);
  EXPECT_EQ(read(store, *shelf), "nobody");
  ASSERT_TRUE(store.save(*shelf, "ann", "s3cret", {}));
  EXPECT_EQ(read(store, *shelf), "ann s3cret");
  const auto file = home_ / ".config" / "dockerhub" / "logins.json";
  EXPECT_EQ(mode_of(file), 0600U);
  EXPECT_EQ(mode_of(file.parent_path()), 0700U);
  EXPECT_EQ(store.own_users().value().at("r.example"), "ann");
  ASSERT_TRUE(store.erase(*shelf, {}));
  EXPECT_EQ(read(store, *shelf), "nobody");
}

TEST_F(LoginShelves, KeepsWhereDockerDoes) {
  const auto file = folder_.write(".docker/config.json", "{\"psFormat\":\"table\"}", 0644);
  const LoginStore store = this->store();
  const auto shelf = store.shelf_for(target_, "r.example", std::nullopt);
  ASSERT_TRUE(shelf) << shelf.error().message;
  EXPECT_EQ(shelf->kind, LoginShelf::Kind::config_json);
  ASSERT_TRUE(store.save(*shelf, "ann", "s3cret", {}));
  EXPECT_EQ(read(store, *shelf), "ann s3cret");
  EXPECT_EQ(mode_of(file), 0600U) << "it holds a secret now";
  EXPECT_THAT(text_of(file), HasSubstr("psFormat"));
  EXPECT_EQ(store.shelf_for(target_, "r.example", LoginShelf::Kind::own)->kind,
            LoginShelf::Kind::own);
}

TEST_F(LoginShelves, NamesTheFileThatItIsIn) {
  folder_.write("first/config.json", "{}");
  folder_.write("second/config.json", "{}");
  const auto in = [this](const char* folder) {
    return store({{"DOCKER_CONFIG", (home_ / folder).string()}});
  };
  const auto shelf = in("first").shelf_for(target_, "r.example", std::nullopt);
  ASSERT_TRUE(shelf) << shelf.error().message;
  ASSERT_TRUE(in("first").save(*shelf, "ann", "s3cret", {}));
  EXPECT_EQ(read(in("second"), *shelf), "ann s3cret");
  EXPECT_EQ(in("second").name_of(*shelf), (home_ / "first" / "config.json").string());
  EXPECT_NE(*in("second").shelf_for(target_, "r.example", std::nullopt), *shelf);
  ASSERT_TRUE(in("second").erase(*shelf, {}));
  EXPECT_EQ(read(in("first"), *shelf), "nobody");
}

TEST_F(LoginShelves, LeavesALinkToAFileALink) {
  const auto real = folder_.write("real/config.json", "{}");
  std::filesystem::create_directories(home_ / ".docker");
  std::filesystem::create_symlink(real, home_ / ".docker" / "config.json");
  const LoginStore store = this->store();
  const auto shelf = store.shelf_for(target_, "r.example", std::nullopt);
  ASSERT_TRUE(shelf) << shelf.error().message;
  ASSERT_TRUE(store.save(*shelf, "ann", "s3cret", {}));
  EXPECT_TRUE(std::filesystem::is_symlink(home_ / ".docker" / "config.json"));
  EXPECT_THAT(text_of(real), HasSubstr("r.example"));
}

TEST_F(LoginShelves, RunsNoHelperOutsideOfItsFolders) {
  folder_.write(".docker/config.json", R"({"credsStore":"../bin/docker-credential-keeper"})");
  const LoginStore store = this->store();
  const auto shelf = store.shelf_for(target_, "r.example", std::nullopt);
  ASSERT_TRUE(shelf) << shelf.error().message;
  for (const auto& done : {store.save(*shelf, "ann", "s3cret", {}), store.erase(*shelf, {})}) {
    ASSERT_FALSE(done);
    EXPECT_EQ(done.error().kind, ErrorKind::configuration);
    EXPECT_THAT(done.error().hint, HasSubstr("credsStore"));
  }
  EXPECT_FALSE(std::filesystem::exists(home_ / "bin" / "kept"));
}

TEST_F(LoginShelves, LosesNothingOfTwoThatWriteAtOnce) {
  constexpr int kEach = 20;
  const auto fill = [this](const std::string& host) {
    const LoginStore store = this->store();
    for (int i = 0; i < kEach; ++i) {
      const LoginShelf shelf{LoginShelf::Kind::own, {}, host + std::to_string(i) + ".example"};
      EXPECT_TRUE(store.save(shelf, "ann", "s3cret", {}));
    }
  };
  std::thread one(fill, "one");
  std::thread two(fill, "two");
  one.join();
  two.join();
  EXPECT_EQ(store().own_users().value().size(), 2U * kEach);
}

TEST_F(LoginShelves, KeepsWithTheHelperThatDockerUses) {
  folder_.write(".docker/config.json", R"({"credHelpers":{"r.example":"keeper"}})");
  const LoginStore store = this->store();
  const auto shelf = store.shelf_for(target_, "r.example", std::nullopt);
  ASSERT_TRUE(shelf) << shelf.error().message;
  EXPECT_EQ(shelf->helper, "keeper");
  EXPECT_EQ(read(store, *shelf), "nobody");
  ASSERT_TRUE(store.save(*shelf, "ann", "s3\"cret", {}));
  EXPECT_EQ(text_of(home_ / "bin" / "kept"),
            R"({"ServerURL":"r.example","Username":"ann","Secret":"s3\"cret"})");
  EXPECT_EQ(read(store, *shelf), "ann s3\"cret");
  ASSERT_TRUE(store.erase(*shelf, {}));
  EXPECT_EQ(read(store, *shelf), "nobody");
  EXPECT_FALSE(std::filesystem::exists(home_ / ".config" / "dockerhub" / "logins.json"));
}

TEST_F(LoginShelves, SaysThatAHelperFailed) {
  folder_.write("bin/docker-credential-keeper", "#!/bin/sh\necho CANARY; exit 3\n", 0700);
  const auto failed =
      store().save({LoginShelf::Kind::helper, "keeper", "r.example"}, "ann", "s3cret", {});
  ASSERT_FALSE(failed);
  EXPECT_THAT(failed.error().message, HasSubstr("docker-credential-keeper"));
  EXPECT_THAT(failed.error().message, testing::Not(HasSubstr("CANARY")));
}

TEST_F(LoginShelves, LeavesAFileOfANewerFormatAlone) {
  const std::string newer = "{\"version\":2,\"auths\":{}}\n";
  std::filesystem::create_directories(home_ / ".config" / "dockerhub");
  const auto file = folder_.write(".config/dockerhub/logins.json", newer);
  const auto refused = store().save({LoginShelf::Kind::own, {}, "r.example"}, "ann", "s3cret", {});
  ASSERT_FALSE(refused);
  EXPECT_THAT(refused.error().message, HasSubstr("newer version"));
  EXPECT_EQ(text_of(file), newer);
}

TEST_F(LoginShelves, TakesNoFileThatOthersCanRead) {
  folder_.write(".config/dockerhub/logins.json", "{\"version\":1,\"auths\":{}}\n", 0644);
  const auto refused = store().read({LoginShelf::Kind::own, {}, "r.example"}, {});
  ASSERT_FALSE(refused);
  EXPECT_THAT(refused.error().hint, HasSubstr("chmod 600"));
}

TEST_F(LoginShelves, MayHaveAFolderOfItsOwn) {
  const auto folder = home_ / "elsewhere";
  const LoginStore store = this->store({{"DOCKERHUB_CREDENTIALS_DIR", folder.string()}});
  ASSERT_TRUE(store.save({LoginShelf::Kind::own, {}, "r.example"}, "ann", "s3cret", {}));
  EXPECT_EQ(mode_of(folder / "logins.json"), 0600U);
}

TEST_F(LoginShelves, NeedsAPlaceForAFileOfItsOwn) {
  const LoginStore nowhere(settings_.load({}));
  const LoginShelf shelf{LoginShelf::Kind::own, {}, "r.example"};
  for (const auto& done : {nowhere.save(shelf, "ann", "s3cret", {}), nowhere.erase(shelf, {})}) {
    ASSERT_FALSE(done);
    EXPECT_EQ(done.error().kind, ErrorKind::configuration);
    EXPECT_THAT(done.error().message, HasSubstr("no place for a log-in"));
  }
  EXPECT_EQ(read(nowhere, shelf), "nobody");
}

TEST_F(LoginShelves, PutsNothingIntoAFileOfDockersThatOthersMayWrite) {
  const auto file = folder_.write(".docker/config.json", "{}", 0666);
  const auto refused = store().shelf_for(target_, "r.example", std::nullopt);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, ErrorKind::configuration);
  EXPECT_THAT(refused.error().message, HasSubstr("may write it"));
  EXPECT_FALSE(store().save({LoginShelf::Kind::config_json, {}, "r.example"}, "ann", "s3cret", {}));
  EXPECT_EQ(text_of(file), "{}");
}

TEST_F(LoginShelves, SaysThatAHelperDidNotErase) {
  folder_.write("bin/docker-credential-keeper", "#!/bin/sh\necho CANARY; exit 3\n", 0700);
  const auto failed = store().erase({LoginShelf::Kind::helper, "keeper", "r.example"}, {});
  ASSERT_FALSE(failed);
  EXPECT_THAT(failed.error().message, HasSubstr("did not erase it: exit code 3"));
  EXPECT_THAT(failed.error().message, testing::Not(HasSubstr("CANARY")));
}

TEST(DockerServerName, IsAsDockerHasIt) {
  EXPECT_EQ(docker_server_name(url("https://registry-1.docker.io").origin),
            "https://index.docker.io/v1/");
  EXPECT_EQ(docker_server_name(url("https://r.example").origin), "r.example");
  EXPECT_EQ(docker_server_name(url("http://127.0.0.1:5000").origin), "127.0.0.1:5000");
}

}  // namespace
}  // namespace dockerhub
