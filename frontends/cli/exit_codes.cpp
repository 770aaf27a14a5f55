#include "exit_codes.hpp"

namespace dockerhub::cli {

namespace {

struct KindRow {
  ErrorKind kind;
  ExitCode code;
};

constexpr std::array<KindRow, 13> kKinds{{
    {ErrorKind::unknown_tool, kExitUsage},
    {ErrorKind::unknown_action, kExitUsage},
    {ErrorKind::auth, kExitLogin},
    {ErrorKind::forbidden, kExitForbidden},
    {ErrorKind::policy, kExitForbidden},
    {ErrorKind::destructive_closed, kExitNoConsent},
    {ErrorKind::approval, kExitNoConsent},
    {ErrorKind::capability, kExitUnsupported},
    {ErrorKind::network, kExitNetwork},
    {ErrorKind::timeout, kExitNetwork},
    {ErrorKind::unsupported, kExitUnsupported},
    {ErrorKind::configuration, kExitUsage},
    {ErrorKind::parameter, kExitUsage},
}};

constexpr int kHttpNotFound = 404;
constexpr int kHttpTooManyRequests = 429;

}  // namespace

ExitCode exit_code(const Error& error) {
  if (error.status_code == kHttpNotFound) return kExitNotFound;
  if (error.status_code == kHttpTooManyRequests) return kExitRateLimited;
  // A parameter that the server refused was not refused locally.
  if (error.kind == ErrorKind::parameter && error.status_code != 0) return kExitFailure;
  for (const KindRow& row : kKinds) {
    if (row.kind == error.kind) return row.code;
  }
  return kExitFailure;
}

ExitCode exit_code(Outcome outcome) {
  switch (outcome) {
    case Outcome::partial:
      return kExitPartial;
    case Outcome::condition_met:
      return kExitConditionMet;
    case Outcome::ok:
      break;
  }
  return kExitOk;
}

std::string exit_codes_text() {
  constexpr std::size_t kWidth = 5;
  std::string text = "Exit codes of dockerhub:\n\n";
  for (const ExitCodeRow& row : kExitCodes) {
    const std::string number = std::to_string(static_cast<int>(row.code));
    text.append(kWidth - number.size(), ' ').append(number).append("  ").append(row.meaning);
    text += '\n';
  }
  return text;
}

}  // namespace dockerhub::cli
