#include "exchange.hpp"

#include "asking.hpp"
#include "input_required.hpp"
#include "log_levels.hpp"

namespace dockerhub::mcp {

Exchange::Exchange(Connection connection, const Message& request, std::stop_token stop)
    : connection_(std::move(connection)), request_(request), stop_(std::move(stop)) {
  if (std::optional<Id> token = read_id(request_.meta("progressToken"))) {
    progress_.emplace(std::move(*token), connection_.send);
  }
}

Caller Exchange::caller() {
  const Client& client = connection_.client;

  Caller caller;
  caller.principal = connection_.principal.text();
  caller.suspends = connection_.client_requests == nullptr;
  caller.elicitation = client.elicitation;
  caller.elicitation_url = client.elicitation_url;
  caller.sampling = client.sampling;
  caller.roots = client.roots;
  caller.log_level = connection_.log_level;
  caller.stop = stop_;
  caller.hides = [&view = tools()](const Tool& tool, const Action& action) {
    return view.hides(tool, action);
  };
  caller.leaves_out = [most = principal().most](const Tool&, const Action& action) {
    return action.effect > most;
  };
  if (!caller.suspends) {
    if (client.elicitation) {
      caller.approve = [this](const Question& question) {
        return ask_consent(*connection_.client_requests, connection_.send, question);
      };
    }
    caller.answer = [this](const Question& question) {
      return ask_client(*connection_.client_requests, connection_.send, question);
    };
  }
  if (progress_) {
    caller.progress = [this](const Progress& step) { report(step); };
  }
  caller.log = [this](LogLevel level, std::string_view logger, std::string_view text) {
    log(level, logger, text);
  };
  return caller;
}

void Exchange::fill(CallRequest& request) const {
  request.trace = {std::string(json::text_of(json::find(params(), "_meta"), "traceparent")),
                   std::string(json::text_of(json::find(params(), "_meta"), "tracestate"))};
  if (connection_.client_requests != nullptr) return;
  request.state = json::text_of(params(), "requestState");
  request.answers = read_input_responses(json::find(params(), "inputResponses"));
}

void Exchange::report(const Progress& step) {
  // A client that cancelled has forgotten the token.
  if (stop_.stop_requested()) return;
  std::string message(step.message);
  if (!step.track.empty()) {
    message = std::string(step.track) + (message.empty() ? std::string() : ": " + message);
  }
  progress_->report(step, connection_.kernel.redact(message));
}

void Exchange::log(LogLevel level, std::string_view logger, std::string_view text) {
  connection_.send(
      notification_message("notifications/message", json::object([&](json::Writer& writer) {
                             json::put_member(writer, "level", log_level_name(level));
                             if (!logger.empty()) json::put_member(writer, "logger", logger);
                             json::put_member(writer, "data", text);
                           })));
}

}  // namespace dockerhub::mcp
