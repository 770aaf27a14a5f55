#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <limits>
#include <utility>

#include "answer_program.hpp"
#include "dockerhub/build_info.hpp"

// Headers for C only; what they include is above.
extern "C" {
#include <jq.h>
}

namespace dockerhub::cli {
namespace {

// libjq's functions take over what they are given and give what the caller has to free.
class Owned {
 public:
  explicit Owned(jv value) : value_(value) {}
  Owned(const Owned&) = delete;
  Owned& operator=(const Owned&) = delete;
  ~Owned() { jv_free(value_); }

  jv copy() const { return jv_copy(value_); }
  jv_kind kind() const { return jv_get_kind(value_); }

 private:
  jv value_;
};

std::string bytes_of(const Owned& text) {
  const Owned held(text.copy());
  const jv copy = held.copy();
  std::string bytes(jv_string_value(copy),
                    static_cast<std::size_t>(jv_string_length_bytes(held.copy())));
  jv_free(copy);
  return bytes;
}

std::string text_of(const Owned& value) {
  if (value.kind() == JV_KIND_STRING) return bytes_of(value);
  return bytes_of(Owned(jv_dump_string(value.copy(), 0)));
}

// Its messages begin with its own name and come with a line that only counts them.
void keep_message(void* messages, jv message) {
  const Owned formatted(jq_format_error(message));
  if (formatted.kind() != JV_KIND_STRING) return;
  std::string& text = *static_cast<std::string*>(messages);
  if (text.empty()) text = bytes_of(formatted);
}

// `input` has nothing behind the one value, and `debug` nobody to tell. Both have to be set: this libjq leaves
// them undefined.
jv no_input(jq_state* /*state*/, void* /*data*/) {
  return jv_invalid_with_msg(jv_string("No more inputs"));
}

void keep_silent(void* /*data*/, jv message) {
  jv_free(message);
}

std::string without_prefix(std::string message) {
  for (const std::string_view prefix : {"jq: ", "error: "}) {
    if (message.rfind(prefix, 0) == 0) message.erase(0, prefix.size());
  }
  message.erase(std::min(message.find('\n'), message.size()));
  while (!message.empty() && (message.back() == ':' || message.back() == ' ')) message.pop_back();
  return message;
}

struct EndState {
  void operator()(jq_state* state) const { jq_teardown(&state); }
};

class LibjqProgram : public AnswerProgram {
 public:
  explicit LibjqProgram(std::unique_ptr<jq_state, EndState> state) : state_(std::move(state)) {}

  std::string_view option() const override { return "--jq"; }

  std::optional<std::string> run(std::string_view input, const Take& take) override {
    if (input.size() > static_cast<std::size_t>(std::numeric_limits<int>::max()))
      return "the answer is too large";
    const Owned parsed(jv_parse_sized(input.data(), static_cast<int>(input.size())));
    if (parsed.kind() == JV_KIND_INVALID) return "the answer is no JSON";
    jq_start(state_.get(), parsed.copy(), 0);
    while (true) {
      const Owned value(jq_next(state_.get()));
      if (value.kind() == JV_KIND_INVALID) return end_of(value);
      if (!take(text_of(value), value.kind() == JV_KIND_STRING)) return std::nullopt;
    }
  }

 private:
  // The last thing that comes is no value, with or without a message.
  std::optional<std::string> end_of(const Owned& last) {
    if (jq_halted(state_.get()) != 0) return halted();
    if (jv_invalid_has_msg(last.copy()) == 0) return std::nullopt;
    return text_of(Owned(jv_invalid_get_msg(last.copy())));
  }

  std::optional<std::string> halted() {
    const Owned code(jq_get_exit_code(state_.get()));
    const Owned message(jq_get_error_message(state_.get()));
    if (code.kind() == JV_KIND_INVALID) return std::nullopt;
    return message.kind() == JV_KIND_INVALID ? "it was halted" : text_of(message);
  }

  std::unique_ptr<jq_state, EndState> state_;
};

tl::expected<std::unique_ptr<AnswerProgram>, std::string> compile(const std::string& expression) {
  std::unique_ptr<jq_state, EndState> state(jq_init());
  if (!state) return tl::make_unexpected(std::string("libjq has no memory"));
  // No folder of modules; without a list libjq aborts the process at `import`.
  jq_set_attr(state.get(), jv_string("JQ_LIBRARY_PATH"), jv_array());
  jq_set_input_cb(state.get(), no_input, nullptr);
  jq_set_debug_cb(state.get(), keep_silent, nullptr);
  std::string message;
  jq_set_error_cb(state.get(), keep_message, &message);
  const bool is_good = jq_compile(state.get(), expression.c_str()) != 0;
  jq_set_error_cb(state.get(), nullptr, nullptr);
  if (!is_good) return tl::make_unexpected(without_prefix(std::move(message)));
  return std::make_unique<LibjqProgram>(std::move(state));
}

}  // namespace
}  // namespace dockerhub::cli

extern "C" __attribute__((visibility("default")))
const dockerhub::cli::AnswerLanguage dh_jq_library = {dockerhub::kVersion, dockerhub::cli::compile};
