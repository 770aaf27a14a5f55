// Answers in a size that a model can read: the longest lists are ended early, or the longest texts are, and
// the member "cut" of the envelope says what is missing and how to get it. What stays is JSON of the same form;
// what is shown only once is never cut, what is verbatim is whole or not there. Free functions; any thread.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "dockerhub/kernel.hpp"
#include "json.hpp"
#include "tool_view.hpp"

namespace dockerhub::mcp {

// An estimate, the same for all models: a token for each four bytes, rounded up.
std::size_t estimated_tokens(std::string_view text);

// What an answer is of.
struct Answered {
  const Action* action = nullptr;  // nullptr: none, as with `describe`
  bool describes = false;          // the reserved action
  std::string_view params;         // JSON object, of the call
  // How the tool that was called is shown, on which the names of options depend: never `both`.
  ToolMode mode = ToolMode::condensed;
};

// max_tokens: 0 for no limit.
void fit(json::Document& envelope, const Answered& answered, std::size_t max_tokens);

// A text of a content part, within as many tokens.
void fit(std::string& text, std::size_t max_tokens);

// The same of a text that may be a JSON document: a longer one becomes {"data", "cut"}, which is JSON still.
void fit_document(std::string& text, std::size_t max_tokens);

}  // namespace dockerhub::mcp
