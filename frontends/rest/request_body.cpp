#include "request_body.hpp"

#include "problem.hpp"

namespace dockerhub::rest {

namespace json = server::json;

tl::expected<std::optional<json::Document>, web::Response> take_body(web::Request& request) {
  if (request.body.empty()) return std::nullopt;
  const std::string* type = request.header("Content-Type");
  if (type == nullptr || web::media_type(*type) != "application/json") {
    return tl::unexpected(problem(web::status::kWrongMediaType,
                                  "The body has to be application/json.", request.path));
  }
  auto body = json::parse(request.body);
  json::wipe(request.body);
  if (!body) {
    return tl::unexpected(problem(web::status::kBadRequest,
                                  "The body is no JSON: " + body.error().text(), request.path));
  }
  if (!body->IsObject()) {
    return tl::unexpected(problem(web::status::kBadRequest,
                                  "The body has to be a JSON object: {\"parameter\": value}.",
                                  request.path));
  }
  return std::optional<json::Document>(std::move(*body));
}

}  // namespace dockerhub::rest
