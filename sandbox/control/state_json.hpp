// What the registries hold, as JSON, for tests that prove that something changed or did not.
#pragma once

#include "encoding/json_text.hpp"
#include "registry/store.hpp"

namespace dockerhub::sandbox {

JsonText store_json(const Store& store);

}  // namespace dockerhub::sandbox
