// Rows as comma-separated values (RFC 4180, UTF-8, with a header), each at once. One thread.
#pragma once

#include "output_stream.hpp"
#include "row_writer.hpp"

namespace dockerhub::cli {

class CsvTable : public RowWriter {
 public:
  CsvTable(OutputStream& out, std::vector<std::string> header);

  bool add(std::vector<std::string> cells) override;
  bool finish() override { return true; }

 private:
  OutputStream& out_;
};

// A text of a stranger as a cell: spreadsheets run what begins with = + - @, so a ' goes before it.
std::string csv_text(std::string_view text);

}  // namespace dockerhub::cli
