#include "trail/trail.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

#include "approval/seal.hpp"
#include "base/json.hpp"
#include "base/time_text.hpp"
#include "config/values.hpp"
#include "trail/file_lines.hpp"

namespace dockerhub {
namespace {

constexpr std::size_t kKeyBytes = 32;
constexpr const char* kAnew =
    "Run `dockerhub trail verify`, keep a copy of the folder as evidence, then move it away to "
    "begin a new "
    "trail; or set trail.enabled to false to work without one.";

Failure failed_by_system(const std::string& what, const std::filesystem::path& file) {
  return refused("the trail cannot be " + what + ": " + file.string() + ": " +
                     std::generic_category().message(errno),
                 "Check the disk and its free space.");
}

Result<std::uint64_t> size_of(const UniqueFd& file, const std::filesystem::path& path) {
  struct stat status = {};
  if (::fstat(file.get(), &status) != 0) return failed_by_system("examined", path);
  return static_cast<std::uint64_t>(status.st_size);
}

Result<void> append_bytes(const UniqueFd& file, std::string_view bytes,
                          const std::filesystem::path& path) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(file.get(), bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return failed_by_system("written", path);
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  if (::fdatasync(file.get()) != 0) return failed_by_system("written", path);
  return {};
}

std::string recovery(std::uint64_t number, std::uint64_t dropped) {
  return "\"n\":" + std::to_string(number) +
         ",\"time\":" + json::quote(rfc3339(std::chrono::system_clock::now())) +
         ",\"event\":\"recovered\",\"dropped_bytes\":" + std::to_string(dropped);
}

}  // namespace

// Lock and file, and where the chain has come to.
struct Trail::Opened {
  UniqueFd lock, file;
  std::shared_ptr<const Secret> key;
  ChainEnd end;
};

Trail::Trail(std::filesystem::path folder, std::shared_ptr<const Secret> key,
             std::shared_ptr<SecretBook> book)
    : folder_(std::move(folder)),
      entries_(folder_ / "trail.ndjson", kTrailVersion),
      head_(folder_ / "head.json", kTrailVersion),
      key_file_(folder_ / "key.json", kTrailVersion),
      book_(std::move(book)),
      key_(std::move(key)) {}

std::unique_ptr<Trail> make_trail(const Configuration::Impl& settings,
                                  std::filesystem::path folder) {
  const auto given = settings.secrets.find("trail.key");
  std::shared_ptr<const Secret> key;
  if (given != settings.secrets.end()) key = settings.book->learn(given->second.reveal());
  return std::make_unique<Trail>(std::move(folder), std::move(key), settings.book);
}

Failure Trail::broken(const std::string& what) const {
  return refused("the trail in " + folder_.string() + " is broken: " + what, kAnew);
}

Result<std::shared_ptr<const Secret>> Trail::key(bool make) {
  const std::lock_guard lock(mutex_);
  if (key_) return key_;
  auto text = key_file_.read(kMostHead);
  if (!text) return Failure(std::move(text.error()));
  if (*text) {
    const auto file = json::parse(**text);
    if (file) key_ = book_->learn(json::text_of(*file, "key"));
    wipe((*text)->data(), (*text)->size());
    if (!key_) return broken(key_file_.path().string() + " holds no key");
    return key_;
  }
  if (!make) {
    // The analyser takes the path of the file for the text that was wiped above.
    // NOLINTNEXTLINE(clang-analyzer-cplusplus.InnerPointer)
    return refused("the key of the trail is missing: " + key_file_.path().string(),
                   "Put the file back, or set DOCKERHUB_TRAIL_KEY to the key that was used.");
  }
  std::string fresh = random_hex(kKeyBytes);
  if (fresh.empty()) return refused("no random bytes for the trail's key", "Check the system.");
  std::string made = R"({"version":1,"key":")" + fresh + "\"}\n";
  const Result<void> written = key_file_.write(made);
  if (written) key_ = book_->learn(fresh);
  wipe(made.data(), made.size());
  wipe(fresh.data(), fresh.size());
  if (!written) return Failure(written.error());
  return key_;
}

