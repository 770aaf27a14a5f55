// An answer that is bytes (application/octet-stream), as its pieces come: items of the form {"encoding": "base64",
// "data", "size"?}, `size` being that of the whole in bytes. One thread at a time.
#pragma once

#include <chrono>
#include <cstddef>
#include <memory>
#include <optional>
#include <stop_token>
#include <string_view>

#include "dockerhub/kernel.hpp"
#include "http/responder.hpp"

namespace dockerhub::rest {

inline constexpr std::string_view kBytesType = "application/octet-stream";

// Whether an action may answer so.
inline bool gives_bytes(const Action& action) {
  return action.answer.verbatim || action.answer.kind == "bytes";
}

class Bytes {
 public:
  // Bytes that may wait for the client before the call itself waits.
  static constexpr std::size_t kMostUnread = std::size_t{1024} * 1024;
  // How long a call waits for its client, all its waits together, besides what the bytes take at kSlowest: one that
  // takes a byte now and then would have a worker for ever.
  static constexpr std::chrono::minutes kPatience{10};
  static constexpr std::size_t kSlowest = std::size_t{16} * 1024;  // bytes a second

  // stop: ends a wait for the client. is_head: the client wants no byte.
  Bytes(std::shared_ptr<web::Responder> reply, std::stop_token stop, bool is_head,
        std::chrono::milliseconds patience = kPatience);

  // One more piece. Waits for a client that reads slowly. Error: it has gone or reads too slowly, the call is to end
  // (cancelled), it wants no byte, or the item is no piece (module_fault).
  Result<void> put(std::string_view item);
  // The end. answer: of the call. Where no piece came it is the whole answer. Where not all came the connection ends:
  // a client never takes a part for the whole.
  void end(const web::Response& answer);

 private:
  Failure break_off(ErrorKind kind, const char* message);

  const std::shared_ptr<web::Responder> reply_;
  const std::stop_token stop_;
  const bool is_head_;
  std::chrono::milliseconds patience_;  // left
  bool broken_ = false;                 // not all pieces were written
};

}  // namespace dockerhub::rest
