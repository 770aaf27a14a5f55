#include "kept/kept_record.hpp"

#include <unistd.h>

#include <cerrno>
#include <system_error>
#include <utility>

#include "base/json.hpp"
#include "base/time_text.hpp"
#include "dockerhub/abi.h"

namespace dockerhub {
namespace {

// The most that a file has: the value in base64, and the header.
constexpr std::size_t kMostFile = std::size_t{2} * DH_KEPT_MAX + 1024;

std::string header_of(std::int64_t until) {
  return R"({"version":)" + std::to_string(KeptRecord::kFormat) + R"(,"until":)" +
         std::to_string(until) + "}\n";
}

// Seconds since 1970; nullopt where the header says none.
std::optional<std::int64_t> end_in(std::string_view header) {
  const auto parsed = json::parse(header);
  const json::Value* const until = parsed ? json::find(*parsed, "until") : nullptr;
  if (until == nullptr || !until->IsInt64()) return std::nullopt;
  return until->GetInt64();
}

}  // namespace

KeptRecord::KeptRecord(PrivateFile file, Seal seal, UniqueFd lock, const Warn& warn)
    : file_(std::move(file)), seal_(std::move(seal)), lock_(std::move(lock)), warn_(&warn) {}

// A value is good under its own name and for its own time.
std::string KeptRecord::purpose(std::int64_t until) const {
  return "kept " + file_.path().filename().string() + " " + std::to_string(until);
}

void KeptRecord::pass_over(const std::string& why) const {
  (*warn_)("what was kept of an earlier run is not used: " + why);
}

std::optional<std::string> KeptRecord::read(Time now) const {
  const auto text = file_.read(kMostFile);
  if (!text) {
    pass_over(text.error().message + ". " + text.error().hint);
    return std::nullopt;
  }
  if (!*text) return std::nullopt;
  const std::string_view whole = **text;
  const std::size_t end_of_header = whole.find('\n');
  const auto end = end_in(whole.substr(0, end_of_header));
  const auto until = end ? time_of(*end) : std::nullopt;
  std::optional<std::string> value;
  // A file of the header alone was cut.
  if (until && end_of_header != std::string_view::npos)
    value = seal_.open(whole.substr(end_of_header + 1), purpose(*end));
  if (!value) {
    pass_over(file_.path().string() + " is damaged");
    return std::nullopt;
  }
  // More than may be left of it: a clock was changed.
  if (*until <= now || *until > now + std::chrono::seconds(DH_KEPT_SECONDS_MAX))
    return std::nullopt;
  return value;
}

bool KeptRecord::write(std::string_view value, Time until) const {
  const std::int64_t end = std::chrono::system_clock::to_time_t(until);
  const auto sealed = seal_.close(value, purpose(end));
  if (!sealed) return false;
  const auto written = file_.write(header_of(end) + *sealed);
  if (!written) {
    (*warn_)("nothing is kept for a next run: " + written.error().message + ". " +
             written.error().hint);
  }
  return written.has_value();
}

bool KeptRecord::remove() const {
  if (::unlink(file_.path().c_str()) == 0 || errno == ENOENT) return true;
  (*warn_)("what was kept for a next run is left behind: " + file_.path().string() + ": " +
           std::generic_category().message(errno));
  return false;
}

bool KeptRecord::is_there() const {
  return !is_missing(file_.path());
}

}  // namespace dockerhub
