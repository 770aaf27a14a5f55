// Answers that say what went wrong, as problem documents (RFC 9457) with the error object that every frontend
// shows. Free functions; any thread.
#pragma once

#include <string>
#include <string_view>

#include "dockerhub/kernel.hpp"
#include "http/message.hpp"

namespace dockerhub::rest {

inline constexpr const char* kProblemType = "application/problem+json";

// The status that an error of a call is answered with. A log-in that Docker Hub refuses is 401, with a
// challenge of its own scheme: it is not the caller's token for this server.
int status_of(const Error& error);

// instance: the path of the request. error_json: the error object; empty: made from `error`.
web::Response problem(const Error& error, std::string_view instance,
                      std::string_view error_json = {});

// What the server itself refuses, without an error object.
web::Response problem(int status, std::string_view detail, std::string_view instance = {});

// 404: no route has this path.
web::Response nothing_here(std::string_view instance);

// 503 with Retry-After: no worker is free.
web::Response busy(std::string_view instance);

// A refusal in plain text (of the log-in, of the origin) as a problem; its headers stay.
web::Response as_problem(web::Response refusal, std::string_view instance);

}  // namespace dockerhub::rest
