#include "line_writer.hpp"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <pty.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <termios.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <cstdlib>
#include <stdexcept>
#include <string>
#include <thread>

namespace dockerhub::mcp {
namespace {

struct Ends {
  Descriptor reader, writer;
};

Ends pipe_ends() {
  std::array<int, 2> ends = {};
  if (pipe2(ends.data(), O_CLOEXEC) != 0) throw std::runtime_error("no pipe");
  return {Descriptor(ends[0]), Descriptor(ends[1])};
}

Ends socket_ends() {
  std::array<int, 2> ends = {};
  if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0)
    throw std::runtime_error("no sockets");
  return {Descriptor(ends[0]), Descriptor(ends[1])};
}

// One that changes nothing of what is written.
Ends terminal_ends() {
  termios mode = {};
  cfmakeraw(&mode);
  int master = -1, slave = -1;
  if (openpty(&master, &slave, nullptr, &mode, nullptr) != 0)
    throw std::runtime_error("no terminal");
  return {Descriptor(master), Descriptor(slave)};
}

class LineWriterTo : public testing::TestWithParam<Ends (*)()> {
 protected:
  LineWriterTo()
      : ends_(GetParam()()),
        shared_(dup(ends_.writer.get())),
        writer_(std::move(ends_.writer), interruption_.get()) {
    ::signal(SIGPIPE, SIG_IGN);
  }

  LineWriter& writer() { return writer_; }
  // Somebody else's, of the same file.
  int shared() const { return shared_.get(); }
  void interrupt() { eventfd_write(interruption_.get(), 1); }
  void leave() { ends_.reader = Descriptor(); }

  std::string read_bytes(std::size_t size) {
    std::string all;
    std::array<char, 1000> piece = {};
    while (all.size() < size) {
      const ssize_t got = read(ends_.reader.get(), piece.data(), piece.size());
      if (got <= 0) break;
      all.append(piece.data(), static_cast<std::size_t>(got));
    }
    return all;
  }

 private:
  Descriptor interruption_{eventfd(0, EFD_CLOEXEC)};
  Ends ends_;
  Descriptor shared_;
  LineWriter writer_;
};

TEST_P(LineWriterTo, ASlowReaderGetsWholeLinesOneAfterTheOther) {
  const std::string one(300'000, '1'), two(300'000, '2');
  std::jthread first([&] { writer().send(one); });
  std::jthread second([&] { writer().send(two); });
  const std::string all = read_bytes(one.size() + two.size() + 2);
  EXPECT_TRUE(all == one + "\n" + two + "\n" || all == two + "\n" + one + "\n");
}

TEST_P(LineWriterTo, AMessageIsOneLine) {
  writer().send("{\n\r\"a\":\n1}");
  EXPECT_EQ(read_bytes(11), "{  \"a\": 1}\n");
}

TEST_P(LineWriterTo, TheModeOfWhatOthersHaveStaysAsItIs) {
  writer().send("{}");
  EXPECT_EQ(fcntl(shared(), F_GETFL) & O_NONBLOCK, 0);
}

// What does not wait for a terminal that stands still is up to the terminal.
class LineWriterToPrograms : public LineWriterTo {};

TEST_P(LineWriterToPrograms, IsLetGoByCloseWhereNobodyReads) {
  std::jthread sending([&] { writer().send(std::string(3'000'000, 'x')); });
  EXPECT_FALSE(read_bytes(1).empty());
  writer().close();
}

TEST_P(LineWriterToPrograms, IsLetGoByAnInterruptionWhereNobodyReads) {
  std::jthread sending([&] { writer().send(std::string(3'000'000, 'x')); });
  EXPECT_FALSE(read_bytes(1).empty());
  interrupt();
}

TEST_P(LineWriterTo, AReaderThatWentAwayEndsTheMessages) {
  leave();
  writer().send("{}");
  writer().send(std::string(3'000'000, 'x'));
}

// `1<>pipe` in a shell: nobody else may have it open yet.
TEST(LineWriterToAPipeThatItReads, KeepsItForWhoComesLater) {
  char folder[] = "/tmp/line_writer_XXXXXX";
  ASSERT_NE(mkdtemp(folder), nullptr);
  const std::string name = std::string(folder) + "/pipe";
  ASSERT_EQ(mkfifo(name.c_str(), S_IRUSR | S_IWUSR), 0);
  LineWriter writer(Descriptor(open(name.c_str(), O_RDWR | O_CLOEXEC)), -1);
  writer.send("{}");
  const Descriptor reader(open(name.c_str(), O_RDONLY | O_CLOEXEC));
  std::array<char, 10> bytes = {};
  EXPECT_EQ(read(reader.get(), bytes.data(), bytes.size()), 3);
  ::unlink(name.c_str());
  ::rmdir(folder);
}

TEST(LineWriterToAFile, ContinuesWhereTheFileIs) {
  char name[] = "/tmp/line_writer_XXXXXX";
  const Descriptor file(mkstemp(name));
  ::unlink(name);
  ASSERT_EQ(write(file.get(), "before\n", 7), 7);
  LineWriter writer(Descriptor(dup(file.get())), -1);
  writer.send(std::string(10'000, 'x'));
  std::string all(20'000, '\0');
  const ssize_t got = pread(file.get(), all.data(), all.size(), 0);
  ASSERT_GT(got, 0);
  EXPECT_EQ(all.substr(0, static_cast<std::size_t>(got)),
            "before\n" + std::string(10'000, 'x') + "\n");
}

INSTANTIATE_TEST_SUITE_P(Each, LineWriterToPrograms, testing::Values(pipe_ends, socket_ends));
INSTANTIATE_TEST_SUITE_P(Each, LineWriterTo,
                         testing::Values(pipe_ends, socket_ends, terminal_ends));

}  // namespace
}  // namespace dockerhub::mcp
