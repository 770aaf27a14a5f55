#include "record_table.hpp"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <cstdlib>
#include <stdexcept>

#include "screen.hpp"
#include "text_width.hpp"

namespace dockerhub::cli {
namespace {

class Pipe {
 public:
  Pipe() {
    if (::pipe(ends_.data()) != 0) throw std::runtime_error("pipe");
  }
  ~Pipe() {
    for (const int end : ends_) ::close(end);
  }
  Pipe(const Pipe&) = delete;
  Pipe& operator=(const Pipe&) = delete;

  int writer() const { return ends_[1]; }
  std::string text() const { return read_from(ends_[0]); }

  static std::string read_from(int descriptor) {
    std::array<char, 65536> buffer{};
    const ssize_t count = ::read(descriptor, buffer.data(), buffer.size());
    return {buffer.data(), count > 0 ? static_cast<std::size_t>(count) : 0};
  }

 private:
  std::array<int, 2> ends_{};
};

// The two ends of a terminal.
class Pty {
 public:
  Pty() : master_(::posix_openpt(O_RDWR | O_NOCTTY)) {
    if (master_ < 0 || ::grantpt(master_) != 0 || ::unlockpt(master_) != 0) {
      throw std::runtime_error("no terminal");
    }
    slave_ = ::open(::ptsname(master_), O_RDWR | O_NOCTTY);
  }
  ~Pty() {
    ::close(slave_);
    ::close(master_);
  }
  Pty(const Pty&) = delete;
  Pty& operator=(const Pty&) = delete;

  int slave() const { return slave_; }
  // What was written until now, without the carriage returns that a terminal adds. The system hands it over in
  // pieces, so a mark is written behind it and read up to.
  std::string text() const {
    constexpr char kMark = '\x02';
    if (::write(slave_, &kMark, 1) != 1) throw std::runtime_error("the terminal takes nothing");
    std::string shown;
    while (shown.empty() || shown.back() != kMark) {
      const std::string piece = Pipe::read_from(master_);
      if (piece.empty()) throw std::runtime_error("the terminal ended");
      shown += piece;
    }
    shown.pop_back();
    std::erase(shown, '\r');
    return shown;
  }

 private:
  int master_;
  int slave_ = -1;
};

TEST(RecordTableTest, APipeGetsTabsWithoutHeaderRowByRow) {
  const Interruption interruption;
  const Pipe pipe;
  OutputStream out(pipe.writer(), interruption);
  RecordTable table(out, {"name", "number"});
  table.add({"a", "1"});
  EXPECT_EQ(pipe.text(), "a\t1\n");
  table.add({"long name", ""});
  EXPECT_EQ(pipe.text(), "long name\t\n");
}

TEST(RecordTableTest, ARowStaysOneLineAndItsControlsAreVisible) {
  const Interruption interruption;
  const Pipe pipe;
  OutputStream out(pipe.writer(), interruption);
  RecordTable table(out, {});
  table.add({"a\tb\nc\rd", "\x1b[31m"});
  EXPECT_EQ(pipe.text(), "a\\tb\\nc\\rd\t\\u001b[31m\n");
}

TEST(RecordTableTest, ATerminalGetsAlignedColumnsUnderAHeader) {
  const Interruption interruption;
  const Pty terminal;
  OutputStream out(terminal.slave(), interruption);
  RecordTable table(out, {"name", "number_of"});
  table.add({"a", "1"});
  table.add({"日本語", "22"});
  table.finish();
  EXPECT_EQ(terminal.text(), "NAME    NUMBER OF\na       1\n日本語  22\n");
}

TEST(RecordTableTest, ColoursDoNotMoveTheColumns) {
  const Interruption interruption;
  const Pty terminal;
  OutputStream out(terminal.slave(), interruption);
  out.use_colour(true);
  RecordTable table(out, {"name", "n"});
  table.add({"a", "1"});
  table.finish();
  EXPECT_EQ(terminal.text(), "\x1b[1mNAME\x1b[0m  \x1b[1mN\x1b[0m\n\x1b[36ma\x1b[0m     1\n");
}

TEST(RecordTableTest, RowsAreCutToTheLineThatIsWanted) {
  const Interruption interruption;
  const Pty terminal;
  OutputStream out(terminal.slave(), interruption);
  RecordTable table(out, {"name", "description"}, 20);
  table.add({"app", "one two three four five"});
  table.finish();
  // Later rows, too.
  table.add({"other", "six seven eight nine ten"});
  const std::string end(ellipsis());
  const std::string first = cut_to_width("one two three four five", 14);
  const std::string second = cut_to_width("six seven eight nine ten", 14);
  EXPECT_EQ(terminal.text(), "NAME  DESCRIPTION\napp   " + first + "\nother  " + second + "\n");
  EXPECT_EQ(first.substr(first.size() - end.size()), end);
}

TEST(RecordTableTest, ATerminalSeesTheFirstHundredRowsTogetherAndThenEach) {
  const Interruption interruption;
  const Pty terminal;
  OutputStream out(terminal.slave(), interruption);
  RecordTable table(out, {"n"});
  for (std::size_t i = 0; i < RecordTable::kRowsForWidths; ++i) table.add({"x"});
  EXPECT_EQ(terminal.text().size(), 2 * (RecordTable::kRowsForWidths + 1));
  table.add({"later"});
  EXPECT_EQ(terminal.text(), "later\n");
}

TEST(RecordTableTest, ATerminalSeesEachRowAtOnceWhereOneIsEnoughForTheWidths) {
  const Interruption interruption;
  const Pty terminal;
  OutputStream out(terminal.slave(), interruption);
  RecordTable table(out, {"name", "n"}, 0, 1);
  table.add({"abcdef", "1"});
  EXPECT_EQ(terminal.text(), "NAME    N\nabcdef  1\n");
  table.add({"g", "2"});
  EXPECT_EQ(terminal.text(), "g       2\n");
}

TEST(RecordTableTest, AReaderThatWentAwayEndsTheRows) {
  std::array<int, 2> ends{};
  ASSERT_EQ(::pipe(ends.data()), 0);
  ::close(ends[0]);
  ::signal(SIGPIPE, SIG_IGN);
  const Interruption interruption;
  OutputStream out(ends[1], interruption);
  RecordTable table(out, {});
  EXPECT_FALSE(table.add({"a"}));
  EXPECT_EQ(out.state(), OutputStream::State::reader_gone);
  ::close(ends[1]);
}

}  // namespace
}  // namespace dockerhub::cli
