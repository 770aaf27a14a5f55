#include "http/address.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include "../temporary_folder.hpp"

namespace dockerhub::web {
namespace {

TEST(Address, IsReadInItsForms) {
  const auto plain = read_address("127.0.0.1:8000");
  ASSERT_TRUE(plain);
  EXPECT_EQ(plain->host, "127.0.0.1");
  EXPECT_EQ(plain->port, 8000);
  EXPECT_EQ(read_address("[::1]:80")->host, "::1");
  EXPECT_EQ(read_address("unix:/run/a:b.sock")->socket, "/run/a:b.sock");
}

TEST(Address, WrongFormsAreRefused) {
  for (const char* text :
       {"", "127.0.0.1", "127.0.0.1:", "127.0.0.1:x", "a:65536", "a:-1", ":80", "unix:", "a:80 "}) {
    EXPECT_FALSE(read_address(text)) << text;
  }
}

TEST(Address, LoopbackIsThisMachineAlone) {
  for (const char* text : {"127.0.0.1:1", "127.9.9.9:1", "[::1]:1", "localhost:1", "unix:/x"}) {
    EXPECT_TRUE(read_address(text)->is_loopback()) << text;
  }
  for (const char* text : {"0.0.0.0:1", "[::]:1", "192.0.2.1:1"}) {
    EXPECT_FALSE(read_address(text)->is_loopback()) << text;
  }
}

TEST(Listener, ASocketInTheFileSystemIsItsOwnersAlone) {
  const TemporaryFolder folder;
  const std::filesystem::path path = folder.path() / "s";
  {
    const auto listener = Listener::open(*read_address("unix:" + path.string()));
    ASSERT_TRUE(listener);
    struct stat about = {};
    ASSERT_EQ(stat(path.c_str(), &about), 0);
    EXPECT_EQ(about.st_mode & (S_IRWXU | S_IRWXG | S_IRWXO), S_IRUSR | S_IWUSR);
    EXPECT_FALSE(Listener::open(*read_address("unix:" + path.string()))) << "taken twice";
  }
  EXPECT_FALSE(std::filesystem::exists(path));
}

TEST(Listener, AFileThatIsNoSocketStays) {
  const TemporaryFolder folder;
  const std::filesystem::path path = folder.write("precious", "text");
  EXPECT_FALSE(Listener::open(*read_address("unix:" + path.string())));
  EXPECT_TRUE(std::filesystem::exists(path));
}

TEST(Listener, TellsThePortThatTheSystemChose) {
  const auto listener = Listener::open(*read_address("127.0.0.1:0"));
  ASSERT_TRUE(listener);
  EXPECT_NE(listener->port(), 0);
  EXPECT_EQ(listener->name(), "http://127.0.0.1:" + std::to_string(listener->port()));
  EXPECT_FALSE(Listener::open(*read_address("127.0.0.1:" + std::to_string(listener->port()))));
}

}  // namespace
}  // namespace dockerhub::web
