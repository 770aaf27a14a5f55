#include <string>

#include "actions.hpp"
#include "json_text.hpp"
#include "status_codes.hpp"
#include "target.hpp"
#include "verified_body.hpp"

namespace dockerhub::registry {

sdk::Status api_version(sdk::Context& ctx) {
  constexpr std::size_t kMostBody = 64 * 1024;
  std::string host;
  if (ctx.params().has("registry")) {
    auto named = request_host(ctx.params().text("registry"), configured_registry(ctx.host()));
    if (!named) return fail(ctx, named.error());
    host = *std::move(named);
  }
  sdk::Request request;
  request.surface = "registry";
  request.host = host;
  request.path = "/v2/";
  auto exchange = ctx.http().open(request);
  if (!exchange) return exchange.status();
  const auto response = exchange->finish();
  if (!response) return response.status();
  Received received{*std::move(exchange), response->status_code, response->content_length,
                    Headers(response->headers), "GET /v2/"};
  if (received.status_code >= kServerError) return received.exchange.reject();
  annotate(ctx, received.status_code, received.headers);
  const auto body = read_text(ctx, received, kMostBody);
  if (!body) return body.status();
  if (body->empty()) return ctx.answer(nullptr);
  return ctx.answer(parse_json(*body) ? sdk::Json::raw(*body) : sdk::Json(*body));
}

}  // namespace dockerhub::registry
