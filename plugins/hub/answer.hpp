// One request to Docker Hub and its whole answer. Only inside a call, on its thread.
#pragma once

#include <dockerhub/sdk/context.hpp>
#include <string>
#include <vector>

namespace dockerhub::hub {

struct Answer {
  int status_code = 0;
  std::string headers;  // JSON object, names in lower case
  std::string text;     // as it came
  sdk::Document body;   // of `text`; null where that is no JSON
  std::string request;  // "METHOD path", where send() or ask() made it

  bool good() const { return status_code >= 200 && status_code < 300; }
};

// The answer of an exchange, read to its end. Any status is a success here; a body of more than 16 MiB is
// the error of the call, and no DH_E_LIMIT, which is a rate limit's.
sdk::Reply<Answer> finish(sdk::Context& ctx, sdk::Exchange& exchange);
// The same of a request.
sdk::Reply<Answer> send(sdk::Context& ctx, const sdk::Request& request);
// An answer that is no success, or has a body that is no JSON, becomes the error of the call.
sdk::Reply<Answer> ask(sdk::Context& ctx, const sdk::Request& request, std::string_view hint = {});

// What to do after an answer with this status code; after any other the general hint says it.
struct StatusHint {
  int status_code = 0;
  std::string_view hint{};
};
sdk::Reply<Answer> ask(sdk::Context& ctx, const sdk::Request& request, const StatusHint& hint);

// The same, but an answer with one of these status codes is handed back, whatever its body is.
sdk::Reply<Answer> ask_unless(sdk::Context& ctx, const sdk::Request& request,
                              const std::vector<int>& status_codes);

// "HTTP 403 for METHOD path: the server's own words", of an answer that is no success.
std::string refusal(const Answer& answer, std::string_view request);
// An answer that was read and is no success as the error of the call. request: "METHOD path".
sdk::Status refuse(sdk::Context& ctx, const Answer& answer, std::string_view request,
                   std::string_view hint);

// What Docker Hub answered as the answer of the call; what is no JSON is its error.
sdk::Status pass_on(sdk::Context& ctx, const Answer& answer);
// ask() and pass_on().
sdk::Status forward(sdk::Context& ctx, const sdk::Request& request, std::string_view hint = {});

// An item of a list whose work has to be done whether or not somebody still wants to hear of it.
sdk::Status tell(sdk::Context& ctx, const sdk::Json& item);
// The end of a list: `summary` (an object) stands beside the items, also where the receiver wanted no
// more of them.
sdk::Status end_list(sdk::Context& ctx, sdk::Status status,
                     const sdk::Json& summary = sdk::Json::raw("{}"));

// A parameter that was refused before anything was sent.
sdk::Status wrong_parameter(sdk::Context& ctx, std::string_view parameter, std::string_view message,
                            std::string_view hint);

}  // namespace dockerhub::hub
