// Rows of cells on their way out, in one of several forms. One thread.
#pragma once

#include <string>
#include <vector>

namespace dockerhub::cli {

class RowWriter {
 public:
  RowWriter() = default;
  RowWriter(const RowWriter&) = delete;
  RowWriter& operator=(const RowWriter&) = delete;
  virtual ~RowWriter() = default;

  // False when the reader is gone.
  virtual bool add(std::vector<std::string> cells) = 0;
  // Writes what still waits. More may follow.
  virtual bool finish() = 0;
};

}  // namespace dockerhub::cli
