#include "call/running_call.hpp"

#include <condition_variable>
#include <mutex>

#include "base/json.hpp"

namespace dockerhub {
namespace {

// An answer that nobody takes piece by piece has to fit into memory.
constexpr std::size_t kMaxAnswer = 64U * 1024 * 1024;
constexpr std::size_t kMaxHandles = 256;

std::stop_token unload_token(const std::shared_ptr<Instance>& instance) {
  return instance ? instance->stop_token() : std::stop_token();
}

void learn_secrets(CallRedaction& redaction, const Action& row, const std::string& params) {
  const auto is_secret = [](const Parameter& parameter) { return parameter.secret; };
  if (std::none_of(row.parameters.begin(), row.parameters.end(), is_secret)) return;
  const auto document = json::parse(params);
  if (!document) return;
  for (const Parameter& parameter : row.parameters) {
    if (parameter.secret) redaction.learn(json::text_of(*document, parameter.name));
  }
}

}  // namespace

RunningCall::RunningCall(Frame frame, std::shared_ptr<Instance> instance)
    : frame_(std::move(frame)),
      instance_(std::move(instance)),
      redaction_(*frame_.services.redactor),
      on_caller_stop_(frame_.caller.stop, PassOn{stop_}),
      on_unload_(unload_token(instance_), PassOn{stop_}) {
  if (frame_.row != nullptr) learn_secrets(redaction_, *frame_.row, frame_.params);
}

bool RunningCall::timed_out() const {
  return frame_.deadline && Clock::now() >= *frame_.deadline;
}

std::optional<std::chrono::milliseconds> RunningCall::remaining() const {
  if (!frame_.deadline) return std::nullopt;
  const auto left = std::chrono::ceil<std::chrono::milliseconds>(*frame_.deadline - Clock::now());
  return std::max(left, std::chrono::milliseconds(0));
}

dh_status RunningCall::alive() const {
  if (suspended_) return DH_SUSPENDED;
  if (cancelled()) return DH_E_CANCELLED;
  return timed_out() ? DH_E_TIMEOUT : DH_OK;
}

dh_status RunningCall::pause(std::chrono::milliseconds time) {
  Clock::time_point end = Clock::now() + time;
  if (frame_.deadline) end = std::min(end, *frame_.deadline);
  std::mutex mutex;
  std::unique_lock lock(mutex);
  std::condition_variable_any stopped;
  stopped.wait_until(lock, stop_.get_token(), end, [] { return false; });
  return alive();
}

bool RunningCall::charge(std::size_t bytes) {
  // What a small piece really takes is its record, not its text.
  constexpr std::size_t kRecord = 64;
  if (bytes > kMaxAnswer || charged_ > kMaxAnswer - bytes) return false;
  charged_ += bytes + kRecord;
  return true;
}

dh_status RunningCall::fail(Error error, dh_status status) {
  error_ = std::move(error);
  error_status_ = status;
  return status;
}

const Error* RunningCall::error_of(dh_status status) const {
  // What a handler states by fail() is its last word, whatever number it then returns.
  const bool fits =
      status == error_status_ || status == DH_E_FAILED || error_status_ == DH_E_FAILED;
  return error_ && fits ? &*error_ : nullptr;
}

dh_status RunningCall::invalid(std::string message) {
  Error error;
  error.kind = ErrorKind::module_fault;
  error.message = "module of '" + std::string(tool()) + "', '" + std::string(action()) +
                  "': " + std::move(message);
  error.hint = "This is a mistake in the module: report it to its publisher.";
  if (!mistake_) mistake_ = error;
  return fail(std::move(error), DH_E_INVALID);
}

dh_str RunningCall::lend(std::string_view slot, std::string text) {
  const std::string& kept =
      lent_.insert_or_assign(std::string(slot), std::move(text)).first->second;
  return {kept.data(), kept.size()};
}

dh_handle RunningCall::add(std::unique_ptr<CallHandle> handle) {
  if (handles_.size() >= kMaxHandles) return 0;
  handles_.emplace(next_handle_, std::move(handle));
  return next_handle_++;
}

}  // namespace dockerhub
