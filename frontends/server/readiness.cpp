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

const char* status_of(bool draining, bool ready, const std::optional<bool>& shared) {
  if (draining) return "ending";
  if (!ready) return "unavailable";
  return shared.value_or(true) ? "ok" : "degraded";
}

}  // namespace

Readiness::Readiness(const Kernel& kernel, WorkerPool& workers, SharedStore* shared)
    : kernel_(kernel), upstream_(workers, kFresh, [this] { return reaches_upstream(); }) {
  if (shared == nullptr) return;
  shared_.emplace(workers, kStateFresh, [shared] { return shared->check().has_value(); });
}

Readiness::Report Readiness::report(bool draining) {
  const Modules modules = count(kernel_.modules());
  const std::optional<bool> reachable = upstream_.last();
  const std::optional<bool> shared = shared_ ? shared_->last() : std::nullopt;
  Report report;
  report.ready = !draining && modules.usable > 0 && reachable.value_or(true);
  report.json = json::object([&](json::Writer& writer) {
    json::put_member(writer, "status", status_of(draining, report.ready, shared));
    writer.Key("modules");
    writer.StartObject();
    writer.Key("usable");
    writer.Int64(modules.usable);
    writer.Key("refused");
    writer.Int64(modules.refused);
    writer.EndObject();
    json::put_member(writer, "upstream", word(reachable));
    if (shared_) json::put_member(writer, "shared_state", word(shared));
  });
  return report;
}

bool Readiness::reaches_upstream() {
  DiagnosisOptions options;
  options.time = kLongestCheck;
  options.stop = stop_.get_token();
  const std::vector<Finding> findings = kernel_.diagnose(options);
  return std::none_of(findings.begin(), findings.end(), [](const Finding& finding) {
    return is_upstream(finding) && finding.level == Finding::Level::problem;
  });
}

}  // namespace dockerhub::server
