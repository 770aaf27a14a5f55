#include "modules/trust.hpp"

#include <algorithm>

#include "base/json.hpp"
#include "base/private_file.hpp"

namespace dockerhub {
namespace {

constexpr std::size_t kMaxSize = 64 * 1024 * 1024;
constexpr int kFormat = 1;
constexpr std::chrono::seconds kLongestWait{10};  // for others that record

Failure not_believed(const std::filesystem::path& file, const std::string& cause) {
  Error error;
  error.kind = ErrorKind::configuration;
  error.message = "trust records are not believed: " + file.string() + ": " + cause;
  error.hint = "Look at the file; remove it to trust no module, then trust modules again.";
  return Failure(std::move(error));
}

Result<TrustRecord> convert(const std::filesystem::path& file, const json::Value& row) {
  TrustRecord record;
  record.file = std::string(json::text_of(row, "file"));
  record.sha256 = std::string(json::text_of(row, "sha256"));
  record.name = std::string(json::text_of(row, "name"));
  record.manifest = std::string(json::text_of(row, "manifest"));
  if (record.file.empty() || record.sha256.empty())
    return not_believed(file, "a record is incomplete");
  return record;
}

std::string to_text(const std::vector<TrustRecord>& records) {
  json::Buffer buffer;
  json::Writer writer(buffer);
  writer.StartObject();
  writer.Key("version");
  writer.Int(kFormat);
  writer.Key("modules");
  writer.StartArray();
  for (const TrustRecord& record : records) {
    writer.StartObject();
    json::put_key(writer, "file");
    json::put(writer, record.file.string());
    json::put_key(writer, "sha256");
    json::put(writer, record.sha256);
    json::put_key(writer, "name");
    json::put(writer, record.name);
    json::put_key(writer, "manifest");
    json::put(writer, record.manifest);
    writer.EndObject();
  }
  writer.EndArray();
  writer.EndObject();
  return {buffer.GetString(), buffer.GetSize()};
}

}  // namespace

Result<TrustRecords> TrustRecords::read(const std::filesystem::path& file) {
  TrustRecords records;
  if (file.empty()) return records;
  const auto text = PrivateFile(file, kFormat).read(kMaxSize);
  if (!text) return not_believed(file, text.error().message);
  if (!*text) return records;
  const Result<json::Document> document = json::parse(**text);
  if (!document) return not_believed(file, document.error().message);
  const json::Value* modules = json::find(*document, "modules");
  if (modules == nullptr || !modules->IsArray()) return not_believed(file, "it lists no modules");
  for (const json::Value& row : modules->GetArray()) {
    Result<TrustRecord> record = convert(file, row);
    if (!record) return Failure(record.error());
    records.records_.push_back(std::move(*record));
  }
  return records;
}

const TrustRecord* TrustRecords::find(const std::filesystem::path& module_file) const {
  const auto found = std::find_if(records_.begin(), records_.end(), [&](const TrustRecord& record) {
    return record.file == module_file;
  });
  return found == records_.end() ? nullptr : &*found;
}

Result<void> TrustRecords::record(const std::filesystem::path& file, TrustRecord record) {
  const PrivateFile kept(file, kFormat);
  const Result<UniqueFd> lock = kept.lock(kLongestWait);
  if (!lock) return Failure(lock.error());
  Result<TrustRecords> known = read(file);
  if (!known) return Failure(known.error());
  std::vector<TrustRecord>& records = known->records_;
  const auto old = std::find_if(records.begin(), records.end(), [&](const TrustRecord& candidate) {
    return candidate.file == record.file;
  });
  if (old == records.end()) {
    records.push_back(std::move(record));
  } else {
    *old = std::move(record);
  }
  return kept.write(to_text(records));
}

}  // namespace dockerhub
