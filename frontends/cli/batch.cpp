#include "batch.hpp"

#include <algorithm>
#include <array>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "errors.hpp"
#include "exit_codes.hpp"
#include "json.hpp"
#include "option_parser.hpp"

namespace dockerhub::cli {

namespace {

// Answers that wait for an earlier one, so that memory stays bounded.
constexpr std::size_t kMostWaiting = 64;

struct Answered {
  std::string text;
  std::size_t BatchEnd::*ending = &BatchEnd::failed;
  bool is_shown_once = false;
};

// What the user sees and hands over of one answer; a batch answers whole lines.
struct OptionOfOneAnswer {
  const char* name;
  std::optional<std::string> GlobalOptions::*value;
};

constexpr std::array<OptionOfOneAnswer, 9> kOfOneAnswer{{
    {"--out", &GlobalOptions::out},
    {"--to", &GlobalOptions::to},
    {"--output", &GlobalOptions::output},
    {"--columns", &GlobalOptions::columns},
    {"--sort", &GlobalOptions::sort},
    {"--json", &GlobalOptions::members},
    {"--jq", &GlobalOptions::jq},
    {"--template", &GlobalOptions::template_text},
    {"--params", &GlobalOptions::params},
}};

std::size_t BatchEnd::*ending_of(const CallResult& result) {
  if (result.error) return &BatchEnd::failed;
  return result.outcome == Outcome::partial ? &BatchEnd::partial : &BatchEnd::good;
}

std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    const std::string_view line = text.substr(0, end);
    if (line.find_first_not_of(" \t\r") != std::string_view::npos) lines.push_back(line);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
  return lines;
}

Result<CallRequest> request_of(std::string_view line) {
  constexpr const char* kForm = R"(Write {"tool": "TOOL", "action": "ACTION", "params": {}}.)";
  const auto call = json::parse(line);
  if (!call || !call->IsObject()) return Failure(usage_error("The line is no JSON object.", kForm));
  for (const auto& member : call->GetObject()) {
    const std::string_view name = json::view(member.name);
    const bool is_name = name == "tool" || name == "action";
    const bool fits =
        is_name ? member.value.IsString() : name == "params" && member.value.IsObject();
    if (!fits) return Failure(usage_error("\"" + visible(name) + "\" is not expected so.", kForm));
  }
  CallRequest request;
  request.tool = json::text_of(*call, "tool");
  request.action = json::text_of(*call, "action");
  if (request.tool.empty() || request.action.empty())
    return Failure(usage_error("\"tool\" and \"action\" are needed.", kForm));
  if (const json::Value* params = json::find(*call, "params"))
    request.params = json::write(*params);
  return request;
}

class Batch {
 public:
  Batch(Kernel& kernel, std::vector<std::string_view> lines, const BatchOptions& options,
        const Interruption& interruption)
      : kernel_(kernel), lines_(std::move(lines)), options_(options), answers_(lines_.size()) {
    caller_.principal = "command line";
    caller_.stop = interruption.token();
    caller_.approve = [yes = options.yes](const Question& question) {
      const bool is_fine = yes || question.effect != Effect::destructive;
      return is_fine ? Decision::approved : Decision::unavailable;
    };
  }

  BatchEnd run(OutputStream& out) {
    std::vector<std::jthread> workers;
    for (std::size_t i = 0; i < std::min(options_.parallel, lines_.size()); ++i)
      workers.emplace_back([this] { work(); });
    BatchEnd counts;
    bool is_read = true;
    for (std::size_t i = 0; i < lines_.size() && is_read; ++i) {
      const Answered answer = wait_for(i);
      ++(counts.*answer.ending);
      is_read = out.write(answer.text + "\n");
      if (!is_read) keep(answer, counts);
    }
    end();
    workers.clear();
    for (const auto& answer : answers_) {
      if (answer) keep(*answer, counts);
    }
    return counts;
  }

