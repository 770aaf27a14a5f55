// The faults that are to be played, and the choice of one for a request. They are told apart by id; the
// oldest that fits a request is played. Not thread-safe.
#pragma once

#include <cstdint>
#include <list>
#include <optional>
#include <random>
#include <string>
#include <string_view>

#include "faults/kinds.hpp"

namespace dockerhub::sandbox {

struct Fault {
  std::uint64_t id = 0;
  const FaultKind* kind = nullptr;
  FaultParameters parameters;
  std::string listener;               // empty: any
  std::string method;                 // empty: any
  std::string path;                   // a regular expression (PCRE) for the whole path; empty: any
  std::string prefix;                 // of the path; empty: any
  std::int64_t after = 0;             // requests that fit and are let through first
  std::optional<std::int64_t> times;  // how often it is played; nullopt: always
  double probability = 1;             // of being played when it could be
};

class FaultBook {
 public:
  // Adds a fault as its JSON object says, or every one of an array (then all or none). The error says
  // which member is wrong. Gives the ids.
  Result<std::vector<std::uint64_t>> add(const json::Value& wanted);
  void add(Fault fault);
  bool remove(std::uint64_t id);
  void clear() { faults_.clear(); }

  // What chance is drawn from: the same seed gives the same faults for the same requests.
  void seed(std::uint64_t seed);
  // What there is now is what restart() comes back to, and the draws begin anew.
  void mark_start() { start_ = faults_; }
  void restart();

  // The fault for this request; counts it.
  std::optional<Fault> take(const Request& request);

  JsonText describe() const;

 private:
  bool draws(const Fault& fault);

  std::list<Fault> faults_;
  std::list<Fault> start_;
  std::uint64_t seed_ = 0;
  std::mt19937_64 chance_{seed_};  // as after restart(): what tests see can be seen again
  std::uint64_t last_id_ = 0;
};

}  // namespace dockerhub::sandbox
