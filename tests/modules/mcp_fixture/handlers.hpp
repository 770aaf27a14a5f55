// The handlers of the fixture module, by the file that has them. The names and texts of the tools,
// resources and prompts are those that the official MCP conformance suite calls.
#pragma once

#include <dockerhub/plugin.hpp>
#include <mutex>
#include <set>
#include <string>
#include <string_view>

namespace fixture {

using dockerhub::sdk::Context;
using dockerhub::sdk::Status;

// The resources that somebody watches. Any thread.
class Watched {
 public:
  void set(std::string_view uri, bool on) {
    const std::lock_guard lock(mutex_);
    if (on) {
      uris_.emplace(uri);
    } else {
      uris_.erase(std::string(uri));
    }
  }
  std::set<std::string> all() {
    const std::lock_guard lock(mutex_);
    return uris_;
  }

 private:
  std::mutex mutex_;
  std::set<std::string> uris_;
};

inline constexpr std::string_view kWatchedUri = "test://watched-resource";

// A transparent pixel, and a silent sound of two samples.
inline constexpr std::string_view kPng(
    "\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0\x1f\x15\xc4\x89\0\0\0\rIDATx"
    "\xda"
    "c\xfc\xcf\xc0P\x0f\0\x04\x85\x01\x80\x84\xa9\x8c!\0\0\0\0IEND\xae"
    "B`\x82",
    70);
inline constexpr std::string_view kPngBase64 =
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJg"
    "gg==";
inline constexpr std::string_view kWav(
    "RIFF\x28\0\0\0WAVEfmt \x10\0\0\0\x01\0\x01\0\x40\x1f\0\0\x80\x3e\0\0\x02\0\x10\0data\x04\0\0\0"
    "\0\0\0\0",
    48);

// content_tools.cpp
Status simple_text(Context& ctx);
Status image_content(Context& ctx);
Status audio_content(Context& ctx);
Status embedded_resource(Context& ctx);
Status multiple_content_types(Context& ctx);
Status with_progress(Context& ctx);
Status error_handling(Context& ctx);
Status any_arguments(Context& ctx);
Status with_logging(Context& ctx);
Status logging_tool(Context& ctx);
Status reconnection(Context& ctx);
Status trigger_tool_change(Context& ctx);
Status trigger_prompt_change(Context& ctx);
Status trigger_resource_change(Watched& watched, Context& ctx);
// Longer than the moment after which a call becomes a task.
Status take_long(Context& ctx);
Status greet(Context& ctx);
Status slow_compute(Context& ctx);
Status failing_job(Context& ctx);
Status protocol_error_job(Context& ctx);

// asking_tools.cpp
Status sampling(Context& ctx);
Status elicitation(Context& ctx);
Status elicitation_defaults(Context& ctx);
Status elicitation_enums(Context& ctx);
Status missing_capability(Context& ctx);
Status streaming_elicitation(Context& ctx);
Status asks_name(Context& ctx);
Status asks_model(Context& ctx);
Status asks_roots(Context& ctx);
Status asks_with_state(Context& ctx);
Status asks_several(Context& ctx);
Status asks_twice_as_task(Context& ctx);
Status asks_before_task(Context& ctx);
Status asks_in_rounds(Context& ctx);
Status asks_what_is_declared(Context& ctx);
Status confirm_delete(Context& ctx);
Status context_prompt(Context& ctx);

// prompts.cpp
Status simple_prompt(Context& ctx);
Status prompt_with_arguments(Context& ctx);
Status prompt_with_resource(Context& ctx);
Status prompt_with_image(Context& ctx);
Status complete(Context& ctx);
Status static_text(Context& ctx);
Status static_binary(Context& ctx);
Status template_data(Context& ctx);
Status watched_resource(Context& ctx);

}  // namespace fixture
