#include "host_functions.hpp"

#include <algorithm>
#include <concepts>
#include <cstring>
#include <string>
#include <tuple>
#include <type_traits>

#include "structs.hpp"

namespace dockerhub::plugin_host {
namespace {

// A request as its function sees it.
struct Served {
  const dh_host* host;
  dh_call* call;
  FieldReader in;
  FieldWriter& out;

  // All fields were there, and no more.
  bool complete() const { return in.good() && in.at_end(); }
};

void read_field(FieldReader& in, dh_str& text) {
  text = text_of(in.bytes());
}
void read_field(FieldReader& in, dh_bytes& bytes) {
  bytes = bytes_of(in.bytes());
}
template <std::integral Number>
void read_field(FieldReader& in, Number& number) {
  number = static_cast<Number>(in.number());
}

void write_field(FieldWriter& out, dh_str text) {
  out.bytes(view(text));
}
void write_field(FieldWriter& out, dh_bytes bytes) {
  out.bytes(view(bytes));
}
template <std::integral Number>
void write_field(FieldWriter& out, Number number) {
  out.number(static_cast<std::int64_t>(number));
}

template <typename Struct>
std::uint32_t read_size(FieldReader& in) {
  return static_cast<std::uint32_t>(std::clamp<std::int64_t>(in.number(), 0, sizeof(Struct)));
}

// One argument: made from the request, handed to the function, written to the reply if it is a result.
template <typename Argument>
struct Slot {
  explicit Slot(FieldReader& in) { read_field(in, argument); }
  Argument value() { return argument; }
  void write(FieldWriter& /*out*/) {}
  Argument argument{};
};

template <typename Struct>
struct Slot<const Struct*> {
  explicit Slot(FieldReader& in) {
    argument.size = read_size<Struct>(in);
    visit_fields(argument, [&](auto& field) { read_field(in, field); });
  }
  const Struct* value() { return &argument; }
  void write(FieldWriter& /*out*/) {}
  Struct argument{};
};

template <typename Result>
struct Slot<Result*> {
  explicit Slot(FieldReader& /*in*/) {}
  Result* value() { return &result; }
  void write(FieldWriter& out) { write_field(out, result); }
  Result result{};
};

template <>
struct Slot<dh_response*> {
  explicit Slot(FieldReader& in) { result.size = read_size<dh_response>(in); }
  dh_response* value() { return &result; }
  void write(FieldWriter& out) {
    visit_fields(result, [&](const auto& field) { write_field(out, field); });
  }
  dh_response result{};
};

template <typename Extension>
constexpr const char* kId = nullptr;
template <>
constexpr const char* kId<dh_call_1> = DH_CALL_1;
template <>
constexpr const char* kId<dh_http_1> = DH_HTTP_1;
template <>
constexpr const char* kId<dh_ask_1> = DH_ASK_1;
template <>
constexpr const char* kId<dh_store_1> = DH_STORE_1;
template <>
constexpr const char* kId<dh_identity_1> = DH_IDENTITY_1;
template <>
constexpr const char* kId<dh_limits_1> = DH_LIMITS_1;
template <>
constexpr const char* kId<dh_digest_1> = DH_DIGEST_1;
template <>
constexpr const char* kId<dh_catalog_1> = DH_CATALOG_1;
template <>
constexpr const char* kId<dh_config_1> = DH_CONFIG_1;
template <>
constexpr const char* kId<dh_log_1> = DH_LOG_1;
template <>
constexpr const char* kId<dh_emit_1> = DH_EMIT_1;
template <>
constexpr const char* kId<dh_kept_1> = DH_KEPT_1;

template <typename Extension>
const Extension* find(const dh_host* host) {
  return static_cast<const Extension*>(
      host->extension(host, text_of(std::string_view(kId<Extension>))));
}

template <typename Extension, typename Status, typename Receiver, typename... Arguments>
bool run(Status (*Extension::*member)(Receiver*, Arguments...), Served& served) {
  // In braces, since only there arguments are made in their order.
  std::tuple<Slot<Arguments>...> slots{Slot<Arguments>(served.in)...};
  const Extension* extension = find<Extension>(served.host);
  if (!served.complete() || extension == nullptr) return false;
  Receiver* receiver = nullptr;
  if constexpr (std::is_same_v<Receiver, dh_call>) {
    receiver = served.call;
  } else {
    receiver = served.host;
  }
  if (receiver == nullptr) return false;
  std::apply(
      [&](auto&... slot) {
        if constexpr (std::is_void_v<Status>) {
          (extension->*member)(receiver, slot.value()...);
          served.out.number(DH_OK);
        } else {
          served.out.number((extension->*member)(receiver, slot.value()...));
        }
        (slot.write(served.out), ...);
      },
      slots);
  return true;
}

template <auto Member>
bool run_member(Served& served) {
  return run(Member, served);
}

// The buffer that a function fills: its capacity came, its bytes go back.
class Buffer {
 public:
  explicit Buffer(FieldReader& in)
      : bytes_(static_cast<std::size_t>(std::clamp<std::int64_t>(in.number(), 0, kMaxBuffer)),
               '\0') {}
  void* data() { return bytes_.data(); }
  std::size_t capacity() const { return bytes_.size(); }
  void write(FieldWriter& out, dh_status status, std::size_t got) const {
    out.number(status);
    out.bytes(std::string_view(bytes_).substr(0, std::min(got, bytes_.size())));
  }

