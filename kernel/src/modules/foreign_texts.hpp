// Texts of a module that is not part of the installation: models and people read them, and its author is a
// stranger to both. Free functions; any thread.
#pragma once

#include "dockerhub/kernel.hpp"
#include "modules/manifest.hpp"

namespace dockerhub {

// Makes visible what hides in titles, summaries, descriptions, texts for approvals and examples, and says at
// each tool whose it is. Names, patterns and values that calls are checked by stay as they are; an error
// (module_fault) where something hides in one of them.
Result<void> show_foreign_texts(Manifest& manifest);

}  // namespace dockerhub
