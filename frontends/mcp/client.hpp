// The other side: the revision that both speak and what the client can be asked, as `initialize`
// introduced it, or as each request does from revision 2026-07-28 on. A value; immutable once read.
#pragma once

#include <string_view>

#include "json.hpp"

namespace dockerhub::mcp {

// What differs between the revisions.
struct Revision {
  std::string_view name;
  bool batches;             // arrays of messages
  bool audio;               // content of type "audio"
  bool structured_results;  // "structuredContent" and content of type "resource_link"
  bool primed_streams;      // event streams may begin with an event that has an id and no message
  bool modern;              // no sessions: results have a type, questions are results
};

// The revision with that name of those that begin with `initialize`; the newest of them for a name that
// is not ours.
const Revision& negotiate(std::string_view requested);

// Whether a revision of that name begins with `initialize`.
bool is_legacy_revision(std::string_view name);

// The revision without `initialize`.
inline constexpr std::string_view kModernVersion = "2026-07-28";
const Revision& modern_revision();

// The extension for calls that take long.
inline constexpr std::string_view kTasksExtension = "io.modelcontextprotocol/tasks";

struct Client {
  const Revision* revision = nullptr;
  bool elicitation = false;      // forms
  bool elicitation_url = false;  // sending the user to a URL
  bool sampling = false;
  bool roots = false;
  bool tasks = false;  // kTasksExtension
};

// From the params of `initialize`.
Client read_client(const json::Value* params);

// From the capabilities that a client of this revision declares.
Client read_client(const Revision& revision, const json::Value* capabilities);

}  // namespace dockerhub::mcp
