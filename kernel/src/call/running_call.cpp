#include "call/running_call.hpp"

namespace dockerhub {
namespace {

std::stop_token unload_token(const std::shared_ptr<Instance>& instance) {
  return instance ? instance->stop_token() : std::stop_token();
}

}  // namespace

RunningCall::RunningCall(Frame frame, std::shared_ptr<Instance> instance)
    : frame_(std::move(frame)),
      instance_(std::move(instance)),
      effect_(frame_.effect),
      on_caller_stop_(frame_.caller.stop, [this] { stop_.request_stop(); }),
      on_unload_(unload_token(instance_), [this] { stop_.request_stop(); }) {}

bool RunningCall::timed_out() const {
  return frame_.deadline && Clock::now() >= *frame_.deadline;
}

std::optional<std::chrono::milliseconds> RunningCall::remaining() const {
  if (!frame_.deadline) return std::nullopt;
  const auto left = std::chrono::ceil<std::chrono::milliseconds>(*frame_.deadline - Clock::now());
  return std::max(left, std::chrono::milliseconds(0));
}

dh_status RunningCall::alive() const {
  if (cancelled()) return DH_E_CANCELLED;
  return timed_out() ? DH_E_TIMEOUT : DH_OK;
}

dh_status RunningCall::pause(std::chrono::milliseconds time) {
  Clock::time_point end = Clock::now() + time;
  if (frame_.deadline) end = std::min(end, *frame_.deadline);
  std::unique_lock lock(pause_mutex_);
  pause_.wait_until(lock, stop_.get_token(), end, [] { return false; });
  return alive();
}

dh_status RunningCall::fail(Error error, dh_status status) {
  answers_.error = std::move(error);
  return status;
}

dh_status RunningCall::invalid(std::string message) {
  Error error;
  error.kind = ErrorKind::module_fault;
  error.message = "module of tool '" + std::string(frame_.tool) + "', action '" +
                  std::string(frame_.action) + "': " + std::move(message);
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
  handles_.emplace(next_handle_, std::move(handle));
  return next_handle_++;
}

}  // namespace dockerhub
