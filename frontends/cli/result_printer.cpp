#include "result_printer.hpp"

#include "content_json.hpp"
#include "csv_table.hpp"
#include "dockerhub/yaml.hpp"
#include "people_text.hpp"
#include "record_table.hpp"

namespace dockerhub::cli {

namespace {

std::vector<std::string> keys_of(const json::Value& row) {
  std::vector<std::string> keys;
  for (const auto& member : row.GetObject()) keys.emplace_back(json::view(member.name));
  return keys;
}

std::string_view kind_name(Content::Kind kind) {
  switch (kind) {
    case Content::Kind::text:
      return "text";
    case Content::Kind::image:
      return "image";
    case Content::Kind::audio:
      return "audio";
    case Content::Kind::resource:
      return "resource";
    case Content::Kind::link:
      return "link";
  }
  return "content";
}

// Exports and files: their bytes are what a pipe is for.
bool is_raw(const Answer& answer) {
  return answer.verbatim || answer.kind == "text" || answer.kind == "bytes";
}

std::string description(const Content& part) {
  std::string text = "[" + std::string(kind_name(part.kind));
  for (const std::string& word : {part.name, part.media_type, part.uri}) {
    if (!word.empty()) text += " " + word;
  }
  if (!part.data.empty()) text += ", " + std::to_string(part.data.size()) + " bytes";
  return text + "; -o json has all of it]";
}

Error problem_of(const AnswerProgram& program, const std::string& problem) {
  Error error;
  error.message = std::string(program.option()) + ": " + visible(problem);
  error.hint = "The call itself was made. Look at its answer with -o data.";
  return error;
}

Seconds seconds_now() {
  return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
}

}  // namespace

ResultPrinter::ResultPrinter(const Answer& answer, OutputFormat format, OutputStream& out,
                             Messages& messages, RowView view)
    : answer_(answer), format_(format), out_(out), messages_(messages), view_(std::move(view)) {}

bool ResultPrinter::item(std::string_view text) {
  const auto row = json::parse(text);
  if (!row) return true;
  if (out_.terminal()) messages_.clear_progress();
  has_streamed_ = true;
  if (view_.sort.empty()) {
    add_row(*row);
  } else {
    hold(*row);
  }
  return out_.state() == OutputStream::State::open && !problem_;
}

void ResultPrinter::flush() {
  print_held();
  if (table_) table_->finish();
}

void ResultPrinter::finish(const CallResult& result) {
  messages_.clear_progress();
  const auto envelope = json::parse(result.envelope);
  if (!envelope) return;
  print_held();
  if (table_) table_->finish();
  tell(*envelope);
  if (format_ == OutputFormat::json) {
    return print_json(with_content(result.envelope, result.contents));
  }
  // The bytes are the contract: whoever hashes them gets what the server sent.
  const bool is_as_it_came = format_ == OutputFormat::data && view_.program == nullptr;
  if (is_as_it_came && !result.verbatim.empty() && !out_.terminal()) {
    out_.write(result.verbatim);
    return;
  }
  const json::Value* data = json::find(*envelope, "data");
  const bool no_data = data == nullptr || data->IsNull();
  if (streams()) {
    print_in_rows(*envelope, result);
  } else if (!no_data || result.contents.empty()) {
    const json::Value none;
    print_data(no_data ? none : *data);
  }
  print_contents(result.contents, streams() || no_data);
}

void ResultPrinter::finish_plan(const CallResult& result) {
  is_plan_ = true;
  is_whole_ = true;
  finish(result);
}

void ResultPrinter::print(const json::Value& data) {
  is_whole_ = true;
  if (format_ == OutputFormat::json) {
    print_json(R"({"status_code":200,"data":)" + json::write(data) + "}");
  } else if (!streams()) {
    print_data(data);
  } else {
    print_value(data);
    if (table_) table_->finish();
  }
}

const json::Value* ResultPrinter::items_of(const json::Value& data) const {
  if (data.IsArray()) return &data;
  const json::Value* items = json::find(data, answer_.items_key);
  return items != nullptr && items->IsArray() ? items : nullptr;
}

// Of each item, or of the one thing that the answer is.
void ResultPrinter::print_members(const json::Value& data) {
  const json::Value* items = items_of(data);
  if (items == nullptr) {
    if (!data.IsObject()) return print_json(json::write(data));
    tell_missing_columns(data);
    return print_json(json::write(projected(data, view_.columns)));
  }
  for (const auto& item : items->GetArray()) hold(item);
  sort_rows(held_, view_.sort);
  std::string list;
  for (const json::Document& item : held_) {
    tell_missing_columns(item);
    list += (list.empty() ? "" : ",") + json::write(projected(item, view_.columns));
  }
  print_json("[" + list + "]");
}

void ResultPrinter::hold(const json::Value& row) {
  json::Document copy;
  copy.CopyFrom(row, copy.GetAllocator());
  held_.push_back(std::move(copy));
}

void ResultPrinter::print_held() {
  sort_rows(held_, view_.sort);
  for (const json::Document& row : held_) {
    add_row(row);
    if (out_.state() != OutputStream::State::open || problem_) break;
  }
  held_.clear();
}

// Said once, by the first item: a misspelt column is the usual cause.
void ResultPrinter::tell_missing_columns(const json::Value& row) {
  if (columns_are_checked_ || !row.IsObject()) return;
  columns_are_checked_ = true;
  const std::vector<std::string> there = keys_of(row);
  for (const std::string& column : missing_columns(row, view_)) {
    const std::string meant = likely(column, there);
    messages_.warning("the answer has no \"" + column + "\"; " +
                      (meant.empty() ? "it has " + joined(there) : "did you mean " + meant + "?"));
  }
}

void ResultPrinter::print_data(const json::Value& data) {
  if (format_ == OutputFormat::members) return print_members(data);
  if (view_.program != nullptr) return print_json(json::write(data));
  if (data.IsString()) return print_text(json::view(data), true);
  if (format_ == OutputFormat::yaml) return print_yaml(data);
  print_json(json::write(data));
}

// An answer that is there is shown: JSON is YAML, too.
void ResultPrinter::print_yaml(const json::Value& data) {
  const std::string json = json::write(data);
  const Result<std::string> text = yaml_of_json(json);
  if (text) return print_text(*text, true);
  messages_.warning(text.error().message + "; the answer is JSON. " + text.error().hint);
  print_json(json);
}

void ResultPrinter::print_in_rows(const json::Value& envelope, const CallResult& result) {
  const json::Value* data = json::find(envelope, "data");
  const json::Value* exists = json::find(envelope, "exists");
  if (data != nullptr && !data->IsNull()) {
    // What stands beside items that went out already belongs to a reader of JSON.
    if (!has_streamed_) print_value(*data);
  } else if (exists != nullptr && exists->IsBool()) {
    json::Document object(rapidjson::kObjectType);
    object.AddMember("exists", exists->GetBool(), object.GetAllocator());
    print_object(object);
  } else if (answer_.kind == "items" && result.items == 0) {
    nothing_found();
  }
  if (table_) table_->finish();
}

void ResultPrinter::print_value(const json::Value& value) {
  if (value.IsArray()) return print_rows(value);
  if (format_ == OutputFormat::ndjson && !value.IsObject()) return add_row(value);
  if (value.IsString()) return print_text(json::view(value), is_raw(answer_) && !out_.terminal());
  if (!value.IsObject()) return print_text(json::write(value), false);
  if (const json::Value* items = items_of(value)) return print_rows(*items);
  print_object(value);
}

// The value that says it all, where the action names a single column: what a script takes with $(...). Null where
// there is none, so that a script takes nothing.
const json::Value* ResultPrinter::essence_of(const json::Value& object) const {
  const bool is_wanted = format_ == OutputFormat::table && view_.columns.empty();
  if (!is_wanted || answer_.columns.size() != 1) return nullptr;
  const json::Value* value = member_at(object, answer_.columns.front());
  return value != nullptr && (value->IsString() || value->IsNull()) ? value : nullptr;
}

// One thing: a line for each of its members, also of those that are nested, or a row of its own.
void ResultPrinter::print_object(const json::Value& object) {
  if (!is_table()) return add_row(object);
  if (const json::Value* essence = essence_of(object))
    return essence->IsNull() ? nothing_found() : print_text(json::view(*essence), false);
  tell_missing_columns(object);
  std::vector<Leaf> leaves;
  if (view_.columns.empty()) leaves = leaves_of(object);
  for (const std::string& name : view_.columns) leaves.push_back({name, member_at(object, name)});
  const bool has_tables = is_plan_ && view_.columns.empty();
  const std::vector<Leaf> tables = has_tables ? take_lists(leaves) : std::vector<Leaf>();
  RecordTable lines(out_, {});
  for (const Leaf& leaf : leaves) {
    if (!lines.add({leaf.name, cell(leaf.name, leaf.value)})) return;
  }
  lines.finish();
  for (const Leaf& table : tables) {
    if (out_.terminal()) out_.write(visible(table.name) + ":\n");
    print_table(*table.value);
  }
}

void ResultPrinter::print_table(const json::Value& rows) {
  for (const auto& row : rows.GetArray()) add_row(row);
  table_->finish();
  table_.reset();
}

std::unique_ptr<RowWriter> ResultPrinter::writer(std::vector<std::string> header) const {
  if (format_ == OutputFormat::csv) return std::make_unique<CsvTable>(out_, std::move(header));
  const bool fits = format_ == OutputFormat::table && !is_whole_;
  // Rows that are there all together can wait for each other.
  const bool is_alone = shows_at_once_ && has_streamed_ && view_.sort.empty();
  return std::make_unique<RecordTable>(out_, std::move(header), fits ? out_.columns() : 0,
                                       is_alone ? 1 : RecordTable::kRowsForWidths);
}

// Texts as they are, lists of them with commas, other values as JSON; in a table on a terminal times and sizes as
// people read them.
std::string ResultPrinter::cell(std::string_view column, const json::Value* value) const {
  if (value == nullptr || value->IsNull()) return {};
  if (format_ == OutputFormat::table && out_.terminal()) {
    if (const auto text = people_text(column, *value, seconds_now())) return *text;
  }
  const auto list = list_text(*value);
  if (!list && !value->IsString()) return json::write(*value);
  const std::string_view text = list ? std::string_view(*list) : json::view(*value);
  return format_ == OutputFormat::csv ? csv_text(text) : std::string(text);
}

void ResultPrinter::print_rows(const json::Value& rows) {
  if (rows.Empty()) nothing_found();
  if (!view_.sort.empty()) {
    for (const auto& row : rows.GetArray()) hold(row);
    return print_held();
  }
  for (const auto& row : rows.GetArray()) {
    add_row(row);
    if (out_.state() != OutputStream::State::open || problem_) return;
  }
}

void ResultPrinter::begin_table(const json::Value& row) {
  columns_ = view_.columns;
  if (columns_.empty() && format_ != OutputFormat::wide) columns_ = answer_.columns;
  if (columns_.empty() && row.IsObject()) columns_ = keys_of(row);
  table_ = writer(row.IsObject() ? columns_ : std::vector<std::string>());
}

void ResultPrinter::add_row(const json::Value& row) {
  tell_missing_columns(row);
  if (format_ == OutputFormat::ndjson) {
    const bool is_whole = view_.columns.empty() || !row.IsObject();
    const std::string line =
        is_whole ? json::write(row) : json::write(projected(row, view_.columns));
    if (view_.program != nullptr) return print_by_program(line);
    out_.write((out_.terminal() ? visible(line) : line) + '\n');
    return;
  }
  if (!table_) begin_table(row);
  std::vector<std::string> cells;
  if (row.IsObject()) {
    for (const std::string& column : columns_)
      cells.push_back(cell(column, member_at(row, column)));
  } else {
    cells.push_back(cell({}, &row));
  }
  table_->add(std::move(cells));
}

void ResultPrinter::nothing_found() {
  if (format_ == OutputFormat::csv && !table_)
    table_ = writer(view_.columns.empty() ? answer_.columns : view_.columns);
  if (out_.terminal()) messages_.note("Nothing found.");
}

void ResultPrinter::print_json(std::string_view text) {
  if (view_.program != nullptr) return print_by_program(text);
  print_indented(text);
}

void ResultPrinter::print_by_program(std::string_view text) {
  const auto problem = view_.program->run(
      text, [this](std::string_view value, bool is_text) { return print_made(value, is_text); });
  if (problem && !problem_) problem_ = problem_of(*view_.program, *problem);
}

bool ResultPrinter::print_made(std::string_view value, bool is_text) {
  if (is_text) {
    print_text(value, true);
  } else {
    print_indented(value);
  }
  return out_.state() == OutputStream::State::open;
}

void ResultPrinter::print_indented(std::string_view text) {
  // Escapes of JSON and of visible() are the same, so the text stays JSON on a terminal too.
  const std::string shown =
      out_.terminal() ? visible(json::indented(text), true) : std::string(text);
  out_.write(shown + '\n');
}

void ResultPrinter::print_text(std::string_view text, bool raw) {
  std::string shown = raw && !out_.terminal() ? std::string(text) : visible(text, true);
  if (shown.empty() || shown.back() != '\n') shown += '\n';
  out_.write(shown);
}

void ResultPrinter::print_contents(const std::vector<Content>& contents, bool texts) {
  for (const Content& part : contents) {
    if (part.kind == Content::Kind::text && texts) {
      print_text(part.text, false);
    } else {
      messages_.note(description(part));
    }
  }
}

void ResultPrinter::tell(const json::Value& envelope) {
  const json::Value* warnings = json::find(envelope, "warnings");
  if (warnings != nullptr && warnings->IsArray()) {
    for (const auto& warning : warnings->GetArray()) {
      if (warning.IsString()) messages_.warning(json::view(warning));
    }
  }
  if (const json::Value* outcome = json::find(envelope, "outcome")) {
    const std::string_view text = json::text_of(*outcome, "text");
    if (!text.empty()) messages_.note(text);
  }
}

}  // namespace dockerhub::cli
