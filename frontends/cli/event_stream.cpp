#include "event_stream.hpp"

#include <utility>

namespace dockerhub::cli {

std::vector<std::string> EventStream::take(std::string_view bytes) {
  std::vector<std::string> events;
  for (const char byte : bytes) {
    const bool is_second_half = byte == '\n' && ended_by_return_;
    ended_by_return_ = byte == '\r';
    if (is_second_half) continue;
    if (byte != '\n' && byte != '\r') {
      line_ += byte;
      continue;
    }
    take_line(line_, events);
    line_.clear();
  }
  return events;
}

void EventStream::take_line(std::string_view line, std::vector<std::string>& events) {
  constexpr std::string_view kField = "data:";
  if (line.empty()) {
    if (has_data_) events.push_back(std::exchange(data_, {}));
    has_data_ = false;
    return;
  }
  if (!line.starts_with(kField)) return;
  line.remove_prefix(kField.size());
  if (line.starts_with(' ')) line.remove_prefix(1);
  if (has_data_) data_ += '\n';
  data_ += line;
  has_data_ = true;
}

}  // namespace dockerhub::cli
