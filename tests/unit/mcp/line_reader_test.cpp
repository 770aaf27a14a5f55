#include "line_reader.hpp"

#include <gtest/gtest.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <array>
#include <optional>
#include <string>

namespace dockerhub::mcp {
namespace {

class LineReaderTest : public testing::Test {
 protected:
  LineReaderTest() {
    std::array<int, 2> ends = {};
    EXPECT_EQ(pipe(ends.data()), 0);
    input_ = Descriptor(ends[1]);
    reader_.emplace(Descriptor(ends[0]), interruption_.get());
  }

  void give(std::string_view bytes) {
    ASSERT_EQ(write(input_.get(), bytes.data(), bytes.size()), static_cast<ssize_t>(bytes.size()));
  }
  void end_input() { input_ = Descriptor(); }
  void interrupt() { eventfd_write(interruption_.get(), 1); }
  LineReader::Got next() { return reader_->next(line_); }
  const std::string& line() const { return line_; }

 private:
  Descriptor interruption_{eventfd(0, EFD_CLOEXEC)};
  Descriptor input_;
  std::optional<LineReader> reader_;
  std::string line_;
};

TEST_F(LineReaderTest, GivesLinesWhateverTheyArriveIn) {
  give("one\ntw");
  EXPECT_EQ(next(), LineReader::Got::line);
  EXPECT_EQ(line(), "one");
  give("o\n\n \t\r\nthree");
  EXPECT_EQ(next(), LineReader::Got::line);
  EXPECT_EQ(line(), "two");
  end_input();
  EXPECT_EQ(next(), LineReader::Got::line);
  EXPECT_EQ(line(), "three");
  EXPECT_EQ(next(), LineReader::Got::end);
}

TEST_F(LineReaderTest, AnInterruptionComesBeforeWhatWasNotReadYet) {
  give("one\n");
  EXPECT_EQ(next(), LineReader::Got::line);
  give("two\n");
  interrupt();
  EXPECT_EQ(next(), LineReader::Got::interrupted);
}

}  // namespace
}  // namespace dockerhub::mcp
