// A module that sends what its caller tells it, by rows and by handlers: what the kernel lets through
// is what the tests look at.
#include <dockerhub/plugin.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace {

using namespace dockerhub::sdk;

Status answer_of(Context& ctx, Exchange& exchange) {
  const auto response = exchange.finish();
  if (!response) return response.status();
  if (!response->good()) return exchange.reject();
  const auto body = exchange.text();
  if (!body) return body.status();
  return ctx.answer({{"status", response->status_code},
                     {"headers", Json::raw(response->headers)},
                     {"body", *body}});
}

Request request_of(Context& ctx) {
  Request request;
  request.method = ctx.params().text("method");
  request.path = ctx.params().text("path");
  request.surface = ctx.params().text("surface");
  request.headers = Json(ctx.params().value("headers"));
  request.body = ctx.params().text("body");
  if (!request.body.empty()) request.media_type = "application/json";
  return request;
}

Status send(Context& ctx) {
  auto exchange = ctx.http().open(request_of(ctx));
  return exchange ? answer_of(ctx, *exchange) : exchange.status();
}

Status send_to_url(Context& ctx) {
  auto exchange = ctx.http().open_url(request_of(ctx), ctx.params().text("url"));
  return exchange ? answer_of(ctx, *exchange) : exchange.status();
}

// Asks, then goes where the answer's Location says, by the second method.
Status follow(Context& ctx) {
  Request request = request_of(ctx);
  auto first = ctx.http().open(request);
  if (!first) return first.status();
  const auto response = first->finish();
  if (!response) return response.status();
  const auto headers = parse_json(response->headers);
  const auto location = headers ? headers->FindMember("location") : Value::ConstMemberIterator();
  if (!headers || location == headers->MemberEnd())
    return ctx.fail("ApiError", "no Location in the answer");
  request.method = ctx.params().text("then");
  request.surface = ctx.params().text("then_surface", request.surface);
  auto second = first->follow(request, view(location->value));
  return second ? answer_of(ctx, *second) : second.status();
}

Status open_many(Context& ctx) {
  std::vector<Exchange> open;
  for (std::int64_t i = 0; i < ctx.params().integer("count"); ++i) {
    auto exchange = ctx.http().get("hub", "/things");
    if (!exchange) return exchange.status();
    open.push_back(std::move(*exchange));
  }
  return ctx.answer({{"open", open.size()}});
}

Status identity(Context& ctx) {
  const auto identity = ctx.identity();
  return identity ? ctx.answer(Json(*identity)) : identity.status();
}

constexpr Path thing = path("/things/{name}");

constexpr Parameter kSending[] = {
    string("method", "Method").defaults("GET"), string("path", "Path").defaults("/things"),
    string("surface", "Surface").defaults("hub"),
    object("headers", "Headers").defaults(raw_json("{}")), string("body", "Body").defaults("")};
constexpr Parameter sending = group(kSending);

}  // namespace

DOCKERHUB_MODULE(
    module("http_fixture", "1.0.0").title("Requests for tests"),
    setting("aside_origin", "string", "Where the destination is").variable("ASIDE_ORIGIN"),
    secret_setting("aside_token", "Its token").variable("ASIDE_TOKEN"),
    destination("aside", "https://aside.invalid")
        .origin_setting("aside_origin")
        .bearer("aside_token"),
    action("get", read, "One thing", GET(thing), {string("name", "Its name").required()}),
    action("check", read, "Is it there?", HEAD(thing).exists(),
           {string("name", "Its name").required()}),
    action("list", read, "All things", GET("/things").paged("page", "results"),
           {paging, string("kind", "Which").as("type").in_query()})
        .items("results", "name"),
    action("linked", read, "Things of pages that link on", GET("/linked").paged("link", "results"),
           {integer("n", "How many at once").in_query()})
        .items("results", "name"),
    action("create", write, "A new thing", POST("/things"),
           {string("name", "Its name").required(), boolean("hidden", "Not for all"),
            string("password", "Its password").secret()}),
    action("sweep", write, "A list that changes something",
           POST("/things").paged("page", "results"))
        .items("results"),
    action("remove", destructive, "Ends a thing", DELETE(thing),
           {string("name", "Its name").required()}),
    action("send", read, "Sends anything", call(send), {sending}),
    action("send_write", write, "Sends anything", call(send), {sending}).dry_run(),
    action("send_to_url", read, "To a URL", call(send_to_url),
           {sending, string("url", "Where").required()}),
    action("follow", write, "Goes where the answer says", call(follow),
           {sending, string("then", "Second method").defaults("GET"),
            string("then_surface", "Second surface")}),
    action("open_many", read, "Many at once", call(open_many), {integer("count", "How many")}),
    action("identity", read, "Who calls", call(identity)))
