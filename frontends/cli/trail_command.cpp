#include "trail_command.hpp"

#include <array>

#include "exit_codes.hpp"

namespace dockerhub::cli {

namespace {

struct TrailSession {
  const Kernel& kernel;
  const Output& output;
  const Interruption& interruption;
};

json::Value texts(const std::vector<std::string>& lines, json::Document& document) {
  json::Value array(rapidjson::kArrayType);
  for (const std::string& line : lines)
    array.PushBack(text_value(line, document), document.GetAllocator());
  return array;
}

Result<int> verify(const TrailSession& session, const ParsedOptions& parsed) {
  std::optional<std::filesystem::path> folder;
  if (parsed.positionals.size() > 1) folder = parsed.positionals[1];
  const auto report = session.kernel.verify_trail(folder, session.interruption.token());
  if (!report) return Failure(report.error());
  json::Document result(rapidjson::kObjectType);
  auto& allocator = result.GetAllocator();
  const bool intact = report->faults.empty();
  result.AddMember("intact", intact, allocator);
  put(result, result, "file", report->file.string());
  result.AddMember("exists", report->exists, allocator);
  result.AddMember("entries", report->entries, allocator);
  put(result, result, "last_hash", report->last_hash);
  result.AddMember("faults", texts(report->faults, result), allocator);
  result.AddMember("remarks", texts(report->remarks, result), allocator);
  print(session.output, result, {});
  return intact ? kExitOk : kExitFailure;
}

Result<int> show_trail_path(const TrailSession& session, const ParsedOptions&) {
  const auto folder = session.kernel.trail_folder();
  json::Document result(rapidjson::kObjectType);
  result.AddMember("enabled", session.kernel.configuration().flag("trail.enabled"),
                   result.GetAllocator());
  put(result, result, "directory", folder.string());
  print(session.output, result, {});
  return kExitOk;
}

constexpr std::array<SubcommandRow, 2> kTrailSubcommands{{
    {"verify", "[FOLDER]", "check that no entry was changed, removed or added by another hand"},
    {"path", "", "where the trail is, and whether it is kept"},
}};
constexpr std::array<Result<int> (*)(const TrailSession&, const ParsedOptions&), 2> kTrailFunctions{
    verify, show_trail_path};

}  // namespace

std::string trail_help() {
  return subcommands_help("trail", kTrailSubcommands) +
         "\nExamples:\n"
         "  dockerhub trail path\n"
         "  dockerhub trail verify\n";
}

Result<int> trail_command(const Kernel& kernel, const ParsedOptions& parsed, const Output& output,
                          const Interruption& interruption) {
  const Result<std::size_t> row = find_subcommand("trail", kTrailSubcommands, parsed);
  if (!row) return Failure(row.error());
  return kTrailFunctions[*row]({kernel, output, interruption}, parsed);
}

}  // namespace dockerhub::cli
