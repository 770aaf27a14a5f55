// The OpenAPI document (3.1) of what can be called now, made from the catalogue. Free functions; any thread.
#pragma once

#include <string>

#include "dockerhub/kernel.hpp"
#include "routes.hpp"

namespace dockerhub::rest {

// JSON. most: actions that always do more than this are left out, and so is what needs a store.
std::string openapi_document(const Catalogue& catalogue, const Routes& routes, Effect most);

}  // namespace dockerhub::rest
