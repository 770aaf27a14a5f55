// Server-sent events (text/event-stream) as their bytes come. One thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace dockerhub::cli {

class EventStream {
 public:
  // The data of the events that these bytes complete, in their order; events without data are passed over.
  std::vector<std::string> take(std::string_view bytes);

 private:
  void take_line(std::string_view line, std::vector<std::string>& events);

  std::string line_, data_;
  bool has_data_ = false;
  bool ended_by_return_ = false;  // a line feed that follows belongs to it
};

}  // namespace dockerhub::cli
