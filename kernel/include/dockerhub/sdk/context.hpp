// One call, as its handler sees it: parameters in, answer out, and the kernel's services. A Context
// lives on the stack of the call and is used on its thread only, except cancelled() and
// remaining(), which any thread of the handler's may use while the call runs.
//
// What returns a Status is checked by the handler. What returns nothing (parts, warnings, progress)
// remembers its first failure, which then is the end of the call even if the handler says it is
// fine.
#pragma once

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "dockerhub/sdk/ask.hpp"
#include "dockerhub/sdk/content.hpp"
#include "dockerhub/sdk/digest.hpp"
#include "dockerhub/sdk/duration.hpp"
#include "dockerhub/sdk/host.hpp"
#include "dockerhub/sdk/http.hpp"
#include "dockerhub/sdk/json.hpp"
#include "dockerhub/sdk/kept.hpp"
#include "dockerhub/sdk/params.hpp"
#include "dockerhub/sdk/status.hpp"
#include "dockerhub/sdk/store.hpp"

namespace dockerhub::sdk {

class Context {
 public:
  // subject: the URI of a resource, else empty. params: JSON object in place of the call's own
  // parameters (variables of a resource, arguments of a prompt), or nullopt. Both outlive the
  // Context.
  Context(const Host& host, dh_call* call, std::string_view subject = {},
          std::optional<std::string_view> params = {})
      : host_(host),
        tables_(host.extensions()),
        call_(call),
        subject_(subject),
        given_params_(params) {}
  Context(const Context&) = delete;
  Context& operator=(const Context&) = delete;

  const Host& host() const { return host_; }
  std::string_view uri() const { return subject_; }
  const Params& params();

  // The answer's data, once.
  Status answer(const Json& data) noexcept {
    return settled(invoke(tables_.call, &dh_call_1::answer, call_, to_abi(data.text())));
  }
  // One item of a long answer. Returns when the receiver took it: memory stays constant however
  // long the answer is. DH_E_RECEIVER: it wants no more, nothing is wrong; return that status.
  Status item(const Json& data) noexcept {
    return settled(invoke(tables_.call, &dh_call_1::item, call_, to_abi(data.text())));
  }
  // The end of a handler that answered with items or parts alone.
  Status done() const { return pending_; }

  // Content parts, in their order. annotations: JSON object {"audience"?, "priority"?}, or empty.
  void text(std::string_view text, std::string_view annotations = {});
  void image(std::string_view bytes, std::string_view media_type,
             std::string_view annotations = {});
  void audio(std::string_view bytes, std::string_view media_type,
             std::string_view annotations = {});
  void resource_text(std::string_view uri, std::string_view media_type, std::string_view text);
  void resource_bytes(std::string_view uri, std::string_view media_type, std::string_view bytes);
  void link(std::string_view uri, std::string_view name, std::string_view media_type = {});

  // Something beside the data in the envelope. Keys with a meaning: "status_code" (100..599; 200
  // without it), "exists" (true or false), "headers" (object), "source" (text), "next" (object: the
  // parameters that get what this answer left out). Any other key is the module's own and stands
  // under "extra". A key is [a-z][a-z0-9_]*, at most 64 characters.
  void annotate(std::string_view key, const Json& value) noexcept {
    note(invoke(tables_.call, &dh_call_1::annotate, call_, to_abi(key), to_abi(value.text())));
  }
  // A warning for the reader of the answer.
  void warn(std::string_view text) noexcept {
    note(invoke(tables_.call, &dh_call_1::warn, call_, to_abi(text)));
  }
  // How the work ended, when not simply well; the text says it in a sentence.
  void outcome(Outcome how, std::string_view text) noexcept {
    note(invoke(tables_.call, &dh_call_1::outcome, call_, static_cast<std::int32_t>(how),
                to_abi(text)));
  }
  void progress(const Progress& at) noexcept {
    note(invoke(tables_.call, &dh_call_1::progress, call_, to_abi(at.track), at.done, at.total,
                to_abi(at.unit), to_abi(at.message)));
  }

  // Ends the call with a failure: `return ctx.fail(...)`.
  Status fail(const Failure& failure) noexcept;
  Status fail(std::string_view type, std::string_view message,
              std::string_view hint = {}) noexcept {
    Failure failure;
    failure.type = type;
    failure.message = message;
    failure.hint = hint;
    return fail(failure);
  }

