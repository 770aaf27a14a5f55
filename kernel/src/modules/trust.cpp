#include "modules/trust.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>

#include "base/json.hpp"
#include "modules/file_permissions.hpp"

namespace dockerhub {
namespace {

constexpr std::size_t kMaxSize = 64 * 1024 * 1024;
constexpr int kVersion = 1;

Failure not_believed(const std::filesystem::path& file, const std::string& cause) {
  Error error;
  error.kind = ErrorKind::configuration;
  error.message = "trust records are not believed: " + file.string() + ": " + cause;
  error.hint = "Look at the file; remove it to trust no module, then trust modules again.";
  return Failure(std::move(error));
}

Result<void> check_place(const std::filesystem::path& file, const FileText& text) {
  struct stat status = {};
  status.st_uid = text.owner;
  status.st_mode = text.mode;
  if (auto checked = check_only_ours(status, file); !checked) return checked;
  std::error_code problem;
  const auto real = std::filesystem::canonical(file, problem);
  return check_folders(problem ? file.parent_path() : real.parent_path());
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
  writer.Int(kVersion);
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

// Read, change and write by one process at a time. The lock is the folder's, since the file itself
// is replaced.
Result<UniqueFd> lock_folder(const std::filesystem::path& folder) {
  std::error_code problem;
  std::filesystem::create_directories(folder.parent_path(), problem);
  ::mkdir(folder.c_str(), S_IRWXU);
  UniqueFd descriptor(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!descriptor || ::flock(descriptor.get(), LOCK_EX) != 0) {
    Error error;
    error.kind = ErrorKind::configuration;
    error.message = "cannot write trust records into " + folder.string();
    error.hint = "Make the folder, owned by you.";
    return Failure(std::move(error));
  }
  return descriptor;
}

}  // namespace

Result<TrustRecords> TrustRecords::read(const std::filesystem::path& file) {
  TrustRecords records;
  if (file.empty() || is_missing(file)) return records;
  const Result<FileText> content = read_file(file, kMaxSize);
  if (!content) return Failure(content.error());
  if (auto checked = check_place(file, *content); !checked) {
    return not_believed(file, checked.error().message);
  }
  const Result<json::Document> document = json::parse(content->text);
  if (!document) return not_believed(file, document.error().message);
  const json::Value* version = json::find(*document, "version");
  const json::Value* modules = json::find(*document, "modules");
  if (version == nullptr || !version->IsInt() || version->GetInt() != kVersion ||
      modules == nullptr || !modules->IsArray()) {
    return not_believed(file, "not in the form that this version writes");
  }
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
  const Result<UniqueFd> lock = lock_folder(file.parent_path());
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
  return write_file(file, to_text(records));
}

}  // namespace dockerhub
