#include <array>

#include "base/json.hpp"
#include "call/envelope.hpp"
#include "host/host.hpp"

namespace dockerhub {
namespace {

// An answer that nobody takes piece by piece has to fit into memory.
constexpr std::size_t kMaxCollected = 256U * 1024 * 1024;

dh_status params(dh_call* call, dh_str* json) {
  return guarded(call, [&](RunningCall& running) {
    const std::string& text = running.frame().params;
    *json = {text.data(), text.size()};
    return DH_OK;
  });
}

dh_status answer(dh_call* call, dh_str json) {
  return guarded(call, [&](RunningCall& running) {
    if (running.answers().data) return running.invalid("answered twice");
    if (!json::is_valid(view(json))) return running.invalid("its answer is not JSON");
    running.answers().data = std::string(view(json));
    return static_cast<dh_status>(DH_OK);
  });
}

dh_status too_large(RunningCall& running) {
  Error error;
  error.kind = ErrorKind::api;
  error.message = "the answer is larger than " + std::to_string(kMaxCollected >> 20U) + " MiB";
  error.hint = "Ask for less at once, or use a frontend that takes items one by one.";
  return running.fail(std::move(error), DH_E_LIMIT);
}

dh_status collect(RunningCall& running, std::string_view item) {
  RunningCall::Answers& answers = running.answers();
  answers.collected_bytes += item.size();
  if (answers.collected_bytes > kMaxCollected) return too_large(running);
  answers.items.emplace_back(item);
  return DH_OK;
}

dh_status item(dh_call* call, dh_str json) {
  return guarded(call, [&](RunningCall& running) {
    if (const dh_status status = running.alive(); status != DH_OK) return status;
    ++running.answers().item_count;
    const auto& receiver = running.frame().caller.item;
    if (!receiver) {
      return json::is_valid(view(json)) ? collect(running, view(json))
                                        : running.invalid("an item is not JSON");
    }
    const Action* row = running.frame().row;
    static const std::vector<std::string> kNothing;
    auto clean = running.services().redactor->json(
        view(json), row == nullptr ? kNothing : row->answer.shown_once);
    if (!clean) return running.invalid("an item is not JSON");
    return receiver(*clean) ? static_cast<dh_status>(DH_OK) : DH_E_RECEIVER;
  });
}

std::string text_of(dh_str text) {
  return std::string(view(text));
}

dh_status content(dh_call* call, const dh_content* part) {
  return guarded(call, [&](RunningCall& running) {
    if (part == nullptr || part->size < sizeof(dh_content))
      return running.invalid("a content part is too small");
    if (part->kind < DH_CONTENT_TEXT || part->kind > DH_CONTENT_LINK)
      return running.invalid("a content part has an unknown kind");
    if (part->annotations.size != 0 && !json::is_valid(view(part->annotations))) {
      return running.invalid("the annotations of a content part are not JSON");
    }
    Content content;
    content.kind = static_cast<Content::Kind>(part->kind - DH_CONTENT_TEXT);
    content.text = text_of(part->text);
    content.data = std::string(view(part->data));
    content.media_type = text_of(part->media_type);
    content.uri = text_of(part->uri);
    content.name = text_of(part->name);
    content.annotations = text_of(part->annotations);
    content.binary = part->data.size != 0;
    running.answers().contents.push_back(std::move(content));
    return static_cast<dh_status>(DH_OK);
  });
}

dh_status annotate(dh_call* call, dh_str key, dh_str json) {
  return guarded(call, [&](RunningCall& running) {
    if (key.size == 0 || is_reserved_key(view(key))) {
      return running.invalid("the envelope's key '" + visible(view(key)) + "' is the kernel's");
    }
    if (!json::is_valid(view(json)))
      return running.invalid("the value of '" + visible(view(key)) + "' is not JSON");
    auto& annotations = running.answers().annotations;
    std::erase_if(annotations, [&](const auto& known) { return known.first == view(key); });
    annotations.emplace_back(text_of(key), text_of(json));
    return static_cast<dh_status>(DH_OK);
  });
}

dh_status warn(dh_call* call, dh_str text) {
  return guarded(call, [&](RunningCall& running) {
    running.answers().warnings.push_back(text_of(text));
    return DH_OK;
  });
}

dh_status outcome(dh_call* call, int32_t outcome, dh_str text) {
  return guarded(call, [&](RunningCall& running) {
    if (outcome < DH_OUTCOME_OK || outcome > DH_OUTCOME_CONDITION_MET)
      return running.invalid("an unknown outcome");
    running.answers().outcome = static_cast<Outcome>(outcome);
    running.answers().outcome_text = text_of(text);
    return static_cast<dh_status>(DH_OK);
  });
}

dh_status fail(dh_call* call, const dh_error* error) {
  return guarded(call, [&](RunningCall& running) {
    if (error == nullptr || error->size < sizeof(dh_error))
      return running.invalid("an error is too small");
    Error told;
    told.kind = error_kind(view(error->type)).value_or(ErrorKind::module_fault);
    told.status_code = error->status_code;
    if (error->retry_after_ms >= 0)
      told.retry_after = std::chrono::milliseconds(error->retry_after_ms);
    told.message = text_of(error->message);
    told.hint = text_of(error->hint);
    told.parameter = text_of(error->parameter);
    told.request = text_of(error->request);
    if (error->details.size != 0 && json::is_valid(view(error->details)))
      told.details = text_of(error->details);
    return running.fail(std::move(told));
  });
}

dh_status progress(dh_call* call, dh_str id, uint64_t done, uint64_t total, dh_str unit,
                   dh_str message) {
  return guarded(call, [&](RunningCall& running) {
    const auto& receiver = running.frame().caller.progress;
    if (!receiver) return DH_OK;
    const std::string clean = running.services().redactor->text(view(message));
    receiver(Progress{view(id), done, total, view(unit), clean});
    return DH_OK;
  });
}

int32_t dry_run(dh_call* call) {
  return call != nullptr && call->running.frame().dry_run ? 1 : 0;
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
                          caller};

}  // namespace dockerhub
