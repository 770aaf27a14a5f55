#include "doctor_command.hpp"

#include <algorithm>

#include "exit_codes.hpp"

namespace dockerhub::cli {

namespace {

json::Value row_of(const Finding& finding, json::Document& document) {
  json::Value row(rapidjson::kObjectType);
  put(row, document, "level", std::string(finding_level_name(finding.level)));
  put(row, document, "check", finding.check);
  put(row, document, "subject", finding.subject);
  put(row, document, "message", finding.message);
  put(row, document, "hint", finding.hint);
  return row;
}

Finding no_kernel(const Error& error) {
  return {Finding::Level::problem, "configuration", "", error.message, error.hint};
}

// The time that the user gave to the call is the time of each check.
DiagnosisOptions options_of(const Kernel& kernel, const ParsedOptions& parsed,
                            const Interruption& interruption) {
  DiagnosisOptions options;
  options.network = parsed.find("offline") == nullptr;
  options.stop = interruption.token();
  const std::chrono::milliseconds time(kernel.configuration().number("call.timeout"));
  if (time.count() > 0) options.time = time;
  return options;
}

bool is_problem(const Finding& finding) {
  return finding.level == Finding::Level::problem;
}

}  // namespace

Result<int> doctor_command(const Result<Kernel*>& kernel, const ParsedOptions& parsed,
                           const Output& output, const Interruption& interruption) {
  const std::vector<Finding> findings =
      kernel ? (*kernel)->diagnose(options_of(**kernel, parsed, interruption))
             : std::vector<Finding>{no_kernel(kernel.error())};
  const bool healthy = std::none_of(findings.begin(), findings.end(), is_problem);
  json::Document result(rapidjson::kObjectType);
  json::Value rows(rapidjson::kArrayType);
  for (const Finding& finding : findings)
    rows.PushBack(row_of(finding, result), result.GetAllocator());
  if (output.is_table()) {
    print(output, rows, {"level", "check", "subject", "message", "hint"});
  } else {
    result.AddMember("healthy", healthy, result.GetAllocator());
    result.AddMember("findings", rows, result.GetAllocator());
    print(output, result, {});
  }
  return healthy ? kExitOk : kExitFailure;
}

std::vector<OptionRow> doctor_options() {
  return {{"offline", 0, false, {}}};
}

std::string doctor_help() {
  return "Usage: dockerhub [options] doctor [--offline]\n\n"
         "Looks at configuration, names, connections, APIs, credential, clock, modules and files, "
         "and says\n"
         "what to do about each finding. Nothing is changed. --offline leaves the network out; "
         "--timeout\n"
         "TIME is the longest time of each check (10s). The exit code is 1 when there is a "
         "problem.\n\n"
         "Examples:\n"
         "  dockerhub doctor\n"
         "  dockerhub doctor --offline -o yaml\n";
}

}  // namespace dockerhub::cli
