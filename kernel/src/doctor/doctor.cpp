#include "doctor/doctor.hpp"

#include <algorithm>
#include <array>
#include <condition_variable>
#include <future>
#include <mutex>
#include <thread>

#include "doctor/checks.hpp"

namespace dockerhub {
namespace {

constexpr std::array<std::string_view, 4> kLevels = {"ok", "note", "warning", "problem"};

http::Control control_of(const DiagnosisOptions& options) {
  return {http::Control::Clock::now() + options.time, options.stop};
}

// A check that the system may hang: it runs on a thread that is left behind when its time is over, so it
// holds everything that it uses.
class FileCheck {
 public:
  using Function = std::function<Findings(const std::stop_token&)>;

  FileCheck(std::string name, Function function) : name_(std::move(name)) {
    std::thread([state = state_, function = std::move(function)] {
      Findings found = function(state->stop.get_token());
      const std::lock_guard lock(state->mutex);
      state->found = std::move(found);
      state->ready.notify_all();
    }).detach();
  }

  Findings wait(const DiagnosisOptions& options, http::Control::Clock::time_point end) {
    std::unique_lock lock(state_->mutex);
    if (state_->ready.wait_until(lock, options.stop, end,
                                 [this] { return state_->found.has_value(); }))
      return std::move(*state_->found);
    state_->stop.request_stop();
    const bool cancelled = options.stop.stop_requested();
    return {{Finding::Level::problem, name_, "",
             cancelled ? "cancelled"
                       : "no result within " + std::to_string(options.time.count()) + " ms",
             cancelled ? "Run it again." : "See whether the disk or a network file system hangs."}};
  }

 private:
  struct State {
    std::mutex mutex;
    std::condition_variable_any ready;
    std::optional<Findings> found;
    std::stop_source stop;
  };

  std::string name_;
  std::shared_ptr<State> state_ = std::make_shared<State>();
};

// The hosts side by side; then the clock, from what they told.
Findings check_network(const Services& services, const DiagnosisOptions& options) {
  std::vector<std::future<ApiReport>> running;
  for (const Api& api : apis()) {
    running.push_back(std::async(std::launch::async, [&services, &options, api] {
      return check_api(services, api, control_of(options));
    }));
  }
  Findings findings;
  std::vector<std::chrono::milliseconds> offsets;
  for (auto& api : running) {
    ApiReport report = api.get();
    for (Finding& finding : report.findings) findings.push_back(std::move(finding));
    if (report.clock_offset) offsets.push_back(*report.clock_offset);
  }
  for (Finding& finding : check_clock(offsets)) findings.push_back(std::move(finding));
  return findings;
}

void append(Findings& all, Findings more) {
  for (Finding& finding : more) all.push_back(std::move(finding));
}

std::shared_ptr<Trail> trail_to_check(const Services& services, const DiagnosisPlaces& places) {
  if (!services.trail) return nullptr;
  const Configuration::Impl& settings = services.configuration.impl();
  return make_trail(settings, places.trail);
}

// What to do where the error that a check met does not say it.
struct UsualHint {
  std::string_view check, hint;
};
constexpr std::array<UsualHint, 4> kUsualHints = {{
    {"api", "Ask it by other means (curl); with log.level debug each request is logged."},
    {"credential", "Log in again (dockerhub login), or mend the file that is named."},
    {"disk", "Look at the folder, its owner and its mode."},
    {"trail", "Look at the folder and its files; docs/trail.md says what they have to be."},
}};

void complete(Findings& findings) {
  for (Finding& finding : findings) {
    if (finding.level == Finding::Level::ok || !finding.hint.empty()) continue;
    const auto* const usual =
        std::find_if(kUsualHints.begin(), kUsualHints.end(),
                     [&](const UsualHint& row) { return row.check == finding.check; });
    if (usual != kUsualHints.end()) finding.hint = usual->hint;
  }
}

void redact(const Redactor& redactor, Findings& findings) {
  for (Finding& finding : findings) {
    for (std::string* text : {&finding.subject, &finding.message, &finding.hint})
      *text = redactor.text(*text);
  }
}

}  // namespace

std::string_view finding_level_name(Finding::Level level) {
  return kLevels[static_cast<std::size_t>(level)];
}

std::vector<Finding> diagnose(const Services& services, const DiagnosisPlaces& places,
                              const std::vector<ModuleInfo>& modules,
                              const DiagnosisOptions& options) {
  // Those of files run while the others are waited for.
  const auto end = http::Control::Clock::now() + options.time;
  const auto folder = [](const char* name, const std::filesystem::path& path) {
    return FileCheck("disk", [name = std::string(name), path](const std::stop_token&) {
      return check_folder_place(name, path);
    });
  };
  std::array<FileCheck, 3> files = {
      folder("configuration", services.configuration.impl().user_directory),
      folder("cache", places.cache), folder("trail", places.trail)};
  FileCheck logins("credential", [configuration = services.configuration](const std::stop_token&) {
    return check_logins(configuration);
  });
  FileCheck trail("trail", [trail = trail_to_check(services, places)](const std::stop_token& stop) {
    return check_trail_chain(trail, stop);
  });
  Findings all = check_configuration(services.configuration);
  if (options.network) append(all, check_network(services, options));
  append(all, check_credential(services, options.network, control_of(options)));
  append(all, logins.wait(options, end));
  append(all, check_modules(modules));
  for (FileCheck& check : files) append(all, check.wait(options, end));
  append(all, trail.wait(options, end));
  complete(all);
  redact(*services.redactor, all);
  return all;
}

}  // namespace dockerhub
