// Deletes many things side by side, each by a look, a DELETE and, where the answer to that was lost, another
// look: a deletion is never repeated unless the server surely did not do it, and then after a new look. Inside a
// call, on its thread.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "fate.hpp"
#include "hub/flight.hpp"
#include "hub/rate_wait.hpp"

namespace dockerhub::repos::cleanup {

// The requests of one kind of thing, by its number.
class Deletable {
 public:
  virtual ~Deletable() = default;
  virtual sdk::Request look(std::size_t number) const = 0;
  virtual sdk::Request remove(std::size_t number) const = 0;
  // Why it must not be deleted after all, as a good answer to the look tells; empty: it may.
  virtual std::string objection(std::size_t number, const hub::Answer& answer) = 0;
  // The rate limit was waited for: what was known of other things before that is old. Nothing is under way.
  virtual sdk::Status waited() { return {}; }
};

class Deletion {
 public:
  using Done = std::function<sdk::Status(std::size_t number, const Fate& fate)>;

  Deletion(sdk::Context& ctx, Deletable& things, Done done);

  // Begins with one; waits for room before that.
  sdk::Status add(std::size_t number);
  // Waits until all that were added have their fate.
  sdk::Status drain();

 private:
  enum class Step { look, remove, confirm };

  bool has_room() const;
  void send(std::size_t number, Step step);
  sdk::Request request(std::size_t number);
  // Goes on with what is answered next, or, after the wait for it, with what the rate limit holds back.
  sdk::Status land();
  sdk::Status wait_for_limit();
  sdk::Status take(std::size_t number, const sdk::Reply<hub::Answer>& answer);
  sdk::Status take_look(std::size_t number, const hub::Answer& answer);
  sdk::Status take_removal(std::size_t number, const sdk::Reply<hub::Answer>& answer);
  sdk::Status take_confirmation(std::size_t number, const sdk::Reply<hub::Answer>& answer);
  sdk::Status end(std::size_t number, const Fate& fate);

  struct UnderWay {
    std::size_t number;
    Step step;
  };
  Step& step_of(std::size_t number);

  sdk::Context& ctx_;
  Deletable& things_;
  Done done_;
  hub::Flight flight_;
  hub::RateWait limit_;
  std::vector<UnderWay> steps_;
  std::vector<std::size_t> held_;  // of them, those whose next request waits for the rate limit
};

}  // namespace dockerhub::repos::cleanup
