// Waits that a server's rate limit asks for and the kernel does not wait by itself, since they are longer
// than http.retry_after_cap. Inside a call, on its thread.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "answer.hpp"

namespace dockerhub::hub {

class RateWait {
 public:
  explicit RateWait(sdk::Context& ctx) : ctx_(ctx) {}

  // Whether the server refused the request for its limit, and did nothing of it.
  static bool is_limited(const sdk::Reply<Answer>& answer);
  // Waits until the moment that the API ("hub", "registry") named, or a time that grows where it named none.
  // Where several accounts ask in this process, the latest of their moments. An error, at once, where
  // that is more than an hour or than the call has left, and after ten waits in a row without a
  // passed() between them; a warning says it, too, for a call that answers what it did until then.
  // Nothing else may be under way: an answer that lies there unread is as old as the wait.
  sdk::Status wait(std::string_view api);
  // The same, but false in place of that error: nothing was waited for.
  sdk::Reply<bool> wait_if_short(std::string_view api);

  // For who leaves some of a budget: whether what was told last has more than `kept` left. True where nothing was told.
  bool has_more(std::string_view api, std::int64_t kept) const;
  // As wait_if_short(), until that budget begins anew: when the server told, else a whole window after it was seen.
  sdk::Reply<bool> wait_for_reset_if_short(std::string_view api);
  void passed() { waits_ = 0; }

 private:
  std::chrono::seconds time_until_next(std::string_view api) const;
  std::chrono::seconds time_until_reset(std::string_view api) const;
  std::chrono::seconds guessed() const;
  sdk::Reply<bool> pause_if_short(std::string_view api, std::chrono::seconds time);
  // Why so long a wait is none; nullopt: it is one.
  std::optional<std::string> objection(std::string_view api, std::chrono::seconds time) const;
  sdk::Status pause(std::string_view api, std::chrono::seconds time);

  sdk::Context& ctx_;
  int waits_ = 0;
};

}  // namespace dockerhub::hub
