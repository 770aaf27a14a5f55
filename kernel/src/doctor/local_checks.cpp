#include <sys/statvfs.h>
#include <unistd.h>

#include <system_error>

#include "base/file_permissions.hpp"
#include "doctor/checks.hpp"

namespace dockerhub {
namespace {

using Level = Finding::Level;

constexpr std::uint64_t kMiB = std::uint64_t{1024} * 1024;
constexpr std::uint64_t kLittleRoom = 100 * kMiB;
constexpr std::uint64_t kNoRoom = 10 * kMiB;

// The folder itself, or the one above it that is there.
std::filesystem::path existing(std::filesystem::path folder) {
  std::error_code ignored;
  while (!std::filesystem::exists(folder, ignored) && folder != folder.parent_path())
    folder = folder.parent_path();
  return folder;
}

// `there`: the part of the folder's path that is there already.
Finding room_in(const std::string& name, const std::filesystem::path& folder,
                const std::filesystem::path& there) {
  struct statvfs status = {};
  if (::statvfs(there.c_str(), &status) != 0) {
    return {Level::warning, "disk", folder.string(), name + ": the free space cannot be told",
            "Check the path."};
  }
  const std::uint64_t free = std::uint64_t{status.f_bavail} * status.f_frsize;
  const std::string room = name + ": " + std::to_string(free / kMiB) + " MiB free";
  if (free < kNoRoom) return {Level::problem, "disk", folder.string(), room, "Make room there."};
  if (free < kLittleRoom)
    return {Level::warning, "disk", folder.string(), room, "Make room there."};
  return {Level::ok, "disk", folder.string(), room, ""};
}

Finding gate(const Configuration& configuration) {
  const bool unasked = configuration.text("safety.confirm") == "never";
  return {unasked ? Level::warning : Level::note, "configuration", "safety.allow_destructive",
          "the gate for destructive actions is open (" +
              configuration.origin("safety.allow_destructive") +
              (unasked ? "), and nobody is asked before them" : ")"),
          "Close it where nothing has to be deleted."};
}

std::string names_of(const std::vector<ConfigurationFile>& files) {
  std::string names;
  for (const ConfigurationFile& file : files) {
    if (file.present) names.append(names.empty() ? "" : ", ").append(file.path.string());
  }
  return names.empty() ? "no file" : names;
}

}  // namespace

Findings check_configuration(const Configuration& configuration) {
  Findings findings{
      {Level::ok, "configuration", "", "read from " + names_of(configuration.files()), ""}};
  for (const std::string& warning : configuration.warnings()) {
    findings.push_back({Level::warning, "configuration", "", warning,
                        "Change it there; `dockerhub config show --origin` tells what counts."});
  }
  if (configuration.flag("safety.allow_destructive")) findings.push_back(gate(configuration));
  return findings;
}

Findings check_modules(const std::vector<ModuleInfo>& modules) {
  Findings findings;
  std::string good;
  for (const ModuleInfo& module : modules) {
    const std::string subject = module.name.empty() ? module.file.string() : module.name;
    if (module.state == ModuleState::refused) {
      findings.push_back({Level::problem, "modules", subject, "refused: " + module.reason,
                          "Run `dockerhub plugin info " + subject + "`; remove or mend the file."});
      continue;
    }
    if (module.state == ModuleState::disabled) {
      findings.push_back({Level::note, "modules", subject, module.reason,
                          "Set the variable to true where its actions are wanted."});
    }
    for (const std::string& action : module.refused_actions) {
      findings.push_back({Level::warning, "modules", subject, "an action is left out: " + action,
                          "Use a version of the module that fits to this kernel."});
    }
    if (module.state != ModuleState::disabled) good += (good.empty() ? "" : ", ") + module.name;
  }
  if (good.empty()) {
    findings.push_back({Level::problem, "modules", "", "no module can be used",
                        "Run `dockerhub plugin path` for the folders that are searched."});
  } else {
    findings.insert(findings.begin(), {Level::ok, "modules", "", "found: " + good, ""});
  }
  return findings;
}

Findings check_folder_place(std::string name, const std::filesystem::path& folder) {
  if (folder.empty()) {
    return {{Level::warning, "disk", "", name + ": there is no place for it",
             "Set HOME, or the XDG variable of that folder."}};
  }
  const std::filesystem::path there = existing(folder);
  std::error_code problem;
  const std::filesystem::path real = std::filesystem::canonical(there, problem);
  const auto checked = problem ? Result<void>() : check_folders(real);
  if (!checked) {
    return {{Level::problem, "disk", folder.string(), name + ": " + checked.error().message,
             checked.error().hint}};
  }
  if (::access(there.c_str(), W_OK | X_OK) != 0) {
    return {{Level::warning, "disk", folder.string(), name + ": cannot be written",
             "Give yourself the right: chmod u+wx " + there.string()}};
  }
  return {room_in(name, folder, there)};
}

Findings check_trail_chain(const std::shared_ptr<Trail>& trail, const std::stop_token& stop) {
  if (!trail) return {{Level::ok, "trail", "", "no trail is kept", ""}};
  const auto report = trail->verify(stop);
  if (!report) return {{Level::problem, "trail", "", report.error().message, report.error().hint}};
  Findings findings;
  for (const std::string& fault : report->faults) {
    findings.push_back({Level::problem, "trail", report->file.string(), fault,
                        "Keep a copy of the folder as evidence; docs/trail.md says what to do."});
  }
  if (report->faults.empty()) {
    findings.push_back({Level::ok, "trail", report->file.string(),
                        std::to_string(report->entries) + " entries, the chain is whole", ""});
  }
  for (const std::string& remark : report->remarks)
    findings.push_back({Level::note, "trail", report->file.string(), remark,
                        "Nothing is wrong by that alone; docs/trail.md says what it means."});
  return findings;
}

}  // namespace dockerhub
