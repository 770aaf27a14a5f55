#include "calls.hpp"

#include <string>
#include <utility>

#include "answer.hpp"
#include "bytes.hpp"
#include "idempotency.hpp"
#include "lines.hpp"
#include "on_worker.hpp"
#include "problem.hpp"

namespace dockerhub::rest {

void Calls::start(const std::string& client, const std::string& instance, Read read,
                  const Reply& reply) {
  const auto work = [this, read = std::move(read), reply] {
    auto call = read();
    if (!call) return reply->respond(call.error());
    run(*call, reply);
  };
  start_work(client, instance, work, reply);
}

void Calls::start_work(const std::string& client, const std::string& instance,
                       std::function<void()> work, const Reply& reply) {
  auto place = running_.take(client);
  if (place == nullptr) {
    web::Response refused = problem(web::status::kTooManyRequests,
                                    "More than " + std::to_string(parts_.most_of_one) +
                                        " calls of this client run: wait for one of them to end.",
                                    instance);
    refused.headers.emplace_back("Retry-After", "1");
    return reply->respond(refused);
  }
  answer_on(parts_.workers, instance, reply,
            [work = std::move(work), place = std::move(place)] { work(); });
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
  if (call.as_lines) {
    Lines lines(reply, stop.get_token(), call.instance);
    caller.item = [&lines](std::string_view item) { return lines.put(item); };
    lines.end(perform(call, caller));
  } else if (call.as_bytes) {
    Bytes bytes(reply, stop.get_token(), call.is_head);
    caller.item = [&bytes](std::string_view item) { return bytes.put(item); };
    bytes.end(perform(call, caller));
  } else {
    reply->respond(perform(call, caller));
  }
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
  if (call.is_get && !call.as_lines && !call.as_bytes)
    put_entity_tag(answer, result, call.if_none_match);
  return answer;
}

}  // namespace dockerhub::rest