  // In a dry run a handler does its reads and answers what it would do. The kernel runs one only if
  // its row says dry_run() or its effect is read; for others it answers by itself.
  bool dry_run() const noexcept {
    return offers(tables_.call, &dh_call_1::dry_run) && tables_.call->dry_run(call_) != 0;
  }
  // The work should end: return DH_E_CANCELLED soon.
  bool cancelled() const noexcept {
    return offers(tables_.call, &dh_call_1::cancelled) && tables_.call->cancelled(call_) != 0;
  }
  // Time until the deadline; nullopt: there is none.
  std::optional<std::chrono::milliseconds> remaining() const;
  // Waits, at most UINT32_MAX milliseconds; a negative duration is none. DH_E_CANCELLED or
  // DH_E_TIMEOUT when the call ends before.
  Status pause(std::chrono::milliseconds duration) {
    return invoke(tables_.call, &dh_call_1::pause, call_, to_abi(duration));
  }
  Trace trace() const;
  Capabilities caller() const;
  // Kernel options that a list honours.
  ListOptions list_options() const;
  // A line for the caller, where it asked for such lines, and for the log.
  void tell(Level level, std::string_view line) const noexcept {
    if (offers(tables_.log, &dh_log_1::tell)) {
      tables_.log->tell(call_, static_cast<std::int32_t>(level), to_abi(line));
    }
  }

  // Services. Each says DH_E_UNSUPPORTED where this kernel does not have its extension.
  Asking ask() const { return {tables_.ask, call_}; }                           // ask/1
  Http http() const { return {tables_.http, call_}; }                           // http/1
  Reply<Store> store(std::string_view parameter, bool writable = false) const;  // store/1
  Reply<Digest> digest(std::string_view algorithm) const {                      // digest/1
    return Digest::open(tables_.digest, call_, algorithm);
  }
  // A small record that outlives the process, this call's alone until it is destroyed. Its failures are no
  // error of the call: go on without it.
  Reply<KeptRecord> kept(std::string_view name) const {  // kept/1
    return KeptRecord::open(tables_.kept, call_, name);
  }
  // Who is logged in; abi.h says the keys.
  Reply<Document> identity() const;  // identity/1
  // Logs in to Docker Hub if an account is configured and no valid token is at hand.
  Status sign_in() const { return invoke(tables_.identity, &dh_identity_1::sign_in, call_); }
  Reply<Document> limits() const;  // limits/1
  // Whether another module's action is offered now.
  Status offered(std::string_view tool, std::string_view action) const noexcept {  // catalog/1
    return invoke(tables_.catalog, &dh_catalog_1::offered, call_, to_abi(tool), to_abi(action));
  }
  // Runs another module's action with this caller's rights, deadline and dry run; its effect may
  // not be above this call's. options: kernel options. What it asks is asked in this call: return a
  // suspended status.
  CallOutcome run(std::string_view tool, std::string_view action, const Json& params,
                  const Json& options = Json::raw("{}")) const;  // catalog/1

 private:
  void note(Status status) noexcept {
    if (!status && pending_.ok()) pending_ = status;
  }
  // The first failure that nobody has seen yet, else this status.
  Status settled(Status status) const noexcept { return status && !pending_ ? pending_ : status; }
  void part(const dh_content& content) {
    note(invoke(tables_.call, &dh_call_1::content, call_, &content));
  }
  static dh_content part_of(std::int32_t kind, std::string_view media_type,
                            std::string_view annotations);
  static Reply<Document> parsed(Status status, dh_str json);

