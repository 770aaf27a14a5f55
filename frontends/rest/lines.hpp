// The items of a list, one a line (application/x-ndjson), as they come. One thread at a time.
#pragma once

#include <memory>
#include <stop_token>
#include <string_view>

#include "dockerhub/kernel.hpp"
#include "http/responder.hpp"

namespace dockerhub::rest {

inline constexpr std::string_view kLinesType = "application/x-ndjson";

class Lines {
 public:
  // Bytes that may wait for the client before the list itself waits.
  static constexpr std::size_t kMostUnread = std::size_t{1024} * 1024;

  // stop: ends a wait for the client.
  Lines(std::shared_ptr<web::Responder> reply, std::stop_token stop);

  // One more. Waits for a client that reads slowly. Error (cancelled): it has gone, or the call is to end.
  Result<void> put(std::string_view item);
  // The end. answer: of the call; an error is the whole answer where no item came, else the last line.
  void end(const web::Response& answer);

 private:
  const std::shared_ptr<web::Responder> reply_;
  const std::stop_token stop_;
};

}  // namespace dockerhub::rest
