#include <algorithm>

#include "base/json.hpp"
#include "call/fields.hpp"
#include "call/redact.hpp"
#include "call/steps.hpp"
#include "request/answer_data.hpp"

namespace dockerhub {
namespace {

std::string array_of(const std::vector<std::string>& items) {
  std::size_t size = 2;
  for (const std::string& item : items) size += item.size() + 1;
  std::string array;
  array.reserve(size);
  array += '[';
  for (const std::string& item : items) {
    if (array.size() > 1) array += ',';
    array += item;
  }
  array += ']';
  return array;
}

// Items that nobody took are the data; beside an answer they stand in it under the row's key.
std::string data_of(const RunningCall& call, RunningCall::Answers& answers) {
  const Action* row = call.frame().row;
  const bool collects = row != nullptr && row->answer.kind == "items" && !call.frame().caller.item;
  // A handler that has nothing to say beside its items says it also when there are none.
  const bool is_empty_list = collects && !row->request && answers.data == "{}";
  if (answers.items.empty() && answers.data && !is_empty_list) return std::move(*answers.data);
  if (answers.items.empty() && !collects) return "null";
  std::string items = array_of(answers.items);
  if (!answers.data) return items;
  auto document = json::parse(*answers.data);
  auto parsed = json::parse(items);
  if (!document || !parsed || !document->IsObject()) return items;
  const std::string key =
      row == nullptr || row->answer.items_key.empty() ? "results" : row->answer.items_key;
  json::Value copied(*parsed, document->GetAllocator());
  document->RemoveMember(key.c_str());
  document->AddMember(json::copy(key, document->GetAllocator()), copied, document->GetAllocator());
  return json::write(*document);
}

// What a dry run would have sent stands beside what the handler says of it.
void add_plan(RunningCall& call, std::optional<std::string>& data) {
  constexpr const char* kPlan = "would_send";
  const std::vector<std::string>& planned = call.traffic().planned;
  if (!call.dry_run() || planned.empty()) return;
  const std::string list = array_of(planned);
  if (!data) {
    data = "{\"" + std::string(kPlan) + "\":" + list + "}";
    return;
  }
  const auto plan = json::parse(list);
  auto document = json::parse(*data);
  const bool has_room =
      plan && document && document->IsObject() && json::find(*document, kPlan) == nullptr;
  if (!has_room) return;
  json::Value copied(*plan, document->GetAllocator());
  document->AddMember(json::copy(kPlan, document->GetAllocator()), copied,
                      document->GetAllocator());
  data = json::write(*document);
}

int status_of(std::vector<std::pair<std::string, std::string>>& annotations) {
  constexpr int kDefault = 200;
  const auto found =
      std::find_if(annotations.begin(), annotations.end(),
                   [](const auto& annotation) { return annotation.first == "status_code"; });
  if (found == annotations.end()) return kDefault;
  const int status = std::stoi(found->second);
  annotations.erase(found);
  return status;
}

// Whether what was given to the action is at fault, and not what is there: a 404 is of the latter.
bool is_about_parameters(const Error& error) {
  constexpr int kBadRequest = 400;
  return error.kind == ErrorKind::parameter &&
         (error.status_code == 0 || error.status_code == kBadRequest);
}

// Names of parameters stand in a schema, not their values.
void tell_schema(const CallRedaction& redaction, const Action* row, Error& error) {
  if (row == nullptr || !error.details.empty() || !is_about_parameters(error)) return;
  const std::string details = schema_details(*row, error.parameter);
  if (details.empty()) return;
  error.details = redaction.json(details, {}, KeyRule::ignore).value_or(std::string());
}

}  // namespace

CallResult make_result(RunningCall& call) {
  const CallRedaction& redaction = call.redaction();
  const std::string_view request_id = call.frame().view.request_id;
  RunningCall::Answers& answers = call.answers();
  add_plan(call, answers.data);
  CallResult result;
  result.items = answers.item_count;
  result.outcome = answers.outcome;
  Envelope envelope;
  envelope.data = data_of(call, answers);
  envelope.annotations = std::move(answers.annotations);
  envelope.status_code = status_of(envelope.annotations);
  envelope.warnings = std::move(answers.warnings);
  envelope.outcome = answers.outcome;
  envelope.outcome_text = std::move(answers.outcome_text);
  envelope.dry_run = call.dry_run();
  envelope.request_id = request_id;
  envelope.rate_limit = call.traffic().rate_limit;
  result.contents = std::move(answers.contents);
  if (auto done = redact_data(redaction, call.frame().row, envelope.data); !done) {
    // What the server said is no fault of the module's.
    Error error = answers.unread_status == 0 ? done.error() : no_json(answers.unread_status);
    return make_failure(redaction, std::move(error), request_id, call.traffic().rate_limit);
  }
  if (auto done = redact_beside(redaction, envelope); !done) {
    return make_failure(redaction, done.error(), request_id);
  }
  const std::vector<std::string>& fields = call.frame().request.options.fields;
  if (call.frame().row != nullptr && !fields.empty() && !envelope.dry_run) {
    keep_fields(*call.frame().row, fields, envelope);
  }
  if (auto done = redact(redaction, result.contents); !done) {
    return make_failure(redaction, done.error(), request_id);
  }
  write_envelope(envelope, result);
  const Action* row = call.frame().row;
  if (row != nullptr && row->answer.verbatim) result.verbatim = std::move(envelope.data);
  return result;
}

CallResult make_failure(const CallRedaction& redaction, Error error, std::string_view request_id,
                        std::optional<http::RateLimit> rate_limit, const Action* row) {
  CallResult result;
  if (!redact(redaction, rate_limit)) rate_limit.reset();
  result.error = redaction.error(std::move(error));
  tell_schema(redaction, row, *result.error);
  result.envelope = write_envelope(*result.error, request_id, rate_limit);
  if (rate_limit) {
    result.rate_limit = ToldRateLimit{rate_limit->limit, rate_limit->remaining, rate_limit->reset};
  }
  return result;
}

CallResult make_failure(const Services& services, Error error, std::string_view request_id,
                        const Action* row) {
  return make_failure(CallRedaction(*services.redactor), std::move(error), request_id, {}, row);
}

CallResult make_answer(const Services& services, std::string_view data, const CallView& view) {
  auto clean = services.redactor->json(data, {}, KeyRule::ignore);
  if (!clean) return make_failure(services, clean.error(), view.request_id);
  Envelope envelope;
  envelope.data = std::move(*clean);
  envelope.dry_run = view.dry_run;
  envelope.request_id = view.request_id;
  CallResult result;
  write_envelope(envelope, result);
  return result;
}

CallResult make_suspension(const Services& services, const Conversation& conversation,
                           std::string_view binding, std::string_view request_id) {
  Result<std::string> state = conversation.suspend(services.seal, binding);
  if (!state) return make_failure(services, state.error(), request_id);
  CallResult result;
  result.suspended = true;
  result.questions = conversation.pending();
  result.state = std::move(*state);
  return result;
}

}  // namespace dockerhub
