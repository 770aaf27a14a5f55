// Consent to what a call is about to do: by the command itself for a write; for something
// destructive by --yes or by typing the name of what dies.
#pragma once

#include "dockerhub/kernel.hpp"
#include "messages.hpp"
#include "prompter.hpp"

namespace dockerhub::cli {

Decision consent(const Question& question, bool yes, Prompter& prompter, Messages& messages);

}  // namespace dockerhub::cli
