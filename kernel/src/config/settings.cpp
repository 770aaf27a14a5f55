#include "config/settings.hpp"

#include <algorithm>

namespace dockerhub {
namespace {

using enum SettingType;
using enum SettingSource;

constexpr std::int64_t kDay = std::int64_t{24} * 60 * 60 * 1000;

constexpr auto kSettings = std::to_array<Setting>({
    {.key = "account.user",
     .type = text,
     .variables = {"DOCKER_HUB_USER", "DOCKERHUB_USERNAME"},
     .source = anywhere,
     .description = "Docker Hub user or organization to log in as."},
    {.key = "account.secret",
     .type = secret,
     .variables = {"DOCKER_HUB_TOKEN", "DOCKERHUB_TOKEN"},
     .source = anywhere,
     .description = "Password, personal or organization access token of that account."},
    {.key = "account.jwt",
     .type = secret,
     .variables = {"DOCKERHUB_JWT"},
     .source = anywhere,
     .description = "A ready bearer token; used as it is, instead of logging in."},
    {.key = "call.timeout",
     .type = duration,
     .fallback = "0",
     .variables = {"DOCKERHUB_TIMEOUT"},
     .option = "--timeout",
     .maximum = kDay,
     .description = "Longest time for one call; 0 is no limit."},
    {.key = "log.format",
     .type = choice,
     .fallback = "text",
     .variables = {"DOCKERHUB_LOG_FORMAT"},
     .source = anywhere,
     .choices = {"text", "json"},
     .description = "Form of the log lines on standard error."},
    {.key = "log.level",
     .type = choice,
     .fallback = "warning",
     .variables = {"DOCKERHUB_LOG_LEVEL", "FASTMCP_LOG_LEVEL"},
     .source = anywhere,
     .choices = {"debug", "info", "notice", "warning", "error", "critical", "alert", "emergency"},
     .description = "Lines of this level and above are logged."},
    {.key = "output.format",
     .type = choice,
     .fallback = "table",
     .variables = {"DOCKERHUB_OUTPUT"},
     .option = "--output",
     .source = anywhere,
     .reader = SettingReader::command_line,
     .choices = {"table", "json", "data"},
     .description = "Form of the results: table, the whole envelope, or its data alone."},
    {.key = "plugins.path",
     .type = list,
     .variables = {"DOCKERHUB_PLUGIN_PATH"},
     .description = "Further folders with modules, searched first; separated by colons."},
    {.key = "safety.allow_destructive",
     .type = boolean,
     .fallback = "false",
     .variables = {"DOCKERHUB_ALLOW_DESTRUCTIVE"},
     .option = "--allow-destructive",
     .description = "Opens the gate for destructive actions; each call still needs consent."},
    {.key = "safety.confirm",
     .type = choice,
     .fallback = "ask",
     .variables = {"DOCKERHUB_CONFIRM"},
     .choices = {"ask", "never"},
     .description =
         "Whether a call that needs consent asks for it; never: the open gate is enough."},
    {.key = "state.key",
     .type = secret,
     .variables = {"DOCKERHUB_STATE_KEY"},
     .description = "Seals suspended calls, so that another process can resume them."},
});

constexpr std::array<std::string_view, 6> kTypeNames = {"text",   "secret", "boolean",
                                                        "choice", "list",   "duration"};

template <typename Predicate>
const Setting* first(Predicate matches) {
  const auto found = std::find_if(kSettings.begin(), kSettings.end(), matches);
  return found == kSettings.end() ? nullptr : &*found;
}

}  // namespace

std::span<const Setting> settings() {
  return kSettings;
}

const Setting* find_setting(std::string_view key) {
  return first([key](const Setting& row) { return row.key == key; });
}

const Setting* find_setting_by_variable(std::string_view variable) {
  if (variable.empty()) return nullptr;
  return first([variable](const Setting& row) {
    return std::find(row.variables.begin(), row.variables.end(), variable) != row.variables.end();
  });
}

std::vector<std::string> setting_keys() {
  std::vector<std::string> keys;
  keys.reserve(kSettings.size());
  for (const Setting& row : kSettings) keys.emplace_back(row.key);
  return keys;
}

std::vector<std::string> choices_of(const Setting& setting) {
  std::vector<std::string> choices;
  for (const std::string_view choice : setting.choices) {
    if (!choice.empty()) choices.emplace_back(choice);
  }
  return choices;
}

std::string_view setting_type_name(SettingType type) {
  return kTypeNames[static_cast<std::size_t>(type)];
}

}  // namespace dockerhub
