#include "result_printer.hpp"

#include "content_json.hpp"
#include "csv_table.hpp"
#include "record_table.hpp"

namespace dockerhub::cli {

namespace {

// "name", or "owner.name" of a nested object.
const json::Value* at(const json::Value& row, std::string_view column) {
  if (const json::Value* value = json::find(row, column)) return value;
  const std::size_t dot = column.find('.');
  if (dot == std::string_view::npos) return nullptr;
  const json::Value* nested = json::find(row, column.substr(0, dot));
  return nested == nullptr ? nullptr : at(*nested, column.substr(dot + 1));
}

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

}  // namespace

ResultPrinter::ResultPrinter(const Answer& answer, OutputFormat format, OutputStream& out,
                             Messages& messages)
    : answer_(answer), format_(format), out_(out), messages_(messages) {}

bool ResultPrinter::item(std::string_view text) {
  const auto row = json::parse(text);
  if (!row) return true;
  if (out_.terminal()) messages_.clear_progress();
  add_row(*row);
  return out_.state() == OutputStream::State::open;
}

void ResultPrinter::finish(const CallResult& result) {
  messages_.clear_progress();
  const auto envelope = json::parse(result.envelope);
  if (!envelope) return;
  if (table_) table_->finish();
  tell(*envelope);
  if (format_ == OutputFormat::json) {
    return print_json(with_content(result.envelope, result.contents));
  }
  // The bytes are the contract: whoever hashes them gets what the server sent.
  if (format_ == OutputFormat::data && !result.verbatim.empty() && !out_.terminal()) {
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

void ResultPrinter::print(const json::Value& data) {
  if (format_ == OutputFormat::json) {
    print_json(R"({"status_code":200,"data":)" + json::write(data) + "}");
  } else if (format_ == OutputFormat::data) {
    print_data(data);
  } else {
    print_value(data);
    if (table_) table_->finish();
  }
}

void ResultPrinter::print_data(const json::Value& data) {
  if (data.IsString()) return print_text(json::view(data), true);
  print_json(json::write(data));
}

void ResultPrinter::print_in_rows(const json::Value& envelope, const CallResult& result) {
  const json::Value* data = json::find(envelope, "data");
  const json::Value* exists = json::find(envelope, "exists");
  if (data != nullptr && !data->IsNull()) {
    // What stands beside items that went out already belongs to a reader of JSON.
    if (result.items == 0) print_value(*data);
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
  const json::Value* items = json::find(value, answer_.items_key);
  if (items != nullptr && items->IsArray()) return print_rows(*items);
  print_object(value);
}

// One thing: a line for each of its members, or a row of its own.
void ResultPrinter::print_object(const json::Value& object) {
  if (format_ != OutputFormat::table) return add_row(object);
  RecordTable lines(out_, {});
  for (const auto& member : object.GetObject()) {
    if (!lines.add({std::string(json::view(member.name)), cell(&member.value)})) return;
  }
  lines.finish();
}

std::unique_ptr<RowWriter> ResultPrinter::writer(std::vector<std::string> header) const {
  if (format_ == OutputFormat::csv) return std::make_unique<CsvTable>(out_, std::move(header));
  return std::make_unique<RecordTable>(out_, std::move(header));
}

// Texts as they are, other values as JSON.
std::string ResultPrinter::cell(const json::Value* value) const {
  if (value == nullptr || value->IsNull()) return {};
  if (!value->IsString()) return json::write(*value);
  const std::string_view text = json::view(*value);
  return format_ == OutputFormat::csv ? csv_text(text) : std::string(text);
}

void ResultPrinter::print_rows(const json::Value& rows) {
  if (rows.Empty()) nothing_found();
  for (const auto& row : rows.GetArray()) {
    add_row(row);
    if (out_.state() != OutputStream::State::open) return;
  }
}

void ResultPrinter::add_row(const json::Value& row) {
  if (format_ == OutputFormat::ndjson) {
    const std::string line = json::write(row);
    out_.write((out_.terminal() ? visible(line) : line) + '\n');
    return;
  }
  if (!table_) {
    columns_ = answer_.columns;
    if (columns_.empty() && row.IsObject()) columns_ = keys_of(row);
    table_ = writer(row.IsObject() ? columns_ : std::vector<std::string>());
  }
  std::vector<std::string> cells;
  if (row.IsObject()) {
    for (const std::string& column : columns_) cells.push_back(cell(at(row, column)));
  } else {
    cells.push_back(cell(&row));
  }
  table_->add(std::move(cells));
}

void ResultPrinter::nothing_found() {
  if (format_ == OutputFormat::csv && !table_) table_ = writer(answer_.columns);
  if (out_.terminal()) messages_.note("Nothing found.");
}

void ResultPrinter::print_json(std::string_view text) {
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
