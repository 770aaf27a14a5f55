// The items of a list, one a line (application/x-ndjson), as they come. One thread at a time.
#pragma once

#include <chrono>
#include <cstddef>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>

#include "dockerhub/kernel.hpp"
#include "http/responder.hpp"

namespace dockerhub::rest {

inline constexpr std::string_view kLinesType = "application/x-ndjson";

class Lines {
 public:
  // Bytes that may wait for the client before the list itself waits.
  static constexpr std::size_t kMostUnread = std::size_t{1024} * 1024;
  // How long a list waits for its client, all its waits together: one that takes a byte now and then would have
  // a worker for ever.
  static constexpr std::chrono::minutes kPatience{10};

  // stop: ends a wait for the client. instance: the path of the request.
  Lines(std::shared_ptr<web::Responder> reply, std::stop_token stop, std::string instance,
        std::chrono::milliseconds patience = kPatience);

  // One more. Waits for a client that reads slowly. Error (cancelled): it has gone or reads too slowly, or the
  // call is to end.
  Result<void> put(std::string_view item);
  // The end. answer: of the call. Where no item came it is the whole answer. Else the last line is the problem
  // that it is, or that ended the list before its end; or what the envelope says beside its data.
  void end(const web::Response& answer);

 private:
  std::string last_line(const web::Response& answer) const;

  const std::shared_ptr<web::Responder> reply_;
  const std::stop_token stop_;
  const std::string instance_;
  std::chrono::milliseconds patience_;  // left
  std::optional<Error> broken_;         // why not all items were written
};

}  // namespace dockerhub::rest
