// Rows of a manifest as the catalogue's types. The values have passed the schema, so that
// conversion itself cannot fail; what the schema cannot say is checked by action_rules.hpp. Free
// functions; any thread.
#pragma once

#include <string>
#include <vector>

#include "base/json.hpp"
#include "config/configuration_impl.hpp"
#include "dockerhub/kernel.hpp"
#include "modules/manifest.hpp"

namespace dockerhub {

Action action_from(const json::Value& row);
Parameter parameter_from(const json::Value& row);
ModuleSetting setting_from(const json::Value& row);
Destination destination_from(const json::Value& row);

// Members as owned texts; empty where absent.
std::string owned_text(const json::Value& object, std::string_view key);
std::vector<std::string> owned_texts(const json::Value& object, std::string_view key);

// The member as JSON text; empty where absent.
std::string raw_json(const json::Value& object, std::string_view key);

}  // namespace dockerhub
