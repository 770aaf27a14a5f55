// Command-line texts as JSON values, by the type of their parameter. Free functions; any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dockerhub/kernel.hpp"
#include "text_source.hpp"

namespace dockerhub::cli {

// true for "true t 1 yes y on", false for their opposites, in any case; nullopt for anything else.
std::optional<bool> boolean_of(std::string_view text);

// "--name" as a user writes it.
std::string option_of(const Parameter& parameter);

// The environment variable that may hold a secret parameter: "DOCKERHUB_PARAM_PASSWORD".
std::string secret_variable(const Parameter& parameter);

// JSON of what was given for a parameter (at least one text). Files and standard input are read
// through `source`. A secret parameter refuses a literal, without repeating it.
Result<std::string> value_json(const Parameter& parameter, const std::vector<std::string>& texts,
                               TextSource& source);

// JSON of one text that is itself the value of a scalar parameter.
Result<std::string> scalar_json(const Parameter& parameter, ParameterType type,
                                std::string_view text);

}  // namespace dockerhub::cli
