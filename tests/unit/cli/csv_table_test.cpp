#include "csv_table.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <array>
#include <string>
#include <utility>
#include <vector>

namespace dockerhub::cli {
namespace {

// What a table with this header writes.
std::string csv_of(std::vector<std::string> header, std::vector<std::vector<std::string>> rows) {
  std::array<int, 2> ends{};
  if (::pipe(ends.data()) != 0) return "no pipe";
  const Interruption interruption;
  OutputStream out(ends[1], interruption);
  CsvTable table(out, std::move(header));
  for (std::vector<std::string>& row : rows) table.add(std::move(row));
  ::close(ends[1]);
  std::array<char, 4096> text{};
  const ssize_t count = ::read(ends[0], text.data(), text.size());
  ::close(ends[0]);
  return {text.data(), count > 0 ? static_cast<std::size_t>(count) : 0};
}

TEST(CsvTableTest, AHeaderIsAStrangersTextAsACellIs) {
  EXPECT_EQ(csv_of({"a\x1b[31m", "=1+1", "b,c"}, {}), "a\\u001b[31m,'=1+1,\"b,c\"\r\n");
}

TEST(CsvTableTest, AnEmptyCellAloneIsARow) {
  EXPECT_EQ(csv_of({"a"}, {{""}, {"x"}}), "a\r\n\"\"\r\nx\r\n");
  EXPECT_EQ(csv_of({"a", "b"}, {{"", ""}}), "a,b\r\n,\r\n");
}

}  // namespace
}  // namespace dockerhub::cli
