// What the process of a module sends to the kernel's side: whatever it is, it is messages with all that their
// host functions need, or it is refused.
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <string>
#include <string_view>

#include "host_functions.hpp"
#include "structs.hpp"

namespace {

using dockerhub::plugin_host::FieldReader;
using dockerhub::plugin_host::FieldWriter;
using dockerhub::plugin_host::Link;
using dockerhub::plugin_host::Message;
using dockerhub::plugin_host::serve;
using dockerhub::plugin_host::text_of;
using dockerhub::plugin_host::view;
using dockerhub::plugin_host::visit_fields;

// Reads each argument to its end, and writes each result.
std::size_t use(dh_str text) {
  std::size_t sum = 0;
  for (const char letter : view(text)) sum += static_cast<unsigned char>(letter);
  return sum;
}
std::size_t use(dh_bytes bytes) {
  return use(dh_str{static_cast<const char*>(bytes.data), bytes.size});
}
template <typename Number>
std::size_t use(Number number) {
  return number != 0 ? 1 : 0;
}
template <typename Struct>
std::size_t use(const Struct* given) {
  if (given->size > sizeof(Struct)) std::abort();
  Struct copy = *given;
  std::size_t sum = 0;
  visit_fields(copy, [&](const auto& field) { sum += use(field); });
  return sum;
}
std::size_t use(dh_str* text) {
  *text = text_of(std::string_view("lent"));
  return 1;
}
std::size_t use(dh_bytes* bytes) {
  *bytes = {"lent", 4};
  return 1;
}
std::size_t use(std::uint64_t* number) {
  *number = 1;
  return 1;
}
std::size_t use(dh_response* response) {
  response->headers = text_of(std::string_view("{}"));
  return 1;
}

template <typename Receiver, typename... Arguments>
dh_status take(Receiver* /*receiver*/, Arguments... arguments) {
  const std::size_t sum = (std::size_t{0} + ... + use(arguments));
  return sum % 2 == 0 ? DH_OK : DH_E_FAILED;
}
template <typename Receiver>
void take_line(Receiver* receiver, std::int32_t level, dh_str text) {
  static_cast<void>(take(receiver, level, text));
}

dh_status fill(void* buffer, std::size_t capacity, std::size_t* got) {
  if (capacity > 0) std::memset(buffer, 1, capacity);
  *got = capacity + 1;  // more than there is room for
  return DH_OK;
}
dh_status read(dh_call* /*call*/, dh_handle /*exchange*/, void* buffer, std::size_t capacity,
               std::size_t* got) {
  return fill(buffer, capacity, got);
}
dh_status read_at(dh_call* /*call*/, dh_handle /*entry*/, std::uint64_t /*offset*/, void* buffer,
                  std::size_t capacity, std::size_t* got) {
  return fill(buffer, capacity, got);
}
dh_status wait(dh_call* /*call*/, const dh_handle* exchanges, std::size_t count,
               std::uint32_t /*milliseconds*/, dh_handle* ready) {
  *ready = 0;
  for (std::size_t at = 0; at < count; ++at) *ready ^= exchanges[at];
  return DH_OK;
}
std::int32_t no(dh_call* /*call*/) {
  return 0;
}
std::int64_t never(dh_call* /*call*/) {
  return -1;
}

constexpr dh_call_1 kCall = {sizeof(dh_call_1),
                             0,
                             take,
                             take,
                             take,
                             take,
                             take,
                             take,
                             take,
                             take,
                             take,
                             no,
                             no,
                             never,
                             take,
                             take,
                             take,
                             take};
constexpr dh_http_1 kHttp = {
    sizeof(dh_http_1), 0, take, take, take, take, take, read, take, wait, take};
constexpr dh_ask_1 kAsk = {sizeof(dh_ask_1), 0, take, take, take, take, take, take};
constexpr dh_store_1 kStore = {
    sizeof(dh_store_1), 0, take, take, take, read_at, take, take, take, take, take};
constexpr dh_digest_1 kDigest = {sizeof(dh_digest_1), 0, take, take, take, take};
constexpr dh_catalog_1 kCatalog = {sizeof(dh_catalog_1), 0, take, take};
constexpr dh_config_1 kConfig = {sizeof(dh_config_1), 0, take};
constexpr dh_log_1 kLog = {sizeof(dh_log_1), 0, take_line, take_line};
constexpr dh_emit_1 kEmit = {sizeof(dh_emit_1), 0, take, take};
constexpr dh_kept_1 kKept = {sizeof(dh_kept_1), 0, take, take, take, take, take};

struct Row {
  std::string_view id;
  const void* table;
};
constexpr Row kRows[] = {{DH_CALL_1, &kCall},       {DH_HTTP_1, &kHttp},     {DH_ASK_1, &kAsk},
                         {DH_STORE_1, &kStore},     {DH_DIGEST_1, &kDigest}, {DH_LOG_1, &kLog},
                         {DH_CATALOG_1, &kCatalog}, {DH_CONFIG_1, &kConfig}, {DH_EMIT_1, &kEmit},
                         {DH_KEPT_1, &kKept}};

const void* extension(const dh_host* /*host*/, dh_str id) {
  for (const Row& row : kRows) {
    if (row.id == view(id)) return row.table;
  }
  return nullptr;
}

constexpr dh_host kHost = {sizeof(dh_host), DH_ABI_MAJOR, DH_ABI_MINOR, nullptr, extension};

// As often as there are fields, with both sorts of them.
void read_fields(std::string_view fields) {
  FieldReader in(fields);
  while (in.good() && !in.at_end()) {
    FieldReader number(in);
    static_cast<void>(number.number());
    if (number.good()) {
      in = number;
    } else if (const std::string_view bytes = in.bytes(); bytes.size() > fields.size()) {
      std::abort();
    }
  }
}

void serve_message(const Message& message, dh_call* call) {
  FieldWriter reply;
  if (!serve(&kHost, call, message, reply)) return;
  const std::string fields = reply.take();
  FieldReader in(fields);
  static_cast<void>(in.number());
  if (!in.good() || !Link::fits(fields)) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  constexpr std::size_t kHeldBySocket = 64U * 1024;
  std::array<int, 2> ends{};
  if (size > kHeldBySocket || ::socketpair(AF_UNIX, SOCK_STREAM, 0, ends.data()) != 0) return 0;
  if (size > 0 && ::send(ends[0], data, size, 0) != static_cast<ssize_t>(size)) std::abort();
  ::shutdown(ends[0], SHUT_WR);
  Link link(ends[1]);
  int somewhere = 0;
  while (const auto message = link.receive()) {
    read_fields(message->fields);
    serve_message(*message, nullptr);
    serve_message(*message, reinterpret_cast<dh_call*>(&somewhere));
  }
  for (const int end : ends) ::close(end);
  return 0;
}
