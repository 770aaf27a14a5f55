#include "stage.hpp"

#include <rapidjson/pointer.h>

#include <algorithm>
#include <filesystem>
#include <mutex>
#include <regex>

#include "base/json.hpp"
#include "directory_store.hpp"

namespace dockerhub::test {
namespace {

using json::Document;
using json::Value;

// Keeps what a call tells while it runs. Log lines may come from several threads.
class Listener {
 public:
  void hear(std::string_view text) {
    const std::lock_guard lock(mutex_);
    (told_ += text) += '\n';
  }
  std::string told() const { return told_; }

 private:
  std::mutex mutex_;
  std::string told_;
};

Caller caller_of(Listener& listener, const std::filesystem::path& folder) {
  Caller caller;
  caller.approve = [&listener](const Question& question) {
    listener.hear(question.text);
    return Decision::approved;
  };
  caller.progress = [&listener](const Progress& progress) { listener.hear(progress.message); };
  caller.log_level = LogLevel::debug;
  caller.log = [&listener](LogLevel, std::string_view, std::string_view text) {
    listener.hear(text);
  };
  caller.store = [folder](std::string_view, std::string_view, bool writable) {
    return cli::open_directory_store(folder, writable);
  };
  return caller;
}

std::string with(std::string text, const std::string& what, const std::string& other) {
  for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what))
    text.replace(at, what.size(), other);
  return text;
}

// The parameters with what the steps before took.
std::string filled(std::string params, const std::map<std::string, std::string>& taken) {
  for (const auto& [name, value] : taken) params = with(params, "\"$" + name + '"', value);
  return params;
}

void take(const Step& step, const CallResult& result, std::map<std::string, std::string>& taken) {
  const auto envelope = parsed(result.envelope);
  for (const auto& [name, pointer] : step.take) {
    const Value* value = rapidjson::Pointer(pointer.c_str()).Get(envelope);
    taken[name] = value == nullptr ? "null" : json::write(*value);
  }
}

// Names and sizes of the files below a folder, which need not be there.
std::vector<std::string> files_below(const std::filesystem::path& folder) {
  std::vector<std::string> files;
  std::error_code none;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder, none)) {
    if (!entry.is_regular_file()) continue;
    files.push_back(entry.path().lexically_relative(folder).string() + ", " +
                    std::to_string(entry.file_size()) + " bytes");
  }
  std::sort(files.begin(), files.end());
  return files;
}

}  // namespace

std::string Observation::outcome() const {
  return result.error ? std::string(type_name(result.error->kind)) : "ok";
}

std::string Observation::data() const {
  static const std::regex kFleeting(
      R"((https?://)?127\.0\.0\.1:\d+|\d{4}-\d\d-\d\d[T ][^"]*|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f-]+|(eyJ|dckr_)[^"]*)");
  if (result.error) return {};
  const auto envelope = parsed(result.envelope);
  const Value* data = json::find(envelope, "data");
  return data == nullptr ? "" : std::regex_replace(json::write(*data), kFleeting, "*");
}

bool Observation::met_fault() const {
  return std::any_of(requests.begin(), requests.end(),
                     [](const JournalEntry& entry) { return !entry.fault.empty(); });
}

Stage::Stage() : plain_({"--set", "delete_referenced=on"}) {}

Sandbox& Stage::sandbox_of(bool over_tls) {
  if (!over_tls) return plain_;
  if (secure_ == nullptr) {
    const std::string certificate = (authority_.path() / "authority.pem").string();
    secure_ = std::make_unique<Sandbox>(std::vector<std::string>{
        "--set", "delete_referenced=on", "--tls", "self-signed", "--ca-out", certificate});
  }
  return *secure_;
}

std::map<std::string, std::string> Stage::variables_of(bool over_tls) {
  auto variables = impatient_variables(sandbox_of(over_tls));
  if (over_tls) variables["SSL_CERT_FILE"] = (authority_.path() / "authority.pem").string();
  return variables;
}

Observation Stage::run(const PlannedAction& action, const Conditions& conditions) {
  Sandbox& sandbox = sandbox_of(conditions.over_tls);
  sandbox.reset();
  Listener listener;
  Hooks hooks;
  hooks.log = [&listener](LogLevel, std::string_view line) { listener.hear(line); };
  const TemporaryHome folder;
  const std::filesystem::path store = folder.path() / "image";
  const Caller caller = caller_of(listener, store);

  std::map<std::string, std::string> taken;
  if (!action.before.empty()) {
    TestKernel kernel(variables_of(conditions.over_tls), hooks);
    for (const Step& step : action.before) {
      const CallResult result = kernel->call(request(step.tool, step.action, step.params), caller);
      take(step, result, taken);
    }
  }
  TestKernel kernel(variables_of(conditions.over_tls), hooks);
  sandbox.clear_journal();
  if (!conditions.faults.empty()) sandbox.play(conditions.faults);
  CallRequest call = request(action.tool, action.action, filled(action.params, taken));
  call.options.timeout = conditions.timeout;
  Observation seen;
  seen.timeout = conditions.timeout;
  const auto start = std::chrono::steady_clock::now();
  seen.result = kernel->call(call, caller);
  seen.time = std::chrono::duration_cast<std::chrono::milliseconds>(
      std::chrono::steady_clock::now() - start);
  seen.requests = sandbox.journal();
  seen.files = files_below(store);
  listener.hear(seen.result.envelope);
  listener.hear(seen.result.verbatim);
  for (const Content& content : seen.result.contents) listener.hear(content.text);
  seen.told = listener.told();
  return seen;
}

std::vector<std::string> Stage::secrets_in(const std::vector<JournalEntry>& requests) const {
  std::vector<std::string> secrets = plain_.secrets();
  if (secure_ != nullptr)
    secrets.insert(secrets.end(), secure_->secrets().begin(), secure_->secrets().end());
  for (const JournalEntry& entry : requests) {
    const std::size_t blank = entry.authorization.find(' ');
    if (blank != std::string::npos) secrets.push_back(entry.authorization.substr(blank + 1));
  }
  return secrets;
}

std::map<std::string, std::string> impatient_variables(const Sandbox& sandbox) {
  std::map<std::string, std::string> variables = sandbox.environment();
  variables["DOCKER_HUB_TOKEN"] = "sandbox-password";
  variables["DOCKERHUB_ALLOW_DESTRUCTIVE"] = "true";
  variables["DOCKERHUB_MAX_RETRIES"] = "1";
  variables["DOCKERHUB_RETRY_AFTER_CAP"] = "2s";
  variables["DOCKERHUB_MAX_ANSWER"] = "1MiB";
  // Of an address that may belong to nobody, or to a network that answers nothing.
  variables["DOCKERHUB_CONNECT_TIMEOUT"] = "2s";
  variables["DOCKERHUB_LOG_LEVEL"] = "debug";
  return variables;
}

}  // namespace dockerhub::test
