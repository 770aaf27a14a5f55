#include "name_cache.hpp"

#include <unistd.h>

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <system_error>
#include <utility>

#include "descriptor.hpp"
#include "dockerhub/private_file.hpp"
#include "json.hpp"

namespace dockerhub::cli {

namespace {

namespace fs = std::filesystem;

constexpr int kCacheVersion = 1;
// More than all entries with a hundred names of the usual length.
constexpr std::size_t kMostCacheBytes = std::size_t{2} * 1024 * 1024;

struct CacheEntry {
  std::string key, value;
  std::int64_t since = 0;  // seconds from 1970
  OfferedNames offered;
};

std::int64_t seconds_of(NameCache::Time time) {
  return std::chrono::duration_cast<std::chrono::seconds>(time.time_since_epoch()).count();
}

// One from the future, after a clock was set back, is as old as can be.
bool is_younger(const CacheEntry& entry, NameCache::Time now, std::chrono::seconds age) {
  const std::int64_t past = seconds_of(now) - entry.since;
  return past >= 0 && past < age.count();
}

std::optional<CacheEntry> cache_entry_of(const json::Value& row) {
  const json::Value* since = json::find(row, "since");
  const json::Value* names = json::find(row, "names");
  const json::Value* more = json::find(row, "has_more");
  const bool is_whole = since != nullptr && since->IsInt64() && names != nullptr &&
                        names->IsArray() && more != nullptr && more->IsBool();
  if (!is_whole) return std::nullopt;
  CacheEntry entry;
  entry.key = json::text_of(row, "key");
  entry.value = json::text_of(row, "value");
  entry.since = since->GetInt64();
  entry.offered.has_more = more->GetBool();
  for (const auto& name : names->GetArray()) {
    if (name.IsString()) entry.offered.names.emplace_back(json::view(name));
  }
  return entry;
}

std::vector<CacheEntry> entries_in(const fs::path& path) {
  std::vector<CacheEntry> entries;
  if (path.empty()) return entries;
  const Result<std::string> text = read_private_file(path, kMostCacheBytes);
  const auto document = text ? json::parse(*text) : std::nullopt;
  const json::Value* version = document ? json::find(*document, "version") : nullptr;
  const json::Value* rows = document ? json::find(*document, "entries") : nullptr;
  const bool is_known =
      version != nullptr && version->IsInt() && version->GetInt() == kCacheVersion;
  if (!is_known || rows == nullptr || !rows->IsArray()) return entries;
  for (const auto& row : rows->GetArray()) {
    if (auto entry = cache_entry_of(row)) entries.push_back(*std::move(entry));
  }
  return entries;
}

std::string entry_text(const CacheEntry& entry) {
  std::string names;
  for (const std::string& name : entry.offered.names)
    names.append(names.empty() ? "" : ",").append(json::quote(name));
  return R"({"key":)" + json::quote(entry.key) + R"(,"value":)" + json::quote(entry.value) +
         R"(,"since":)" + std::to_string(entry.since) + R"(,"has_more":)" +
         (entry.offered.has_more ? "true" : "false") + R"(,"names":[)" + names + "]}";
}

std::string text_of_entries(const std::vector<CacheEntry>& entries) {
  std::string rows;
  for (const CacheEntry& entry : entries)
    rows.append(rows.empty() ? "" : ",\n") += entry_text(entry);
  return R"({"version":)" + std::to_string(kCacheVersion) + ",\"entries\":[\n" + rows + "\n]}\n";
}

// Replaced at once or not at all. Not synced: what a crash loses is asked for again, and somebody waits at a key.
void replace_cache(const fs::path& path, std::string_view text) {
  std::error_code problem;
  const bool is_made = fs::create_directories(path.parent_path(), problem);
  if (problem) return;
  if (is_made) fs::permissions(path.parent_path(), fs::perms::owner_all, problem);
  const fs::path made = path.string() + "." + std::to_string(::getpid());
  const Result<int> file = create_private_file(made);
  if (!file) return;
  const Descriptor descriptor(*file);
  const bool is_written = write_whole(descriptor.get(), text) == 0;
  if (!is_written || ::rename(made.c_str(), path.c_str()) != 0) ::unlink(made.c_str());
}

}  // namespace

fs::path NameCache::usual_path() {
  const fs::path folder = xdg_folder("XDG_CACHE_HOME", ".cache");
  return folder.empty() ? folder : folder / "completion.json";
}

NameCache::NameCache(fs::path path) : path_(std::move(path)) {}

std::optional<NameCache::Kept> NameCache::find(std::string_view key, std::string_view value,
                                               Time now) const {
  std::optional<Kept> old;
  for (CacheEntry& entry : entries_in(path_)) {
    const bool is_same = entry.value == value;
    const bool is_whole_beginning =
        !entry.offered.has_more && value.substr(0, entry.value.size()) == entry.value;
    const bool fits = entry.key == key && (is_same || is_whole_beginning);
    if (!fits || !is_younger(entry, now, kLife)) continue;
    const bool is_fresh = is_younger(entry, now, kFresh);
    if (is_fresh) return Kept{std::move(entry.offered), true};
    if (!old || is_same) old = Kept{std::move(entry.offered), false};
  }
  return old;
}

void NameCache::keep(std::string_view key, std::string_view value, const OfferedNames& offered,
                     Time now) {
  if (path_.empty()) return;
  std::vector<CacheEntry> entries = entries_in(path_);
  const auto goes = [&](const CacheEntry& entry) {
    return (entry.key == key && entry.value == value) || !is_younger(entry, now, kLife);
  };
  entries.erase(std::remove_if(entries.begin(), entries.end(), goes), entries.end());
  entries.push_back({std::string(key), std::string(value), seconds_of(now), offered});
  // Each new one stands at the end.
  if (entries.size() > kMostEntries) entries.erase(entries.begin());
  replace_cache(path_, text_of_entries(entries));
}

}  // namespace dockerhub::cli
