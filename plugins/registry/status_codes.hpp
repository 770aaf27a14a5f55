// Status codes of RFC 9110, section 15, that the actions tell apart.
#pragma once

namespace dockerhub::registry {

inline constexpr int kCreated = 201;
inline constexpr int kAccepted = 202;
inline constexpr int kPartialContent = 206;
inline constexpr int kBadRequest = 400;
inline constexpr int kUnauthorized = 401;
inline constexpr int kForbidden = 403;
inline constexpr int kNotFound = 404;
inline constexpr int kMethodNotAllowed = 405;
inline constexpr int kPreconditionFailed = 412;
inline constexpr int kRangeNotSatisfiable = 416;
inline constexpr int kTooManyRequests = 429;
inline constexpr int kServerError = 500;
inline constexpr int kNotImplemented = 501;

}  // namespace dockerhub::registry