 private:
  std::string bytes_;
};

bool http_read(Served& served) {
  const auto exchange = static_cast<dh_handle>(served.in.number());
  Buffer buffer(served.in);
  const auto* http = find<dh_http_1>(served.host);
  if (!served.complete() || http == nullptr || served.call == nullptr) return false;
  std::size_t got = 0;
  const dh_status status =
      http->read(served.call, exchange, buffer.data(), buffer.capacity(), &got);
  buffer.write(served.out, status, got);
  return true;
}

bool store_read_at(Served& served) {
  const auto entry = static_cast<dh_handle>(served.in.number());
  const auto offset = static_cast<std::uint64_t>(served.in.number());
  Buffer buffer(served.in);
  const auto* store = find<dh_store_1>(served.host);
  if (!served.complete() || store == nullptr || served.call == nullptr) return false;
  std::size_t got = 0;
  const dh_status status =
      store->read_at(served.call, entry, offset, buffer.data(), buffer.capacity(), &got);
  buffer.write(served.out, status, got);
  return true;
}

bool http_wait(Served& served) {
  const std::string_view raw = served.in.bytes();
  const auto milliseconds = static_cast<std::uint32_t>(served.in.number());
  const auto* http = find<dh_http_1>(served.host);
  if (!served.complete() || http == nullptr || served.call == nullptr) return false;
  std::vector<dh_handle> exchanges(raw.size() / sizeof(dh_handle));
  if (!exchanges.empty())
    std::memcpy(exchanges.data(), raw.data(), exchanges.size() * sizeof(dh_handle));
  dh_handle ready = 0;
  served.out.number(
      http->wait(served.call, exchanges.data(), exchanges.size(), milliseconds, &ready));
  served.out.number(static_cast<std::int64_t>(ready));
  return true;
}

struct Row {
  HostFunction function;
  bool (*run)(Served& served);
};

// Every host function of abi.h but dry_run(), cancelled() and remaining_ms(), which the module's process
// answers from what it was told.
constexpr Row kRows[] = {
    {HostFunction::params, run_member<&dh_call_1::params>},
    {HostFunction::answer, run_member<&dh_call_1::answer>},
    {HostFunction::item, run_member<&dh_call_1::item>},
    {HostFunction::content, run_member<&dh_call_1::content>},
    {HostFunction::annotate, run_member<&dh_call_1::annotate>},
    {HostFunction::warn, run_member<&dh_call_1::warn>},
    {HostFunction::outcome, run_member<&dh_call_1::outcome>},
    {HostFunction::fail, run_member<&dh_call_1::fail>},
    {HostFunction::progress, run_member<&dh_call_1::progress>},
    {HostFunction::pause, run_member<&dh_call_1::pause>},
    {HostFunction::trace, run_member<&dh_call_1::trace>},
    {HostFunction::caller, run_member<&dh_call_1::caller>},
    {HostFunction::options, run_member<&dh_call_1::options>},
    {HostFunction::http_open, run_member<&dh_http_1::open>},
    {HostFunction::http_open_url, run_member<&dh_http_1::open_url>},
    {HostFunction::http_follow, run_member<&dh_http_1::follow>},
    {HostFunction::http_write, run_member<&dh_http_1::write>},
    {HostFunction::http_finish, run_member<&dh_http_1::finish>},
    {HostFunction::http_read, http_read},
    {HostFunction::http_close, run_member<&dh_http_1::close>},
    {HostFunction::http_wait, http_wait},
    {HostFunction::http_reject, run_member<&dh_http_1::reject>},
    {HostFunction::approve, run_member<&dh_ask_1::approve>},
    {HostFunction::input, run_member<&dh_ask_1::input>},
    {HostFunction::sample, run_member<&dh_ask_1::sample>},
    {HostFunction::roots, run_member<&dh_ask_1::roots>},
    {HostFunction::state_get, run_member<&dh_ask_1::state_get>},
    {HostFunction::state_set, run_member<&dh_ask_1::state_set>},
    {HostFunction::store_open, run_member<&dh_store_1::open>},
    {HostFunction::store_list, run_member<&dh_store_1::list>},
    {HostFunction::store_open_entry, run_member<&dh_store_1::open_entry>},
    {HostFunction::store_read_at, store_read_at},
    {HostFunction::store_create, run_member<&dh_store_1::create>},
    {HostFunction::store_write, run_member<&dh_store_1::write>},
    {HostFunction::store_commit, run_member<&dh_store_1::commit>},
    {HostFunction::store_remove, run_member<&dh_store_1::remove>},
    {HostFunction::store_close, run_member<&dh_store_1::close>},
    {HostFunction::identity_get, run_member<&dh_identity_1::get>},
    {HostFunction::identity_sign_in, run_member<&dh_identity_1::sign_in>},
    {HostFunction::limits_get, run_member<&dh_limits_1::get>},
    {HostFunction::digest_open, run_member<&dh_digest_1::open>},
    {HostFunction::digest_update, run_member<&dh_digest_1::update>},
    {HostFunction::digest_finish, run_member<&dh_digest_1::finish>},
    {HostFunction::digest_close, run_member<&dh_digest_1::close>},
    {HostFunction::offered, run_member<&dh_catalog_1::offered>},
    {HostFunction::call_action, run_member<&dh_catalog_1::call>},
    {HostFunction::config_get, run_member<&dh_config_1::get>},
    {HostFunction::log_write, run_member<&dh_log_1::write>},
    {HostFunction::log_tell, run_member<&dh_log_1::tell>},
    {HostFunction::offer, run_member<&dh_emit_1::offer>},
    {HostFunction::changed, run_member<&dh_emit_1::changed>},
    {HostFunction::kept_open, run_member<&dh_kept_1::open>},
    {HostFunction::kept_read, run_member<&dh_kept_1::read>},
    {HostFunction::kept_write, run_member<&dh_kept_1::write>},
    {HostFunction::kept_remove, run_member<&dh_kept_1::remove>},
    {HostFunction::kept_close, run_member<&dh_kept_1::close>},
};

}  // namespace

std::vector<std::string_view> extensions_of(const dh_host* host) {
  std::vector<std::string_view> found;
  for (const char* id : {DH_CALL_1, DH_HTTP_1, DH_ASK_1, DH_STORE_1, DH_IDENTITY_1, DH_LIMITS_1,
                         DH_DIGEST_1, DH_CATALOG_1, DH_CONFIG_1, DH_LOG_1, DH_EMIT_1, DH_KEPT_1}) {
    if (host->extension(host, text_of(std::string_view(id))) != nullptr) found.emplace_back(id);
  }
  return found;
}

bool serve(const dh_host* host, dh_call* call, const Message& request, FieldWriter& reply) {
  const auto* row = std::find_if(std::begin(kRows), std::end(kRows), [&](const Row& one) {
    return static_cast<std::uint32_t>(one.function) == request.function;
  });
  if (row == std::end(kRows)) return false;
  Served served{host, call, FieldReader(request.fields), reply};
  return row->run(served);
}

}  // namespace dockerhub::plugin_host
