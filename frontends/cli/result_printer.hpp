// The result of a call on standard output, in the form that was asked for: rows, key and value lines or text for
// people and pipes; rows as CSV or as a line of JSON each; the envelope as JSON, its data as JSON or YAML, some
// members of it, or what an expression of jq or a template makes of it. Items may come one by one before the end. On a
// terminal a table shows times and sizes as people read them, and its rows fit the line where they can. One thread.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "global_options.hpp"
#include "json.hpp"
#include "messages.hpp"
#include "output_stream.hpp"
#include "row_view.hpp"
#include "row_writer.hpp"

namespace dockerhub::cli {

class ResultPrinter {
 public:
  // `answer` says columns and key of the items, and has to live as long as the printer.
  ResultPrinter(const Answer& answer, OutputFormat format, OutputStream& out, Messages& messages,
                RowView view = {});

  // Rows tell of work that is done: none waits for others, which a signal would take away. Before the first item.
  void show_at_once() { shows_at_once_ = true; }

  // Items are wanted one by one; otherwise they belong into the envelope.
  bool streams() const { return is_table() || is_rows(); }

  // One item (JSON). False when nobody reads any more.
  bool item(std::string_view text);

  // Rows that still wait, for widths or their order, go out. More may follow.
  void flush();

  // The end of a call without an error.
  void finish(const CallResult& result);

  // The same of a dry run: a plan's lists of objects are tables of their own.
  void finish_plan(const CallResult& result);

  // Data alone, of a command of this program.
  void print(const json::Value& data);

  // What --jq or --template could not do with an answer; the first time ends the output.
  const std::optional<Error>& problem() const { return problem_; }

 private:
  bool is_table() const { return format_ == OutputFormat::table || format_ == OutputFormat::wide; }
  bool is_rows() const { return format_ == OutputFormat::csv || format_ == OutputFormat::ndjson; }
  const json::Value* items_of(const json::Value& data) const;
  void print_members(const json::Value& data);
  void hold(const json::Value& row);
  void print_held();
  void begin_table(const json::Value& row);
  void tell_missing_columns(const json::Value& row);
  void print_data(const json::Value& data);
  void print_yaml(const json::Value& data);
  void print_in_rows(const json::Value& envelope, const CallResult& result);
  void print_value(const json::Value& value);
  void print_rows(const json::Value& rows);
  void print_json(std::string_view text);
  void print_by_program(std::string_view text);
  bool print_made(std::string_view value, bool is_text);
  void print_indented(std::string_view text);
  void print_text(std::string_view text, bool raw);
  void print_contents(const std::vector<Content>& contents, bool texts);
  std::unique_ptr<RowWriter> writer(std::vector<std::string> header) const;
  std::string cell(std::string_view column, const json::Value* value) const;
  const json::Value* essence_of(const json::Value& object) const;
  void print_object(const json::Value& object);
  void print_table(const json::Value& rows);
  void add_row(const json::Value& row);
  void nothing_found();
  void tell(const json::Value& envelope);

  const Answer& answer_;
  OutputFormat format_;
  OutputStream& out_;
  Messages& messages_;
  std::unique_ptr<RowWriter> table_;  // from the first row on
  std::vector<std::string> columns_;
  RowView view_;
  std::optional<Error> problem_;
  std::vector<json::Document> held_;  // as long as they have to be sorted
  bool shows_at_once_ = false;
  bool columns_are_checked_ = false;
  bool has_streamed_ = false;  // items went out one by one
  bool is_plan_ = false;
  // No cell is cut: what this program says of itself, and what somebody is going to agree to.
  bool is_whole_ = false;
};

}  // namespace dockerhub::cli
