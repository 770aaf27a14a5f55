#include "exchange/journal.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <optional>
#include <system_error>
#include <utility>
#include <vector>

#include "encoding/times.hpp"

namespace dockerhub::sandbox {
namespace {

std::optional<std::string> readable_body(const Request& request) {
  const std::string type = request.header("Content-Type").value_or("");
  const bool readable = type.find("json") != std::string::npos ||
                        type.starts_with("application/x-www-form-urlencoded");
  if (!readable || request.body.size() > Journal::kMostBody) return std::nullopt;
  return request.body;
}

JsonText headers_of(const Request& request) {
  std::vector<JsonText> pairs;
  for (const Header& header : request.headers)
    pairs.push_back(JsonText::strings({header.name, header.value}));
  return JsonText::array(pairs);
}

}  // namespace

Journal::~Journal() {
  if (file_ >= 0) ::close(file_);
}

Result<void> Journal::write_to(const std::string& file) {
  file_ =
      ::open(file.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOCTTY, S_IRUSR | S_IWUSR);
  if (file_ >= 0) return {};
  const std::string why = std::generic_category().message(errno);
  Error error;
  error.kind = ErrorKind::configuration;
  error.message = "cannot write the journal to " + visible(file) + ": " + why;
  error.hint = "Name a file in a folder that exists and that you may write to.";
  return Failure(std::move(error));
}

void Journal::record(const Request& request, int status, std::string_view fault) {
  JsonText json = JsonText::object({{"sequence", ++count_},
                                    {"time", rfc3339(now())},
                                    {"listener", request.listener},
                                    {"method", request.method},
                                    {"path", request.path},
                                    {"query", request.query},
                                    {"headers", headers_of(request)},
                                    {"body_size", request.body.size()},
                                    {"body", readable_body(request)},
                                    {"status", status},
                                    {"fault", fault}});
  if (file_ >= 0) append(json.text() + '\n');
  entries_.push_back({count_, request.listener, std::move(json)});
  if (entries_.size() > kMost) entries_.pop_front();
}

// Whoever reads along finds the whole line. A disk that is full ends no sandbox.
void Journal::append(std::string_view line) const {
  while (!line.empty()) {
    const ssize_t written = ::write(file_, line.data(), line.size());
    if (written < 0 && errno != EINTR) return;
    if (written > 0) line.remove_prefix(static_cast<std::size_t>(written));
  }
}

JsonText Journal::entries(std::string_view listener, std::uint64_t after) const {
  std::vector<JsonText> chosen;
  for (const Entry& entry : entries_) {
    const bool fits = listener.empty() || entry.listener == listener;
    if (fits && entry.sequence > after) chosen.push_back(entry.json);
  }
  return JsonText::array(chosen);
}

}  // namespace dockerhub::sandbox
