// A blob of any size in pieces, each an item, for callers that take them one by one: {"encoding": "base64", "data",
// "offset", "size"}. The last one is given when all of them were proved, so that nobody gets a wrong blob whole. Inside
// the call, on its thread. Errors are put on the call.
#pragma once

#include "client.hpp"

namespace dockerhub::registry {

sdk::Status give_pieces(Client& client, const DigestName& digest);

}  // namespace dockerhub::registry
