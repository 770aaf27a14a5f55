#include "calls.hpp"

#include <string>
#include <utility>

#include "answer.hpp"
#include "idempotency.hpp"
#include "lines.hpp"
#include "problem.hpp"
#include "server/json.hpp"

namespace dockerhub::rest {

void Calls::start(Call call, Reply reply) {
  // std::function wants what can be copied.
  const auto shared = std::make_shared<Call>(std::move(call));
  if (parts_.workers.submit([this, shared, reply] { run(*shared, reply); })) return;
  web::Response busy =
      problem(web::status::kUnavailable, "Too many requests are being answered: try again.",
              shared->instance);
  busy.headers.emplace_back("Retry-After", "1");
  reply->respond(busy);
}

Caller Calls::caller_for(const Call& call, const std::stop_token& stop) {
  Caller caller;
  caller.principal = call.principal.text();
  caller.stop = stop;
  if (call.confirm == server::Confirm::never) {
    caller.approve = [](const Question&) { return Decision::approved; };
  } else {
    caller.suspends = true;
    caller.elicitation = true;  // without it no consent would be asked for
  }
  return caller;
}

void Calls::run(Call& call, const Reply& reply) {
  std::stop_source stop;
  const auto request_stop = [&stop] { stop.request_stop(); };
  const std::stop_callback at_end(ending_.get_token(), request_stop);
  // A write under a key goes on: its caller comes back for the answer.
  const std::stop_token gone = is_idempotent(call) ? std::stop_token() : reply->gone();
  const std::stop_callback at_gone(gone, request_stop);
  Caller caller = caller_for(call, stop.get_token());
  if (!call.as_lines) {
    reply->respond(perform(call, caller));
  } else {
    Lines lines(reply, stop.get_token());
    caller.item = [&lines](std::string_view item) { return lines.put(item); };
    lines.end(perform(call, caller));
  }
  server::json::wipe(call.request.params);
}

web::Response Calls::perform(Call& call, Caller& caller) {
  const bool idempotent = is_idempotent(call);
  if (idempotent) {
    if (auto told = begin_idempotent(parts_.state, call)) return *told;
  }
  // A dry run needs no consent, and uses none up.
  if (!call.confirm_token.empty() && !call.request.options.dry_run) {
    if (auto refused = consents_.redeem(call)) {
      if (idempotent) end_idempotent(parts_.state, call, nullptr, *refused);
      return *refused;
    }
  }
  const CallResult result = parts_.kernel.call(call.request, caller);
  web::Response answer =
      result.suspended ? consents_.ask(call, result) : answer_of(result, call.instance);
  if (idempotent) end_idempotent(parts_.state, call, &result, answer);
  if (call.is_get && !call.as_lines) put_entity_tag(answer, call.if_none_match);
  return answer;
}

}  // namespace dockerhub::rest
