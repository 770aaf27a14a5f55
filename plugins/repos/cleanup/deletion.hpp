// Deletes many things side by side, each by a look, a DELETE and, where the answer to that was lost, another
// look: a deletion is never repeated unless the server surely did not do it. Inside a call, on its thread.
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
  virtual std::string objection(std::size_t number, const hub::Answer& answer) const = 0;
};

class Deletion {
 public:
  using Done = std::function<sdk::Status(std::size_t number, const Fate& fate)>;

  Deletion(sdk::Context& ctx, const Deletable& things, Done done);

  // Begins with one; waits for room before that.
  sdk::Status add(std::size_t number);
  // Waits until all that were added have their fate.
  sdk::Status drain();

 private:
  enum class Step { look, remove, confirm };

  void send(std::size_t number, Step step);
  sdk::Status land();
  sdk::Status take(std::size_t number, const sdk::Reply<hub::Answer>& answer);
  sdk::Status take_look(std::size_t number, const hub::Answer& answer);
  sdk::Status take_removal(std::size_t number, const sdk::Reply<hub::Answer>& answer);
  sdk::Status take_confirmation(std::size_t number, const sdk::Reply<hub::Answer>& answer);
  sdk::Status end(std::size_t number, const Fate& fate);

  struct UnderWay {
    std::size_t number;
    Step step;
    std::size_t round;  // of the waits for the rate limit, when it was sent
  };
  UnderWay& under_way(std::size_t number);

  sdk::Context& ctx_;
  const Deletable& things_;
  Done done_;
  hub::Flight flight_;
  hub::RateWait limit_;
  std::vector<UnderWay> steps_;
};

}  // namespace dockerhub::repos::cleanup
