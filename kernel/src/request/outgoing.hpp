// One request that a call wants to send, from a module's handler (http/1) or from a request row, and
// the only way to send it: what must not be bypassed stands here. Paths are made from templates,
// headers that belong to the kernel are refused, the call's effect has to allow the method, and in a
// dry run what changes something is recorded instead of sent. Belongs to the call's thread.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "call/running_call.hpp"
#include "http/client.hpp"
#include "http/path_template.hpp"
#include "surfaces/surfaces.hpp"

namespace dockerhub {

enum class CredentialMode { surface, none, in_body };

struct Outgoing {
  std::string surface = "hub", host, scope;
  std::string method = "GET";
  std::string path;  // template
  http::PathValues path_values;
  std::vector<std::pair<std::string, std::string>> query, headers;
  std::string media_type, body;
  std::int64_t body_size = 0;  // of a streamed body; -1 = unknown
  std::chrono::milliseconds timeout{0};
  CredentialMode credential = CredentialMode::surface;
  bool safe_query = false;           // a POST that changes nothing, as a row says
  const Manifest* module = nullptr;  // whose destinations may be named
};

// Where it goes, before anything is sent.
struct Prepared {
  http::Request request;
  Surface surface;
};

Result<Prepared> prepare(RunningCall& call, const Outgoing& outgoing);
// The same to a URL that came as a parameter: only the surface's origin, and outgoing.path as prefix.
Result<Prepared> prepare_url(RunningCall& call, const Outgoing& outgoing, std::string_view url);
// A URL that the server gave in an answer: the surface's credential goes along only where both the
// server that gave it and the one it names are the surface's own, and strangers cannot send us to
// addresses of this machine or a private net.
Result<Prepared> prepare_follow(RunningCall& call, const Outgoing& outgoing,
                                const http::Response& answered, const Surface& surface,
                                std::string_view url);

// What the call's effect says of sending it.
enum class Permission { send, record };  // record: a dry run
Result<Permission> permit(RunningCall& call, const Outgoing& outgoing, const Prepared& prepared);

// Opens it. The deadline is the call's, its end cancels.
Result<std::unique_ptr<http::Exchange>> open(RunningCall& call, Prepared& prepared);

// Keeps what the answer tells about rate limits for the envelope.
void note_answer(RunningCall& call, const Surface& surface, const http::Response& response);

// Remembers upload sessions that this call opened: it may end them whatever its effect.
void note_upload_session(RunningCall& call, const http::Request& request,
                         const http::Response& response);

// The recorded request as JSON: {"method", "url", "headers"?, "body"?}; the plan of a dry run.
std::string describe_request(const Prepared& prepared);

http::Control control_of(const RunningCall& call);

}  // namespace dockerhub
