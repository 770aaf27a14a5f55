// What the hosts were asked, in order: the proof of what a client sent and what it did not. Headers
// are kept exactly as they came, credentials too: this is a record for tests, of a program that only
// listens on loopback. At most kMost entries are kept, the oldest go first. Not thread-safe.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <string>
#include <string_view>

#include "dockerhub/kernel.hpp"
#include "encoding/json_text.hpp"
#include "exchange/message.hpp"

namespace dockerhub::sandbox {

class Journal {
 public:
  static constexpr std::size_t kMost = 50'000;
  // Bodies of JSON and forms are kept up to this size; of others only the size is.
  static constexpr std::size_t kMostBody = 16'384;

  Journal() = default;
  ~Journal();
  Journal(const Journal&) = delete;
  Journal& operator=(const Journal&) = delete;

  // From now on each entry is also appended to the file, one line of JSON each. One that is not there yet is made
  // with mode 0600, since credentials stand in it. Once.
  Result<void> write_to(const std::string& file);

  // `status` is what the answer says, 0 where there is none; `fault` the kind that was played, or "".
  void record(const Request& request, int status, std::string_view fault);

  // An array, of the requests after the one with the number `after`; of one listener, where `listener`
  // is not empty.
  JsonText entries(std::string_view listener, std::uint64_t after = 0) const;
  void clear() { entries_.clear(); }

 private:
  void append(std::string_view line) const;

  struct Entry {
    std::uint64_t sequence;
    std::string listener;
    JsonText json;
  };

  std::deque<Entry> entries_;
  std::uint64_t count_ = 0;
  int file_ = -1;
};

}  // namespace dockerhub::sandbox
