#include "exchange/reception.hpp"

#include <exception>
#include <string>
#include <utility>

namespace dockerhub::sandbox {
namespace {

Answer answer_of(const Host& host, const Request& request) {
  try {
    return host(request);
  } catch (const std::exception& exception) {
    return text_answer(500, std::string("the sandbox failed: ") + exception.what() + "\n");
  }
}

}  // namespace

Reply Reception::receive(const Request& request, const Host& host) {
  const std::lock_guard lock(mutex_);
  std::optional<Fault> fault = faults_.take(request);
  Reply reply;
  if (fault && fault->kind->alter != nullptr) {
    Request altered = request;
    fault->kind->alter(altered, fault->parameters);
    reply.answer = answer_of(host, altered);
  } else if (!fault || fault->kind->carried_out) {
    reply.answer = answer_of(host, request);
  }
  if (!fault) {
    journal_.record(request, reply.answer.status, "");
    return reply;
  }
  const FaultKind& kind = *fault->kind;
  if (kind.change != nullptr) kind.change(reply.answer, request, fault->parameters);
  if (kind.delay != nullptr) reply.delay = kind.delay(fault->parameters);
  journal_.record(request, reply.answer.status, kind.name);
  if (kind.write != nullptr) {
    reply.write = [kind, parameters = std::move(fault->parameters), answer = reply.answer](
                      Connection& connection) { kind.write(connection, answer, parameters); };
  }
  return reply;
}

Answer Reception::receive_control(const Request& request, const Host& host) {
  const std::lock_guard lock(mutex_);
  return answer_of(host, request);
}

}  // namespace dockerhub::sandbox
