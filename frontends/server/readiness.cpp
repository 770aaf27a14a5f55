#include "readiness.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include "json.hpp"

namespace dockerhub::server {
namespace {

struct Modules {
  std::int64_t usable = 0, refused = 0;
};

Modules count(const std::vector<ModuleInfo>& modules) {
  Modules counted;
  for (const ModuleInfo& module : modules) {
    if (module.state == ModuleState::refused) ++counted.refused;
    if (module.state == ModuleState::loaded || module.state == ModuleState::not_loaded)
      ++counted.usable;
  }
  return counted;
}

const char* word(const std::optional<bool>& reachable) {
  if (!reachable) return "unknown";
  return *reachable ? "reachable" : "unreachable";
}

// What the diagnosis calls the way to Docker Hub.
bool is_upstream(const Finding& finding) {
  static constexpr std::array<std::string_view, 4> kWay = {"dns", "connection", "tls", "api"};
  return std::find(kWay.begin(), kWay.end(), finding.check) != kWay.end();
}

}  // namespace

Readiness::Report Readiness::report(bool draining) {
  refresh();
  const Modules modules = count(kernel_.modules());
  std::optional<bool> reachable;
  {
    const std::lock_guard lock(mutex_);
    reachable = reachable_;
  }
  Report report;
  report.ready = !draining && modules.usable > 0 && reachable.value_or(true);
  report.json = json::object([&](json::Writer& writer) {
    json::put_member(writer, "status", draining ? "ending" : report.ready ? "ok" : "unavailable");
    writer.Key("modules");
    writer.StartObject();
    writer.Key("usable");
    writer.Int64(modules.usable);
    writer.Key("refused");
    writer.Int64(modules.refused);
    writer.EndObject();
    json::put_member(writer, "upstream", word(reachable));
  });
  return report;
}

void Readiness::refresh() {
  {
    const std::lock_guard lock(mutex_);
    const bool fresh = reachable_ && Clock::now() - checked_ < kFresh;
    if (checking_ || fresh) return;
    checking_ = true;
  }
  if (workers_.submit([this] { check(); })) return;
  const std::lock_guard lock(mutex_);
  checking_ = false;
}

void Readiness::check() {
  DiagnosisOptions options;
  options.time = kLongestCheck;
  options.stop = stop_.get_token();
  const std::vector<Finding> findings = kernel_.diagnose(options);
  const bool broken = std::any_of(findings.begin(), findings.end(), [](const Finding& finding) {
    return is_upstream(finding) && finding.level == Finding::Level::problem;
  });
  const std::lock_guard lock(mutex_);
  reachable_ = !broken;
  checked_ = Clock::now();
  checking_ = false;
}

}  // namespace dockerhub::server
