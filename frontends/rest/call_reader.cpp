#include "call_reader.hpp"

#include <utility>

#include "bytes.hpp"
#include "lines.hpp"
#include "lists.hpp"
#include "methods.hpp"
#include "parameters.hpp"
#include "problem.hpp"
#include "request_body.hpp"

namespace dockerhub::rest {
namespace {

using web::Request;

std::string header_text(const Request& request, std::string_view name) {
  const std::string* header = request.header(name);
  return header == nullptr ? std::string() : *header;
}

// Named, and not just covered by */*.
bool wants(const Request& request, std::string_view type) {
  return header_text(request, "Accept").find(type) != std::string::npos;
}

void take_headers(const Request& request, Call& made) {
  made.instance = request.path;
  made.idempotency_key = header_text(request, "Idempotency-Key");
  made.confirm_token = header_text(request, "Confirm");
  made.if_none_match = header_text(request, "If-None-Match");
  made.is_get = method_of(request) == kGet;
  CallOptions& options = made.request.options;
  made.is_head = request.method == "HEAD";
  const bool may_stream = made.action != nullptr && !options.dry_run;
  // Who asks for no body has no lines.
  made.as_lines =
      may_stream && is_list(*made.action) && !made.is_head && wants(request, kLinesType);
  made.as_bytes =
      may_stream && gives_bytes(*made.action) && !made.as_lines && wants(request, kBytesType);
  // A stream has no next page to ask for.
  if (made.as_lines && !options.max_items) options.all_pages = true;
}

// Parameters and options of path, query and body.
tl::expected<Input, web::Response> read_sources(CallSource& source, const Action* action) {
  const auto query = web::read_query(source.request.query);
  if (!query) {
    return tl::unexpected(
        problem(web::status::kBadRequest, "The query has a wrong escape.", source.request.path));
  }
  auto body = take_body(source.request);
  if (!body) return tl::unexpected(body.error());
  auto input =
      read_input(action, {std::move(source.parameters), *query, *body ? &**body : nullptr});
  if (*body) json::wipe(**body);
  if (!input) return tl::unexpected(problem(input.error(), source.request.path));
  return std::move(*input);
}

}  // namespace

CallSource::~CallSource() {
  json::wipe(request.body);
}

tl::expected<Call, web::Response> read_call(CallSource& source, const CallRules& rules) {
  Call made;
  const Tool* tool = source.catalogue->find_tool(source.tool);
  made.action = tool == nullptr ? nullptr : tool->find_action(source.action);
  const bool reads = made.action == nullptr || made.action->worst_effect() == Effect::read;
  const std::string_view method = method_of(source.request);
  const bool fits = source.is_resource || method == kPost || (method == kGet && reads);
  if (!fits) return tl::unexpected(not_allowed(source.request, reads ? "GET, POST" : "POST"));
  auto input = read_sources(source, made.action);
  if (!input) return tl::unexpected(std::move(input.error()));
  made.catalogue = source.catalogue;
  made.request.tool = source.tool;
  made.request.action = source.action;
  made.request.params = std::move(input->params);
  made.request.options = std::move(input->options);
  if (made.action != nullptr) made.effect = effect_of_call(*made.action, made.request.params);
  const bool needs_more = made.effect > source.principal.most && made.effect <= rules.most &&
                          !made.request.options.dry_run && rules.authenticator.has_scopes();
  if (needs_more) {
    return tl::unexpected(
        as_problem(rules.authenticator.more_scopes(made.effect), source.request.path));
  }
  made.principal = source.principal;
  made.confirm = source.principal.confirm.value_or(rules.confirm);
  take_headers(source.request, made);
  return made;
}

}  // namespace dockerhub::rest
