#include <sys/stat.h>

#include "trail/file_lines.hpp"
#include "trail/trail.hpp"

namespace dockerhub {
namespace {

Failure cancelled() {
  Error error;
  error.kind = ErrorKind::cancelled;
  error.message = "the verification was cancelled";
  error.hint = "Run it again.";
  return Failure(std::move(error));
}

// Walks over the lines. False: the chain ends here, and the report says why.
class Walk {
 public:
  Walk(TrailReport& report, std::string_view key) : report_(report), key_(key) {}

  bool header(const std::optional<std::string>& line, const PrivateFile& file) {
    if (!line) return fault("there is no header");
    if (const auto version = file.check_version(*line); !version)
      return fault(version.error().message);
    if (!is_header_of(*line, key_)) return fault("it was written with another key");
    end_ = begin_of_chain(*line, key_);
    return true;
  }

  bool entry(const std::string& line) {
    const auto next = next_of_chain(line, key_, end_);
    const std::string number = std::to_string(end_.entries + 1);
    if (!next) {
      return fault("the chain breaks at entry " + number + " (line " +
                   std::to_string(end_.entries + 2) +
                   "): it or one before it was changed, removed, added or put in another place");
    }
    end_ = *next;
    return true;
  }

  void finish(const std::optional<ChainEnd>& head, std::size_t rest) {
    if (rest > 0) {
      report_.remarks.push_back("the last " + std::to_string(rest) +
                                " bytes are no whole line: a program ended while it wrote");
    }
    if (!head) {
      fault("head.json is missing, changed or of another key: entries may be missing at the end");
      return;
    }
    if (end_.entries < head->entries) {
      fault("entries are missing at the end: head.json counts " + std::to_string(head->entries));
    } else if (end_.entries == head->entries && end_.hash != head->hash) {
      fault("head.json is of another chain");
    } else if (end_.entries > head->entries) {
      report_.remarks.push_back("head.json counts " + std::to_string(head->entries) +
                                ": a program ended before it counted its entry");
    }
  }

  const ChainEnd& end() const { return end_; }

 private:
  bool fault(std::string text) {
    report_.faults.push_back(std::move(text));
    return false;
  }

  TrailReport& report_;
  std::string_view key_;
  ChainEnd end_;
};

}  // namespace

Result<TrailReport> Trail::examine(TrailReport report, const std::stop_token& stop) {
  const auto found = key(false);
  if (!found) return Failure(found.error());
  const std::string_view key = (*found)->reveal();
  auto lock = entries_.lock(kLongestWait, stop);
  if (!lock) return Failure(std::move(lock.error()));
  const auto file = entries_.open_to_read();
  if (!file) return Failure(file.error());
  const auto head_file = head_.read(kMostHead);
  struct stat status = {};
  ::fstat(file->get(), &status);
  lock->reset();  // what is written from now on is not looked at

  Walk walk(report, key);
  FileLines lines(file->get(), 0, static_cast<std::uint64_t>(status.st_size));
  auto line = lines.next();
  if (!line) return Failure(std::move(line.error()));
  bool whole = walk.header(*line, entries_);
  while (whole) {
    if (stop.stop_requested()) return cancelled();
    line = lines.next();
    if (!line) return Failure(std::move(line.error()));
    if (!*line) break;
    whole = walk.entry(**line);
  }
  const bool told = head_file && *head_file;
  if (whole) walk.finish(told ? read_head(**head_file, key) : std::nullopt, lines.rest());
  report.entries = walk.end().entries;
  report.last_hash = walk.end().hash;
  return report;
}

}  // namespace dockerhub
