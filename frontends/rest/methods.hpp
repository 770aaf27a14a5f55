// Methods of requests. Free functions; any thread.
#pragma once

#include <string>
#include <string_view>

#include "http/message.hpp"
#include "problem.hpp"

namespace dockerhub::rest {

inline constexpr std::string_view kGet = "GET";
inline constexpr std::string_view kPost = "POST";

// HEAD asks for the same as GET, without its body.
inline std::string_view method_of(const web::Request& request) {
  return request.method == "HEAD" ? kGet : std::string_view(request.method);
}

// 405. methods: those that there are, as Allow has them.
inline web::Response not_allowed(const web::Request& request, const std::string& methods) {
  web::Response response =
      problem(web::status::kMethodNotAllowed, "This method is not for this path.", request.path);
  response.headers.emplace_back("Allow", methods);
  return response;
}

}  // namespace dockerhub::rest
