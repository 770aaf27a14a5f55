// Waits that a server's rate limit asks for and the kernel does not wait by itself, since they are longer
// than http.retry_after_cap. Inside a call, on its thread.
#pragma once

#include <cstddef>

#include "answer.hpp"

namespace dockerhub::hub {

class RateWait {
 public:
  explicit RateWait(sdk::Context& ctx) : ctx_(ctx) {}

  // Whether the server refused the request for its limit, and did nothing of it.
  static bool is_limited(const sdk::Reply<Answer>& answer);
  // Waits until the reset that Docker Hub told, or a time that grows. An error after ten waits in a row
  // without a passed() between them.
  sdk::Status wait();
  void passed() { waits_ = 0; }
  // How often it waited: a refusal of a request that was sent before the last wait wants no other one.
  std::size_t rounds() const { return rounds_; }

 private:
  sdk::Context& ctx_;
  int waits_ = 0;
  std::size_t rounds_ = 0;
};

}  // namespace dockerhub::hub
