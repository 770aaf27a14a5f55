// What one server lets its clients use. A value.
#pragma once

#include <chrono>
#include <cstddef>

namespace dockerhub::web {

struct Limits {
  std::size_t connections = 16'384;  // open at a time, event streams included
  std::size_t head_size = 32 * 1024;
  std::size_t body_size = 4 * 1024 * 1024;
  // Of all requests that are being read together.
  std::size_t all_bodies = std::size_t{256} * 1024 * 1024;
  // Bytes of one answer that wait for a client to read; one message may always be written.
  std::size_t unread = 8 * 1024 * 1024;

  std::chrono::milliseconds head_time{10'000};    // from its first byte to its last
  std::chrono::milliseconds body_time{60'000};    // the same of a body
  std::chrono::milliseconds idle_time{75'000};    // a connection between two requests
  std::chrono::milliseconds stall_time{60'000};   // an answer of which the client takes nothing
  std::chrono::milliseconds linger_time{2'000};   // after an answer that ends the connection
  std::chrono::milliseconds late_stream{10'000};  // an answer that takes longer becomes a stream
  std::chrono::milliseconds keep_alive{15'000};   // a comment in an event stream that is silent
  // At the end of the server: requests may finish, are then cancelled, and get as long to tell it.
  std::chrono::milliseconds drain_time{10'000};
  std::chrono::milliseconds cancel_time{2'000};
};

}  // namespace dockerhub::web