 private:
  static void keep(const Answered& answer, BatchEnd& counts) {
    if (answer.is_shown_once) counts.unread += answer.text + "\n";
  }

  bool is_shown_once(const CallRequest& request) const {
    const auto catalogue = kernel_.catalogue();
    const Tool* tool = catalogue->find_tool(request.tool);
    const Action* action = tool == nullptr ? nullptr : tool->find_action(request.action);
    return action != nullptr && !action->answer.shown_once.empty();
  }

  void work() {
    while (const auto index = next()) {
      Answered answer = answer_to(lines_[*index]);
      const std::lock_guard lock(mutex_);
      answers_[*index] = std::move(answer);
      changed_.notify_all();
    }
  }

  std::optional<std::size_t> next() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return ended_ || next_ < printed_ + kMostWaiting; });
    if (ended_ || next_ == lines_.size()) return std::nullopt;
    return next_++;
  }

  Answered answer_to(std::string_view line) {
    Result<CallRequest> request = request_of(line);
    if (!request) return {error_json(request.error()), &BatchEnd::failed, false};
    request->options = options_.call;
    CallResult result = kernel_.call(*request, caller_);
    const auto ending = ending_of(result);
    const bool has_value = !result.error && is_shown_once(*request);
    return {std::move(result.envelope), ending, has_value};
  }

  Answered wait_for(std::size_t index) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return answers_[index].has_value(); });
    Answered answer = std::move(*answers_[index]);
    answers_[index].reset();
    printed_ = index + 1;
    changed_.notify_all();
    return answer;
  }

  void end() {
    const std::lock_guard lock(mutex_);
    ended_ = true;
    changed_.notify_all();
  }

  Kernel& kernel_;
  std::vector<std::string_view> lines_;
  BatchOptions options_;
  Caller caller_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<std::optional<Answered>> answers_;
  std::size_t next_ = 0, printed_ = 0;
  bool ended_ = false;
};

}  // namespace

OptionRow batch_parallel_option() {
  return {"parallel", 0, true, {}};
}

Result<void> check_batch_options(const GlobalOptions& options) {
  for (const OptionOfOneAnswer& option : kOfOneAnswer) {
    if (!(options.*option.value)) continue;
    return Failure(usage_error(
        "`batch` takes no " + std::string(option.name) + ": each answer is a line of JSON.",
        "Leave it out; nothing was called. A value that is shown once stands in its line."));
  }
  return {};
}

int exit_code(const BatchEnd& end) {
  if (end.failed + end.partial == 0) return kExitOk;
  return end.good + end.partial == 0 ? kExitFailure : kExitPartial;
}

std::string batch_help() {
  return "Usage: dockerhub [options] batch FILE|- [--parallel NUMBER]\n\n"
         "Makes the calls of a file, or of standard input, one line of JSON each:\n\n"
         "  {\"tool\": \"TOOL\", \"action\": \"ACTION\", \"params\": {\"parameter\": "
         "\"value\"}}\n\n"
         "Each answer is a line of JSON, in the order of the calls; a call that fails is answered "
         "with its error\n"
         "and does not end the others. --parallel calls run at the same time (4; 1 to 16). Options "
         "of one answer\n"
         "(--out, --to, -o, --columns, --sort, --json, --jq, --template, --params) are refused. "
         "Exit code: 0 "
         "where all went\n"
         "well, a condition that is met among it; 9 where some failed or were partly done; 1 where "
         "all failed.\n\n"
         "Examples:\n"
         "  dockerhub batch calls.ndjson --parallel 8 > answers.ndjson\n"
         "  echo '{\"tool\": \"hub_repos\", \"action\": \"list\", \"params\": {\"namespace\": "
         "\"library\"}}' | dockerhub batch -\n";
}

BatchEnd run_batch(Kernel& kernel, std::string_view lines, const BatchOptions& options,
                   OutputStream& out, const Interruption& interruption) {
  return Batch(kernel, lines_of(lines), options, interruption).run(out);
}

}  // namespace dockerhub::cli
