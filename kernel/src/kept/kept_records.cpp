#include "kept/kept_records.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <chrono>
#include <cstdint>
#include <iterator>
#include <system_error>
#include <utility>

#include "base/keyed_hash.hpp"
#include "dockerhub/abi.h"
#include "kept/kept_key.hpp"

namespace dockerhub {
namespace {

namespace fs = std::filesystem;

constexpr const char* kLockName = "lock";

fs::path lock_of(const fs::path& folder) {
  return folder / kLockName;
}

// A place in the lock file, which has no bytes: it is only locked.
off_t byte_of(std::string_view hash) {
  constexpr std::size_t kDigits = 15;
  std::uint64_t place = 0;
  std::from_chars(hash.data(), hash.data() + kDigits, place, 16);
  return static_cast<off_t>(place);
}

}  // namespace

KeptRecords::KeptRecords(Places places, Warn warn)
    : places_(std::move(places)),
      warn_(std::move(warn)),
      warn_once_([this](std::string_view text) { warn_once(text); }) {}

void KeptRecords::warn_once(std::string_view text) const {
  std::call_once(warned_, [&] { warn_(text); });
}

std::string KeptRecords::key() {
  const std::lock_guard lock(mutex_);
  if (!key_.empty() || places_.folder.empty() || places_.key.empty()) return key_;
  // What is in the way may pass: the next call looks again.
  auto key = kept_key(places_.key);
  if (!key) {
    warn_once("nothing is kept for a next run: " + key.error().message + ". " + key.error().hint);
    return key_;
  }
  key_ = *std::move(key);
  sweep();
  return key_;
}

// Each open file has its own lock, which the system takes back when the process is gone.
tl::expected<UniqueFd, KeptRecords::Refusal> KeptRecords::take(std::string_view hash) const {
  auto file = PrivateFile(lock_of(places_.folder), KeptRecord::kFormat).open_to_append();
  if (!file) {
    warn_once("nothing is kept for a next run: " + file.error().message + ". " + file.error().hint);
    return tl::unexpected(Refusal::nowhere);
  }
  struct flock range = {};
  range.l_type = F_WRLCK;
  range.l_whence = SEEK_SET;
  range.l_start = byte_of(hash);
  range.l_len = 1;
  if (::fcntl(file->get(), F_OFD_SETLK, &range) == 0) return *std::move(file);
  if (errno == EAGAIN || errno == EACCES) return tl::unexpected(Refusal::taken);
  const std::string why = std::generic_category().message(errno);
  warn_once("nothing is kept for a next run: " + lock_of(places_.folder).string() +
            " cannot be locked: " + why);
  return tl::unexpected(Refusal::nowhere);
}

tl::expected<KeptRecord, KeptRecords::Refusal> KeptRecords::open(std::string_view owner,
                                                                 std::string_view name) {
  const std::string secret = key();
  if (secret.empty()) return tl::unexpected(Refusal::nowhere);
  const std::string whole =
      std::to_string(owner.size()) + "\n" + std::string(owner) + "\n" + std::string(name);
  const std::string hash = keyed_hash_hex(secret, whole);
  // Another hash than that of the file's name.
  const auto seal = Seal::create(keyed_hash_hex(secret + " seal", whole));
  if (!seal) return tl::unexpected(Refusal::nowhere);
  auto lock = take(hash);
  if (!lock) return tl::unexpected(lock.error());
  const std::string file = "v" + std::to_string(KeptRecord::kFormat) + "-" + hash;
  return KeptRecord(PrivateFile(places_.folder / file, KeptRecord::kFormat), *seal,
                    *std::move(lock), warn_once_);
}

bool KeptRecords::has_room() const {
  std::error_code problem;
  const fs::directory_iterator all(places_.folder, problem);
  if (problem) return true;
  // The lock file is none of them.
  return static_cast<std::size_t>(std::distance(begin(all), end(all))) <= kMost;
}

// What nobody has renewed for the longest time is of no use to anybody. The lock stays: somebody may hold it.
void KeptRecords::sweep() const {
  const auto now = std::chrono::system_clock::now();
  std::error_code problem;
  for (fs::directory_iterator each(places_.folder, problem), last; !problem && each != last;
       each.increment(problem)) {
    struct stat status = {};
    const fs::path& path = each->path();
    if (path.filename() == kLockName || ::lstat(path.c_str(), &status) != 0) continue;
    const auto renewed = std::chrono::system_clock::from_time_t(status.st_mtime);
    if (renewed + std::chrono::seconds(DH_KEPT_SECONDS_MAX) < now) ::unlink(path.c_str());
  }
}

}  // namespace dockerhub
