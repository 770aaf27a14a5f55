// Messages to a descriptor, one line each, whole and one after the other. A reader that does not
// read holds the writer up, until an interruption or close(). The descriptor's mode stays as it is, since other
// processes may share it. Any thread.
#pragma once

#include <sys/types.h>

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
  // What keeps a write from waiting for the reader.
  enum class Way { own_mode, socket, small_pieces };

  bool write_all(std::string_view bytes);
  ssize_t write_some(std::string_view bytes);
  bool wait_for_room();

  Descriptor output_;
  Way way_ = Way::small_pieces;
  const Descriptor closed_event_;
  const int interruption_;
  std::mutex mutex_;
  bool broken_ = false;
};

}  // namespace dockerhub::mcp
