// Messages to a descriptor, one line each, whole and one after the other. A reader that does not
// read holds the writer up, until an interruption or close(). Any thread.
#pragma once

#include <mutex>
#include <string_view>

#include "descriptor.hpp"

namespace dockerhub::mcp {

class LineWriter {
 public:
  // interruption: a descriptor to poll; never read here. Owned by the caller.
  LineWriter(Descriptor output, int interruption);

  // One JSON text. Dropped when the reader has gone, or the writer was closed or interrupted.
  void send(std::string_view message);

  // Gives up what is being written, and all that follows.
  void close();

 private:
  bool write_all(std::string_view bytes);
  bool wait_for_room();

  const Descriptor output_;
  const Descriptor closed_event_;
  const int interruption_;
  std::mutex mutex_;
  bool broken_ = false;
};

}  // namespace dockerhub::mcp