Result<Trail::Opened> Trail::open(const std::stop_token& stop) {
  if (folder_.empty()) {
    return refused("there is no place for the trail: neither XDG_STATE_HOME nor HOME is set",
                   "Set trail.directory (DOCKERHUB_TRAIL_DIR).");
  }
  Opened opened;
  auto lock = entries_.lock(kLongestWait, stop);
  if (!lock) return Failure(std::move(lock.error()));
  opened.lock = std::move(*lock);
  auto file = entries_.open_to_append();
  if (!file) return Failure(std::move(file.error()));
  opened.file = std::move(*file);
  const auto size = size_of(opened.file, entries_.path());
  if (!size) return Failure(size.error());
  const auto head = head_.read(kMostHead);
  if (!head) return Failure(head.error());
  const auto found = key(*size == 0 && !*head);
  if (!found) return Failure(found.error());
  opened.key = *found;
  if (!*head) {
    if (auto begun = begin(opened); !begun) return Failure(std::move(begun.error()));
    return opened;
  }
  const auto end = read_head(**head, opened.key->reveal());
  if (!end) return broken("head.json was changed, or written with another key");
  if (auto taken = take_up(opened, *end, *size); !taken) return Failure(std::move(taken.error()));
  return opened;
}

// Without a head: nothing was recorded yet. A program that ended while it began left at most a header.
Result<void> Trail::begin(Opened& opened) const {
  const auto size = size_of(opened.file, entries_.path());
  if (!size) return Failure(size.error());
  FileLines lines(opened.file.get(), 0, *size);
  const auto first = lines.next();
  const auto second = first && *first ? lines.next() : Result<std::optional<std::string>>();
  if (!first || !second || *second || lines.rest() > kMostHead)
    return broken("head.json is missing");
  if (!*first || !is_header_of(**first, opened.key->reveal())) {
    if (*first) return broken("head.json is missing");
    if (::ftruncate(opened.file.get(), 0) != 0) return failed_by_system("begun", entries_.path());
    const std::string header = chain_header(opened.key->reveal());
    if (auto done = append_bytes(opened.file, header, entries_.path()); !done) return done;
    opened.end =
        begin_of_chain(std::string_view(header).substr(0, header.size() - 1), opened.key->reveal());
  } else {
    opened.end = begin_of_chain(**first, opened.key->reveal());
  }
  return head_.write(head_text(opened.end, opened.key->reveal()));
}

// With a head: a program that ended while it wrote left whole lines that the head does not count yet, and
// perhaps a part of one.
Result<void> Trail::take_up(Opened& opened, const ChainEnd& head, std::uint64_t size) const {
  opened.end = head;
  if (size < head.bytes) return broken("entries are missing at its end");
  if (size == head.bytes) return {};
  FileLines lines(opened.file.get(), head.bytes, size);
  for (;;) {
    const auto line = lines.next();
    if (!line) return Failure(line.error());
    if (!*line) break;
    const auto next = next_of_chain(**line, opened.key->reveal(), opened.end);
    if (!next) return broken("something was written after its last entry");
    opened.end = *next;
  }
  if (lines.rest() == 0) return {};
  if (::ftruncate(opened.file.get(), static_cast<off_t>(opened.end.bytes)) != 0)
    return failed_by_system("taken up", entries_.path());
  return write(opened, recovery(opened.end.entries + 1, lines.rest()));
}

Result<void> Trail::write(Opened& opened, const std::string& members) const {
  const std::string line = chained_line(members, opened.key->reveal(), opened.end);
  const auto end = next_of_chain(std::string_view(line).substr(0, line.size() - 1),
                                 opened.key->reveal(), opened.end);
  if (!end) return refused("the entry is not in the form of the trail", "Report this.");
  if (auto done = append_bytes(opened.file, line, entries_.path()); !done) return done;
  opened.end = *end;
  return head_.write(head_text(opened.end, opened.key->reveal()));
}

Result<void> Trail::check(const std::stop_token& stop) {
  const auto opened = open(stop);
  if (!opened) return Failure(opened.error());
  return {};
}

Result<void> Trail::append(const std::function<std::string(std::uint64_t)>& members) {
  auto opened = open();
  if (!opened) return Failure(std::move(opened.error()));
  return write(*opened, members(opened->end.entries + 1));
}

Result<TrailReport> Trail::verify(const std::stop_token& stop) {
  TrailReport report;
  report.file = entries_.path();
  report.exists = !is_missing(entries_.path());
  if (report.exists) return examine(std::move(report), stop);
  if (is_missing(head_.path())) {
    report.remarks.emplace_back("there is no trail here: nothing was recorded yet");
  } else {
    report.faults.emplace_back("the entries are gone: head.json says that there were some");
  }
  return report;
}

}  // namespace dockerhub
