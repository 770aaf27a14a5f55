// The other side as `initialize` introduced it: the revision that both speak and what the client
// can be asked. A value; immutable once read.
#pragma once

#include <string_view>

#include "json.hpp"

namespace dockerhub::mcp {

// What differs between the revisions that begin with `initialize`.
struct Revision {
  std::string_view name;
  bool batches;             // arrays of messages
  bool audio;               // content of type "audio"
  bool structured_results;  // "structuredContent" and content of type "resource_link"
};

// The revision with that name; the newest for a name that is not ours.
const Revision& negotiate(std::string_view requested);

struct Client {
  const Revision* revision = nullptr;
  bool elicitation = false;      // forms
  bool elicitation_url = false;  // sending the user to a URL
  bool sampling = false;
  bool roots = false;
};

// From the params of `initialize`.
Client read_client(const json::Value* params);

}  // namespace dockerhub::mcp
