// Transfers of blobs that run side by side on one thread: each is a sequence of steps, and the one whose
// connection can go on takes the next. Inside the call, on its thread.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "dockerhub/sdk/context.hpp"

namespace dockerhub::registry {

class Transfer {
 public:
  virtual ~Transfer() = default;
  // Goes on a little; true: done. Errors are put on the call and end all transfers. `buffer` is lent for
  // the step.
  virtual sdk::Reply<bool> step(std::span<char> buffer) = 0;
  // What the next step waits for; nullptr: for nothing.
  virtual const sdk::Exchange* waits_on() const = 0;
};

// Runs all of them, at most `parallel` at once, until each is done or one fails. Each is destroyed when
// it is done.
sdk::Status run_transfers(sdk::Context& ctx, std::vector<std::unique_ptr<Transfer>> transfers,
                          std::size_t parallel);

// Tells how far one blob has come, every now and then.
class BlobProgress {
 public:
  BlobProgress(sdk::Context& ctx, std::string_view digest, std::uint64_t size);
  void at(std::uint64_t done);

 private:
  static constexpr std::size_t kShown = 12;  // digits of the digest

  sdk::Context& ctx_;
  std::string track_;
  std::uint64_t size_;
  std::uint64_t next_ = 0;  // bytes, not told before
};

}  // namespace dockerhub::registry
