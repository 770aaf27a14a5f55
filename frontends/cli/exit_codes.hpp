// What the program's exit code says. The table is a promise to scripts: codes are added, never
// changed; `dockerhub help exit-codes` prints it and docs/cli.md repeats it.
#pragma once

#include <array>
#include <string>
#include <string_view>

#include "dockerhub/kernel.hpp"

namespace dockerhub::cli {

enum ExitCode : int {
  kExitOk = 0,
  kExitFailure = 1,
  kExitUsage = 2,
  kExitNotFound = 3,
  kExitLogin = 4,
  kExitForbidden = 5,
  kExitNoConsent = 6,
  kExitRateLimited = 7,
  kExitNetwork = 8,
  kExitPartial = 9,
  kExitConditionMet = 10,
  kExitUnsupported = 11,
  kExitInterrupted = 130,
  kExitTerminated = 143,
};

// Of a run that a signal ended: this and the signal's number.
inline constexpr int kSignalExitBase = 128;

struct ExitCodeRow {
  ExitCode code;
  std::string_view meaning;
};

inline constexpr std::array<ExitCodeRow, 14> kExitCodes{{
    {kExitOk, "success; also an empty list, and a check that finds nothing"},
    {kExitFailure, "any other failure"},
    {kExitUsage, "wrong usage, a parameter refused locally, or a wrong configuration"},
    {kExitNotFound, "not found; with --exit-status also a check that finds nothing"},
    {kExitLogin, "log-in needed or refused"},
    {kExitForbidden, "not allowed, by the server or by the access policy"},
    {kExitNoConsent, "refused without consent: the gate is closed or nobody approved"},
    {kExitRateLimited, "rate limited"},
    {kExitNetwork, "network failure or time-out"},
    {kExitPartial, "partly done"},
    {kExitConditionMet, "a condition that was asked for is met"},
    {kExitUnsupported, "the server, a module or this program does not support it"},
    {kExitInterrupted, "interrupted (SIGINT, Ctrl-C)"},
    {kExitTerminated, "terminated (SIGTERM)"},
}};

ExitCode exit_code(const Error& error);
ExitCode exit_code(Outcome outcome);

// The table as text, one line a code.
std::string exit_codes_text();

}  // namespace dockerhub::cli
