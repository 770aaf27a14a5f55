#include <array>

#include "base/json.hpp"
#include "base/pattern.hpp"
#include "call/items.hpp"
#include "host/host.hpp"

namespace dockerhub {
namespace {

// The sizes that these structs had first: what a module of 1.0 gives.
constexpr std::size_t kLeastContent = offsetof(dh_content, annotations) + sizeof(dh_str);
constexpr std::size_t kLeastError = offsetof(dh_error, details) + sizeof(dh_str);

// A host function that adds to the answer: not while a question waits, not without limit.
template <typename Body>
dh_status adding(dh_call* call, std::size_t bytes, const Body& body) {
  return guarded(call, [&](RunningCall& running) -> dh_status {
    if (running.suspended()) return DH_SUSPENDED;
    return running.charge(bytes) ? body(running) : too_large(running);
  });
}

dh_status params(dh_call* call, dh_str* json) {
  return guarded(call, [&](RunningCall& running) {
    const std::string& text = running.frame().params;
    *json = {text.data(), text.size()};
    return DH_OK;
  });
}

dh_status answer(dh_call* call, dh_str json) {
  return adding(call, json.size, [&](RunningCall& running) -> dh_status {
    if (running.answers().data) return running.invalid("answered twice");
    if (!json::is_valid(view(json))) return running.invalid("its answer is not JSON");
    running.answers().data = std::string(view(json));
    return DH_OK;
  });
}

dh_status item(dh_call* call, dh_str json) {
  return guarded(call, [&](RunningCall& running) { return deliver_item(running, view(json)); });
}

bool is_object(std::string_view json) {
  const auto document = json::parse(json);
  return document && document->IsObject();
}

Content content_of(const dh_content& part) {
  Content content;
  content.kind = static_cast<Content::Kind>(part.kind - DH_CONTENT_TEXT);
  content.text = text_of(part.text);
  content.data = std::string(view(part.data));
  content.media_type = text_of(part.media_type);
  content.uri = text_of(part.uri);
  content.name = text_of(part.name);
  content.annotations = std::string(view(part.annotations));
  content.binary = part.data.size != 0;
  return content;
}

dh_status content(dh_call* call, const dh_content* given) {
  const auto part = read_struct(given, kLeastContent);
  return adding(call, part ? part->text.size + part->data.size : 0,
                [&](RunningCall& running) -> dh_status {
                  if (!part) return running.invalid("a content part is too small");
                  if (part->kind < DH_CONTENT_TEXT || part->kind > DH_CONTENT_LINK) {
                    return running.invalid("a content part has an unknown kind");
                  }
                  if (part->annotations.size != 0 && !is_object(view(part->annotations))) {
                    return running.invalid("the annotations of a content part are no JSON object");
                  }
                  running.answers().contents.push_back(content_of(*part));
                  return DH_OK;
                });
}

// What is wrong with an annotation, or nothing.
std::string problem_of(std::string_view key, std::string_view json) {
  constexpr int kFirstStatus = 100;
  constexpr int kLastStatus = 599;
  if (!matches("[a-z][a-z0-9_]{0,63}", key)) return "the key has to be [a-z][a-z0-9_]{0,63}";
  const auto value = json::parse(json);
  if (!value) return "the value is not JSON";
  const bool is_status =
      value->IsInt() && value->GetInt() >= kFirstStatus && value->GetInt() <= kLastStatus;
  if (key == "status_code" && !is_status) return "the value has to be an integer of 100..599";
  if (key == "exists" && !value->IsBool()) return "the value has to be a boolean";
  if ((key == "headers" || key == "next") && !value->IsObject())
    return "the value has to be an object";
  if (key == "source" && !value->IsString()) return "the value has to be a text";
  return {};
}

dh_status annotate(dh_call* call, dh_str key, dh_str json) {
  return adding(call, key.size + json.size, [&](RunningCall& running) -> dh_status {
    if (const std::string problem = problem_of(view(key), view(json)); !problem.empty()) {
      return running.invalid("annotation '" + visible(view(key)) + "': " + problem);
    }
    auto& annotations = running.answers().annotations;
    std::erase_if(annotations, [&](const auto& known) { return known.first == view(key); });
    annotations.emplace_back(view(key), view(json));
    return DH_OK;
  });
}

dh_status warn(dh_call* call, dh_str text) {
  return adding(call, text.size, [&](RunningCall& running) {
    running.answers().warnings.push_back(text_of(text));
    return DH_OK;
  });
}

dh_status outcome(dh_call* call, int32_t outcome, dh_str text) {
  return adding(call, text.size, [&](RunningCall& running) -> dh_status {
    if (outcome < DH_OUTCOME_OK || outcome > DH_OUTCOME_CONDITION_MET)
      return running.invalid("an unknown outcome");
    running.answers().outcome = static_cast<Outcome>(outcome);
    running.answers().outcome_text = text_of(text);
    return DH_OK;
  });
}

// The kind that a status of the server stands for where the module names none.
ErrorKind kind_of(int status_code) {
  switch (status_code) {
    case 0:
      return ErrorKind::module_fault;
    case 400:
    case 404:
      return ErrorKind::parameter;
    case 401:
      return ErrorKind::auth;
    case 403:
      return ErrorKind::forbidden;
    default:
      return ErrorKind::api;
  }
}

Error error_of(const dh_error& given) {
  Error error;
  error.status_code = given.status_code >= 100 && given.status_code <= 599 ? given.status_code : 0;
  error.kind = given.type.size == 0
                   ? kind_of(error.status_code)
                   : error_kind(view(given.type)).value_or(ErrorKind::module_fault);
  if (given.retry_after_ms > 0) error.retry_after = std::chrono::milliseconds(given.retry_after_ms);
  error.message = text_of(given.message);
  error.hint = text_of(given.hint);
  error.parameter = text_of(given.parameter);
  error.request = text_of(given.request);
  if (is_object(view(given.details))) error.details = std::string(view(given.details));
  return error;
}

dh_status fail(dh_call* call, const dh_error* given) {
  return guarded(call, [&](RunningCall& running) {
    const auto error = read_struct(given, kLeastError);
    return error ? running.fail(error_of(*error)) : running.invalid("an error is too small");
  });
}

dh_status progress(dh_call* call, dh_str id, uint64_t done, uint64_t total, dh_str unit,
                   dh_str message) {
  return guarded(call, [&](RunningCall& running) {
    const auto& receiver = running.frame().caller.progress;
    if (!receiver) return DH_OK;
    const CallRedaction& redaction = running.redaction();
    // The tracks of a nested call are its own.
    const std::string track = redaction.text(running.frame().key_prefix + text_of(id));
    const std::string clean_unit = redaction.text(text_of(unit));
    const std::string clean = redaction.text(text_of(message));
    receiver(Progress{track, done, total, clean_unit, clean});
    return DH_OK;
  });
}

int32_t dry_run(dh_call* call) {
  return call != nullptr && call->running.dry_run() ? 1 : 0;
}

int32_t cancelled(dh_call* call) {
  return call != nullptr && call->running.cancelled() ? 1 : 0;
}

int64_t remaining_ms(dh_call* call) {
  if (call == nullptr) return 0;
  const auto left = call->running.remaining();
  return left ? left->count() : -1;
}

dh_status pause(dh_call* call, uint32_t milliseconds) {
  return guarded(call, [&](RunningCall& running) {
    return running.pause(std::chrono::milliseconds(milliseconds));
  });
}

dh_status trace(dh_call* call, dh_str* traceparent, dh_str* tracestate) {
  return guarded(call, [&](RunningCall& running) {
    const TraceContext& context = running.frame().request.trace;
    *traceparent = {context.traceparent.data(), context.traceparent.size()};
    *tracestate = {context.tracestate.data(), context.tracestate.size()};
    return DH_OK;
  });
}

constexpr std::array<std::string_view, 8> kLevels = {"debug", "info",     "notice", "warning",
                                                     "error", "critical", "alert",  "emergency"};

std::string describe(const Caller& caller) {
  json::Buffer buffer;
  json::Writer writer(buffer);
  const auto flag = [&](const char* key, bool value) {
    writer.Key(key);
    writer.Bool(value);
  };
  writer.StartObject();
  flag("elicitation", caller.elicitation);
  flag("elicitation_url", caller.elicitation_url);
  flag("sampling", caller.sampling);
  flag("roots", caller.roots);
  flag("items", static_cast<bool>(caller.item));
  flag("progress", static_cast<bool>(caller.progress));
  flag("stores", static_cast<bool>(caller.store));
  writer.Key("log_level");
  if (caller.log_level) {
    json::put(writer, kLevels[static_cast<std::size_t>(*caller.log_level)]);
  } else {
    writer.Null();
  }
  writer.EndObject();
  return {buffer.GetString(), buffer.GetSize()};
}

dh_status caller(dh_call* call, dh_str* json) {
  return guarded(call, [&](RunningCall& running) {
    *json = running.lend("caller", describe(running.frame().caller));
    return DH_OK;
  });
}

std::string describe(const CallOptions& options) {
  json::Buffer buffer;
  json::Writer writer(buffer);
  writer.StartObject();
  writer.Key("all_pages");
  writer.Bool(options.all_pages);
  writer.Key("max_items");
  if (options.max_items) {
    writer.Uint64(*options.max_items);
  } else {
    writer.Null();
  }
  writer.EndObject();
  return {buffer.GetString(), buffer.GetSize()};
}

dh_status options(dh_call* call, dh_str* json) {
  return guarded(call, [&](RunningCall& running) {
    *json = running.lend("options", describe(running.frame().request.options));
    return DH_OK;
  });
}

}  // namespace

const dh_call_1 kCall1 = {sizeof(dh_call_1),
                          0,
                          params,
                          answer,
                          item,
                          content,
                          annotate,
                          warn,
                          outcome,
                          fail,
                          progress,
                          dry_run,
                          cancelled,
                          remaining_ms,
                          pause,
                          trace,
                          caller,
                          options};

}  // namespace dockerhub
