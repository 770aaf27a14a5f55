#include "verdict.hpp"

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <string_view>

namespace dockerhub::test {
namespace {

bool is_write(const JournalEntry& entry) {
  return entry.method != "GET" && entry.method != "HEAD" && !entry.is_log_in();
}

// Begins an upload that has no name yet; it ends by itself.
bool begins_upload(const JournalEntry& entry) {
  return entry.method == "POST" && entry.path.ends_with("/blobs/uploads/");
}

bool is_same(const JournalEntry& one, const JournalEntry& other) {
  return one.listener == other.listener && one.method == other.method && one.path == other.path &&
         one.query == other.query && one.body == other.body && one.body_size == other.body_size;
}

// Whether the server surely did not execute it, and said so: a refused log-in, or a limit.
bool was_refused(const JournalEntry& entry) {
  constexpr int kUnauthorized = 401, kTooManyRequests = 429;
  return entry.status == kUnauthorized || entry.status == kTooManyRequests;
}

// Whether what became of a write was asked before it was sent again: the registry knows by its path.
bool was_asked_about(const std::vector<JournalEntry>& requests, std::size_t from, std::size_t to) {
  return std::any_of(requests.begin() + static_cast<std::ptrdiff_t>(from) + 1,
                     requests.begin() + static_cast<std::ptrdiff_t>(to),
                     [&](const JournalEntry& entry) {
                       return !is_write(entry) && entry.listener == "registry" && entry.status != 0;
                     });
}

bool is_one_of(const std::vector<std::string>& types, const std::string& type) {
  return std::find(types.begin(), types.end(), type) != types.end();
}

bool fits_type(const Circumstances& under, const std::string& type) {
  // A log-in that failed is a refused one, or a service that failed.
  if (under.of_log_in && (type == "AuthError" || type == "ApiError")) return true;
  return is_one_of(under.fault->types, type) || is_one_of(under.action->types, type);
}

std::string wrong_error(const Circumstances& under, const Observation& seen) {
  if (!fits_type(under, seen.outcome())) return "ended with " + seen.result.envelope;
  const Error& error = *seen.result.error;
  return error.message.empty() || error.hint.empty() ? "an error without message or hint" : "";
}

// Whether what it was told in a body was spoiled. Those of refusals, and of 201 and its like, may be empty.
bool spoiled_body(const Observation& seen) {
  constexpr int kOk = 200;
  return std::any_of(seen.requests.begin(), seen.requests.end(), [](const JournalEntry& entry) {
    return !entry.fault.empty() && entry.status == kOk && entry.method != "HEAD";
  });
}

std::string wrong_success(const Circumstances& under, const Observation& plain,
                          const Observation& seen) {
  const Passes passes = under.fault->passes;
  if (under.action->tells_failures || seen.result.outcome == Outcome::partial) return {};
  const bool may = passes != Passes::no && (passes != Passes::empty || !spoiled_body(seen));
  if (under.always && !may) return "succeeded: " + seen.result.envelope;
  const bool may_differ = passes == Passes::other || under.action->differs;
  if (may_differ || seen.data() == plain.data()) return {};
  return "succeeded with another answer: " + seen.result.envelope + " instead of " +
         plain.result.envelope;
}

// The whole matrix has its machine for itself.
bool is_quick() {
#ifdef DOCKERHUB_SLOW_PROGRAM
  return false;
#else
  const char* wanted = std::getenv("DOCKERHUB_FAULT_MATRIX");
  return wanted != nullptr && std::string_view(wanted) == "whole";
#endif
}

// The deadline is ours, and what comes after it is the end of the call alone.
std::chrono::milliseconds most_time(std::chrono::milliseconds deadline) {
  constexpr int kMostTimes = 10;
  const std::chrono::seconds to_end(is_quick() ? 2 : 10);
  return std::min<std::chrono::milliseconds>(kMostTimes * deadline, deadline + to_end);
}

// A file that the call without a fault does not leave is one that was half written; an index names an
// image, all of which has to be there.
std::string wrong_file(const Observation& plain, const Observation& seen) {
  for (const std::string& file : seen.files) {
    if (std::find(plain.files.begin(), plain.files.end(), file) == plain.files.end()) return file;
    if (file.starts_with("index.json") && seen.files != plain.files) return file;
  }
  return {};
}

std::string told_secret(const Observation& seen, const std::vector<std::string>& secrets) {
  for (const std::string& secret : secrets) {
    if (seen.told.find(secret) != std::string::npos) return secret;
  }
  return {};
}

}  // namespace

std::string write_sent_twice(const std::vector<JournalEntry>& requests) {
  for (std::size_t later = 0; later < requests.size(); ++later) {
    if (!is_write(requests[later]) || begins_upload(requests[later])) continue;
    for (std::size_t first = 0; first < later; ++first) {
      if (is_same(requests[first], requests[later]) && !was_refused(requests[first]) &&
          !was_asked_about(requests, first, later))
        return requests[first].text();
    }
  }
  return {};
}

std::vector<std::string> faults_found(const Circumstances& under, const Observation& plain,
                                      const Observation& seen,
                                      const std::vector<std::string>& secrets) {
  std::vector<std::string> found;
  if (!seen.met_fault()) found.push_back("did not send the request that the fault was for");
  const std::string outcome =
      seen.result.error ? wrong_error(under, seen) : wrong_success(under, plain, seen);
  if (!outcome.empty()) found.push_back(outcome);
  if (seen.time > most_time(seen.timeout))
    found.push_back("took " + std::to_string(seen.time.count()) + " ms");
  const std::string file = wrong_file(plain, seen);
  if (!file.empty()) found.push_back("left the file " + file);
  const std::string secret = told_secret(seen, secrets);
  if (!secret.empty()) found.push_back("told the secret " + secret);
  const std::string twice = write_sent_twice(seen.requests);
  if (!twice.empty()) found.push_back("sent again: " + twice);
  return found;
}

}  // namespace dockerhub::test
