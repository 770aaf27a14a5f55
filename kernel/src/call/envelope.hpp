// The uniform envelope around every answer: {"status_code", "data", "rate_limit", ...} or
// {"error": {...}, "rate_limit"}. Plain data; the texts in it are JSON where the comment says so.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "dockerhub/kernel.hpp"
#include "http/limits.hpp"

namespace dockerhub {

struct Envelope {
  int status_code = 200;
  std::string data = "null";                                     // JSON
  std::vector<std::pair<std::string, std::string>> annotations;  // key -> JSON
  std::vector<std::string> warnings;
  Outcome outcome = Outcome::ok;
  std::string outcome_text;
  bool dry_run = false;
  std::string request_id;
  std::optional<http::RateLimit> rate_limit;
};

// True for the keys beside `data` that every reader knows.
bool is_known_key(std::string_view key);

std::string_view outcome_name(Outcome outcome);

// Fills in the result's envelope, and what it says of it.
void write_envelope(const Envelope& envelope, CallResult& result);
std::string write_envelope(const Error& error, std::string_view request_id,
                           const std::optional<http::RateLimit>& rate_limit = {});

}  // namespace dockerhub