  const Host& host_;
  const Extensions& tables_;
  dh_call* call_;
  std::string_view subject_;
  std::optional<std::string_view> given_params_;
  std::unique_ptr<Params> params_;
  Status pending_;
};

inline const Params& Context::params() {
  if (params_ != nullptr) return *params_;
  dh_str json{};
  if (given_params_) {
    json = to_abi(*given_params_);
  } else if (!invoke(tables_.call, &dh_call_1::params, call_, &json)) {
    throw std::runtime_error("the kernel gave no parameters");
  }
  params_ = std::make_unique<Params>(from_abi(json));
  return *params_;
}

inline dh_content Context::part_of(std::int32_t kind, std::string_view media_type,
                                   std::string_view annotations) {
  dh_content content{};
  content.size = sizeof(content);
  content.kind = kind;
  content.media_type = to_abi(media_type);
  content.annotations = to_abi(annotations);
  return content;
}

inline void Context::text(std::string_view text, std::string_view annotations) {
  dh_content content = part_of(DH_CONTENT_TEXT, {}, annotations);
  content.text = to_abi(text);
  part(content);
}

inline void Context::image(std::string_view bytes, std::string_view media_type,
                           std::string_view annotations) {
  dh_content content = part_of(DH_CONTENT_IMAGE, media_type, annotations);
  content.data = bytes_of(bytes);
  part(content);
}

inline void Context::audio(std::string_view bytes, std::string_view media_type,
                           std::string_view annotations) {
  dh_content content = part_of(DH_CONTENT_AUDIO, media_type, annotations);
  content.data = bytes_of(bytes);
  part(content);
}

inline void Context::resource_text(std::string_view uri, std::string_view media_type,
                                   std::string_view text) {
  dh_content content = part_of(DH_CONTENT_RESOURCE, media_type, {});
  content.uri = to_abi(uri);
  content.text = to_abi(text);
  part(content);
}

inline void Context::resource_bytes(std::string_view uri, std::string_view media_type,
                                    std::string_view bytes) {
  dh_content content = part_of(DH_CONTENT_RESOURCE, media_type, {});
  content.uri = to_abi(uri);
  content.data = bytes_of(bytes);
  part(content);
}

inline void Context::link(std::string_view uri, std::string_view name,
                          std::string_view media_type) {
  dh_content content = part_of(DH_CONTENT_LINK, media_type, {});
  content.uri = to_abi(uri);
  content.name = to_abi(name);
  part(content);
}

inline Status Context::fail(const Failure& failure) noexcept {
  dh_error error{};
  error.size = sizeof(error);
  error.status_code = failure.status_code;
  error.retry_after_ms = std::max(failure.retry_after_ms, std::int64_t{0});
  error.type = to_abi(failure.type);
  error.message = to_abi(failure.message);
  error.hint = to_abi(failure.hint);
  error.parameter = to_abi(failure.parameter);
  error.request = to_abi(failure.request);
  error.details = to_abi(failure.details);
  const Status status =
      invoke(tables_.call, &dh_call_1::fail, call_, static_cast<const dh_error*>(&error));
  return status ? Status(DH_E_FAILED) : status;
}

inline std::optional<std::chrono::milliseconds> Context::remaining() const {
  if (!offers(tables_.call, &dh_call_1::remaining_ms)) return std::nullopt;
  const std::int64_t left = tables_.call->remaining_ms(call_);
  if (left < 0) return std::nullopt;
  return std::chrono::milliseconds(left);
}

inline Trace Context::trace() const {
  dh_str parent{};
  dh_str state{};
  if (!invoke(tables_.call, &dh_call_1::trace, call_, &parent, &state)) return {};
  return {std::string(from_abi(parent)), std::string(from_abi(state))};
}

inline Reply<Document> Context::parsed(Status status, dh_str json) {
  if (!status) return status;
  auto document = parse_json(from_abi(json));
  if (!document) return Status(DH_E_INVALID);
  return std::move(*document);
}

inline Capabilities Context::caller() const {
  dh_str json{};
  const auto document = parsed(invoke(tables_.call, &dh_call_1::caller, call_, &json), json);
  if (!document || !document->IsObject()) return {};
  const auto can = [&](const char* name) {
    const auto member = document->FindMember(name);
    return member != document->MemberEnd() && member->value.IsBool() && member->value.GetBool();
  };
  Capabilities caller{can("elicitation"), can("elicitation_url"), can("sampling"), can("roots"),
                      can("items"),       can("progress"),        can("stores"),   {}};
  const auto level = document->FindMember("log_level");
  if (level != document->MemberEnd() && level->value.IsString())
    caller.log_level = view(level->value);
  return caller;
}

inline ListOptions Context::list_options() const {
  dh_str json{};
  const auto document = parsed(invoke(tables_.call, &dh_call_1::options, call_, &json), json);
  if (!document || !document->IsObject()) return {};
  ListOptions options;
  const auto all = document->FindMember("all_pages");
  options.all_pages = all != document->MemberEnd() && all->value.IsBool() && all->value.GetBool();
  const auto most = document->FindMember("max_items");
  if (most != document->MemberEnd() && most->value.IsUint64())
    options.max_items = most->value.GetUint64();
  return options;
}

inline Reply<Store> Context::store(std::string_view parameter, bool writable) const {
  dh_handle handle = 0;
  const Status status =
      invoke(tables_.store, &dh_store_1::open, call_, to_abi(parameter), writable ? 1 : 0, &handle);
  if (!status) return status;
  return Store(StoreHandle(tables_.store, call_, handle));
}

inline Reply<Document> Context::identity() const {
  dh_str json{};
  const Status status = invoke(tables_.identity, &dh_identity_1::get, call_, &json);
  return parsed(status, json);
}

inline Reply<Document> Context::limits() const {
  dh_str json{};
  const Status status = invoke(tables_.limits, &dh_limits_1::get, call_, &json);
  return parsed(status, json);
}

inline CallOutcome Context::run(std::string_view tool, std::string_view action, const Json& params,
                                const Json& options) const {
  dh_str envelope{};
  const Status status =
      invoke(tables_.catalog, &dh_catalog_1::call, call_, to_abi(tool), to_abi(action),
             to_abi(params.text()), to_abi(options.text()), &envelope);
  return {status, std::string(from_abi(envelope))};
}

}  // namespace dockerhub::sdk
