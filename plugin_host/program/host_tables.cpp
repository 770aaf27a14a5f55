#include "host_tables.hpp"

#include <algorithm>
#include <array>
#include <concepts>
#include <cstring>
#include <utility>

#include "structs.hpp"

namespace dockerhub::plugin_host {
namespace {

// Texts of the functions whose results hold "until its next use"; all others hold as long as the call.
constexpr std::array kShortLived = {
    HostFunction::caller,        HostFunction::options,     HostFunction::http_finish,
    HostFunction::state_get,     HostFunction::store_list,  HostFunction::identity_get,
    HostFunction::limits_get,    HostFunction::http_read,   HostFunction::store_read_at,
    HostFunction::digest_finish, HostFunction::call_action, HostFunction::kept_read};

constexpr std::array kClosing = {HostFunction::http_close, HostFunction::store_close,
                                 HostFunction::digest_close, HostFunction::kept_close};

template <std::size_t Size>
constexpr bool is_one_of(HostFunction function, const std::array<HostFunction, Size>& functions) {
  return std::find(functions.begin(), functions.end(), function) != functions.end();
}

struct Lender {
  LentTexts& texts;
  HostFunction function;
  dh_handle handle;

  std::string_view lend(std::string_view text) const {
    return is_one_of(function, kShortLived) ? texts.replace(function, handle, text)
                                            : texts.keep(text);
  }
};

// The handle that a function is about: it comes first where there is one.
constexpr dh_handle handle_of() {
  return 0;
}
template <typename First, typename... Others>
constexpr dh_handle handle_of(First first, Others... /*others*/) {
  if constexpr (std::same_as<First, dh_handle>) {
    return first;
  } else {
    return 0;
  }
}

// An argument on its way: texts, numbers and structs are sent, what results are written to is not.
void put(FieldWriter& out, dh_str text) {
  out.bytes(view(text));
}
void put(FieldWriter& out, dh_bytes bytes) {
  out.bytes(view(bytes));
}
template <std::integral Number>
void put(FieldWriter& out, Number number) {
  out.number(static_cast<std::int64_t>(number));
}
template <typename Result>
void put(FieldWriter& /*out*/, Result* /*result*/) {}
void put(FieldWriter& out, dh_response* response) {
  out.number(response == nullptr ? 0 : response->size);
}
template <typename Struct>
void put(FieldWriter& out, const Struct* given) {
  Struct copy{};
  const std::size_t size = given == nullptr ? 0 : std::min<std::size_t>(given->size, sizeof copy);
  if (size > 0) std::memcpy(&copy, given, size);
  out.number(static_cast<std::int64_t>(size));
  visit_fields(copy, [&](const auto& field) { put(out, field); });
}

// A result that came back.
void take(FieldReader& in, const Lender& lender, dh_str* text) {
  const std::string_view lent = lender.lend(in.bytes());
  if (text != nullptr) *text = text_of(lent);
}
void take(FieldReader& in, const Lender& lender, dh_bytes* bytes) {
  const std::string_view lent = lender.lend(in.bytes());
  if (bytes != nullptr) *bytes = bytes_of(lent);
}
void take(FieldReader& in, const Lender& /*lender*/, std::uint64_t* number) {
  const auto value = static_cast<std::uint64_t>(in.number());
  if (number != nullptr) *number = value;
}
void take(FieldReader& in, const Lender& lender, dh_response* response) {
  const auto status_code = static_cast<std::int32_t>(in.number());
  const std::int64_t content_length = in.number();
  const std::string_view headers = lender.lend(in.bytes());
  if (response == nullptr || response->size < sizeof *response) return;
  response->status_code = status_code;
  response->content_length = content_length;
  response->headers = text_of(headers);
}
template <typename Argument>
void take(FieldReader& /*in*/, const Lender& /*lender*/, const Argument& /*argument*/) {}

// A reply of a failure alone: there are no results, or they were too long to be sent.
template <typename... Arguments>
dh_status take_results(const std::string& reply, [[maybe_unused]] const Lender& lender,
                       Arguments... arguments) {
  FieldReader in(reply);
  const auto status = static_cast<dh_status>(in.number());
  if (status < 0 && in.at_end()) return status;
  (take(in, lender, arguments), ...);
  return in.good() ? status : DH_E_FAILED;
}

// Puts the error on the call, as the kernel does with its own.
dh_status refuse_size(dh_call* call) {
  dh_error error = {};
  error.size = sizeof error;
  error.type = text_of(std::string_view("ApiError"));
  error.message =
      text_of(std::string_view("what the module gave is too long to be sent to the kernel"));
  error.hint = text_of(std::string_view("Ask for less at once."));
  FieldWriter fields;
  put(fields, &std::as_const(error));
  (void)call->conversation.ask(HostFunction::fail, fields.take());
  return DH_E_LIMIT;
}

bool is_own_thread(const dh_call* call) {
  return call != nullptr && call->thread == std::this_thread::get_id();
}

// A function of a call; its arguments are those of its place in abi.h. Nothing is thrown into a module.
template <HostFunction Function, typename... Arguments>
dh_status of_call(dh_call* call, Arguments... arguments) {
  if (!is_own_thread(call)) return DH_E_INVALID;
  try {
    FieldWriter fields;
    (put(fields, arguments), ...);
    const auto reply = call->conversation.ask(Function, fields.take());
    if (!reply) return refuse_size(call);
    const dh_handle handle = handle_of(arguments...);
    if (is_one_of(Function, kClosing)) call->lent.forget(handle);
    return take_results(*reply, Lender{call->lent, Function, handle}, arguments...);
  } catch (...) {
    return DH_E_FAILED;
  }
}

HostState& state_of(const dh_host* host) {
  return *static_cast<HostState*>(host->kernel);
}

dh_call* call_of_this_thread(HostState& state) {
  const std::lock_guard lock(state.mutex);
  const auto found = state.calls.find(std::this_thread::get_id());
  return found == state.calls.end() ? nullptr : found->second;
}

// In a call under its id, so that the kernel runs the function where it runs the call: what listens there may
// call this module again.
std::optional<std::string> ask_host(HostState& state, HostFunction function, std::string fields) {
  if (dh_call* call = call_of_this_thread(state))
    return call->conversation.ask(function, std::move(fields));
  const std::lock_guard lock(state.asking);
  return state.conversation.ask(function, std::move(fields));
}

// A function of the host, on any thread.
template <HostFunction Function, typename... Arguments>
dh_status of_host(const dh_host* host, Arguments... arguments) {
  if (host == nullptr) return DH_E_INVALID;
  try {
    HostState& state = state_of(host);
    FieldWriter fields;
    (put(fields, arguments), ...);
    const auto reply = ask_host(state, Function, fields.take());
    if (!reply) return DH_E_LIMIT;
    const std::lock_guard lock(state.mutex);
    return take_results(*reply, Lender{state.lent, Function, 0}, arguments...);
  } catch (...) {
    return DH_E_FAILED;
  }
}

// Those without a status.
void log_write(const dh_host* host, int32_t level, dh_str text) {
  (void)of_host<HostFunction::log_write>(host, level, text);
}
void log_tell(dh_call* call, int32_t level, dh_str text) {
  (void)of_call<HostFunction::log_tell>(call, level, text);
}

// Those that are answered here.
int32_t dry_run(dh_call* call) {
  return call != nullptr && call->dry_run ? 1 : 0;
}
int32_t cancelled(dh_call* call) {
  return call != nullptr && call->cancelled ? 1 : 0;
}
int64_t remaining_ms(dh_call* call) {
  if (call == nullptr) return 0;
  if (!call->deadline) return -1;
  // Up, as the kernel does: 0 says that it has passed.
  const auto left = std::chrono::ceil<std::chrono::milliseconds>(*call->deadline -
                                                                 std::chrono::steady_clock::now());
  return std::max<std::int64_t>(left.count(), 0);
}

// Those that fill a buffer, of which at most kMaxBuffer bytes are asked for at a time.
template <HostFunction Function, typename... Position>
dh_status fill(dh_call* call, void* buffer, std::size_t capacity, std::size_t* got,
               Position... position) {
  dh_bytes bytes = {};
  const dh_status status =
      of_call<Function>(call, position..., std::min(capacity, kMaxBuffer), &bytes);
  const std::size_t size = std::min(bytes.size, capacity);
  if (size > 0) std::memcpy(buffer, bytes.data, size);
  *got = size;
  return status;
}
dh_status http_read(dh_call* call, dh_handle exchange, void* buffer, size_t capacity, size_t* got) {
  return fill<HostFunction::http_read>(call, buffer, capacity, got, exchange);
}
dh_status store_read_at(dh_call* call, dh_handle entry, uint64_t offset, void* buffer,
                        size_t capacity, size_t* got) {
  return fill<HostFunction::store_read_at>(call, buffer, capacity, got, entry, offset);
}

dh_status http_wait(dh_call* call, const dh_handle* exchanges, size_t count, uint32_t milliseconds,
                    dh_handle* ready) {
  const dh_bytes all = {exchanges, count * sizeof(dh_handle)};
  return of_call<HostFunction::http_wait>(call, all, milliseconds, ready);
}

// Those that take bytes of any length, of which at most kMaxBuffer are sent at a time.
dh_status http_write(dh_call* call, dh_handle exchange, dh_bytes bytes, size_t* taken) {
  const std::string_view first = view(bytes).substr(0, kMaxBuffer);
  return of_call<HostFunction::http_write>(call, exchange, bytes_of(first), taken);
}
template <HostFunction Function>
dh_status in_pieces(dh_call* call, dh_handle handle, dh_bytes bytes) {
  std::string_view rest = view(bytes);
  dh_status status = DH_OK;
  do {
    const std::string_view piece = rest.substr(0, kMaxBuffer);
    status = of_call<Function>(call, handle, bytes_of(piece));
    rest.remove_prefix(piece.size());
  } while (status == DH_OK && !rest.empty());
  return status;
}

const dh_call_1 kCall = {sizeof(dh_call_1),
                         0,
                         of_call<HostFunction::params>,
                         of_call<HostFunction::answer>,
                         of_call<HostFunction::item>,
                         of_call<HostFunction::content>,
                         of_call<HostFunction::annotate>,
                         of_call<HostFunction::warn>,
                         of_call<HostFunction::outcome>,
                         of_call<HostFunction::fail>,
                         of_call<HostFunction::progress>,
                         dry_run,
                         cancelled,
                         remaining_ms,
                         of_call<HostFunction::pause>,
                         of_call<HostFunction::trace>,
                         of_call<HostFunction::caller>,
                         of_call<HostFunction::options>};

const dh_http_1 kHttp = {sizeof(dh_http_1),
                         0,
                         of_call<HostFunction::http_open>,
                         of_call<HostFunction::http_open_url>,
                         of_call<HostFunction::http_follow>,
                         http_write,
                         of_call<HostFunction::http_finish>,
                         http_read,
                         of_call<HostFunction::http_close>,
                         http_wait,
                         of_call<HostFunction::http_reject>};

const dh_ask_1 kAsk = {sizeof(dh_ask_1),
                       0,
                       of_call<HostFunction::approve>,
                       of_call<HostFunction::input>,
                       of_call<HostFunction::sample>,
                       of_call<HostFunction::roots>,
                       of_call<HostFunction::state_get>,
                       of_call<HostFunction::state_set>};

const dh_store_1 kStore = {sizeof(dh_store_1),
                           0,
                           of_call<HostFunction::store_open>,
                           of_call<HostFunction::store_list>,
                           of_call<HostFunction::store_open_entry>,
                           store_read_at,
                           of_call<HostFunction::store_create>,
                           in_pieces<HostFunction::store_write>,
                           of_call<HostFunction::store_commit>,
                           of_call<HostFunction::store_remove>,
                           of_call<HostFunction::store_close>};

const dh_identity_1 kIdentity = {sizeof(dh_identity_1), 0, of_call<HostFunction::identity_get>,
                                 of_call<HostFunction::identity_sign_in>};

const dh_limits_1 kLimits = {sizeof(dh_limits_1), 0, of_call<HostFunction::limits_get>};

const dh_digest_1 kDigest = {sizeof(dh_digest_1),
                             0,
                             of_call<HostFunction::digest_open>,
                             in_pieces<HostFunction::digest_update>,
                             of_call<HostFunction::digest_finish>,
                             of_call<HostFunction::digest_close>};

const dh_catalog_1 kCatalog = {sizeof(dh_catalog_1), 0, of_call<HostFunction::offered>,
                               of_call<HostFunction::call_action>};

const dh_config_1 kConfig = {sizeof(dh_config_1), 0, of_host<HostFunction::config_get>};

const dh_log_1 kLog = {sizeof(dh_log_1), 0, log_write, log_tell};

const dh_emit_1 kEmit = {sizeof(dh_emit_1), 0, of_host<HostFunction::offer>,
                         of_host<HostFunction::changed>};

const dh_kept_1 kKept = {sizeof(dh_kept_1),
                         0,
                         of_call<HostFunction::kept_open>,
                         of_call<HostFunction::kept_read>,
                         of_call<HostFunction::kept_write>,
                         of_call<HostFunction::kept_remove>,
                         of_call<HostFunction::kept_close>};

struct Offered {
  std::string_view id;
  const void* table;
};

const std::array<Offered, 12> kExtensions = {{{DH_CALL_1, &kCall},
                                              {DH_HTTP_1, &kHttp},
                                              {DH_ASK_1, &kAsk},
                                              {DH_STORE_1, &kStore},
                                              {DH_IDENTITY_1, &kIdentity},
                                              {DH_LIMITS_1, &kLimits},
                                              {DH_DIGEST_1, &kDigest},
                                              {DH_CATALOG_1, &kCatalog},
                                              {DH_CONFIG_1, &kConfig},
                                              {DH_LOG_1, &kLog},
                                              {DH_EMIT_1, &kEmit},
                                              {DH_KEPT_1, &kKept}}};

const void* find_extension(const dh_host* host, dh_str id) {
  if (host == nullptr || !state_of(host).extensions.contains(view(id))) return nullptr;
  const auto* found =
      std::find_if(kExtensions.begin(), kExtensions.end(),
                   [&](const Offered& extension) { return extension.id == view(id); });
  return found == kExtensions.end() ? nullptr : found->table;
}

}  // namespace

void make_host(HostState& state, std::uint16_t abi_major, std::uint16_t abi_minor) {
  state.host = {sizeof(dh_host), abi_major, abi_minor, &state, find_extension};
}

}  // namespace dockerhub::plugin_host
