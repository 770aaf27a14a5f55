// How the process of a module and the process of the kernel talk: abi.h as messages.
//
// dockerhub-plugin-host loads one module file. The kernel's process starts it with one end of a pair of
// stream sockets as descriptor kSocket, and keeps the other; there is no third party and no reconnecting.
//
// A message is
//   size      4 bytes, of all that follows; at most kMaxMessage
//   kind      1 byte, Kind
//   function  4 bytes, ModuleFunction or HostFunction
//   id        8 bytes, of the call that it belongs to; kHostId: of the host, whatever runs
//   fields    to the end, each 'n' and 8 bytes (a number), or 'b', 4 bytes (a size) and as many bytes
// with all numbers in the order of the machine, which both ends share.
//
// The kernel's side begins a call with a request of a ModuleFunction and an id of its own. From then on
// the two take turns under that id, each with one message: the module's process asks for a HostFunction
// (request) and gets its reply, any number of times, and ends the call with the reply to the first
// request. Several ids are under way at once. Under kHostId the module's process alone asks, one thing at
// a time: for the host functions that need no call, on threads that run none. One message has no turn and
// no reply: `cancel`, of the kernel's side, says that the call should end; the module's process counts the
// deadline by itself. A process whose call does not end some time after that is killed.
//
// Fields of a ModuleFunction: the texts and numbers of the function in abi.h, in their order; before them,
// where it has a dh_call: dry_run() and remaining_ms() as they are now. Reply: its status, and an empty
// text, or with DH_E_FAILED what it threw, or with another why the process did not run it ("has ...").
// Fields of a HostFunction: its arguments in abi.h, in their order, without those that results are written
// to. A struct is its `size` and its fields; a dh_response that is to be filled is its `size`; a buffer is
// its capacity; an array is one field with its bytes. Reply: the status (DH_OK for void), then the results,
// in their order; a buffer is the bytes that are in it. Results that do not fit are left out, all of them,
// and the status is DH_E_LIMIT.
//
// The end of either process ends the matter: the module's process leaves at once when the kernel's end is
// closed; on the kernel's side every call under way fails with how the process ended. So does a message
// that breaks a rule, after which the process is killed.
#pragma once

#include <cstddef>
#include <cstdint>

namespace dockerhub::plugin_host {

// Of these messages and their fields; another number is another protocol.
inline constexpr std::int64_t kProtocol = 1;

inline constexpr int kSocket = 3;
inline constexpr std::uint64_t kHostId = 0;

// Bytes. An answer may have 64 MiB (the kernel's bound); whatever fits there fits here.
inline constexpr std::size_t kMaxMessage = 65U * 1024 * 1024;
// Of a buffer that read() fills, and of the bytes that write() and update() take at a time.
inline constexpr std::size_t kMaxBuffer = 1024U * 1024;
// Calls under way in one process; one more fails with DH_E_LIMIT.
inline constexpr std::size_t kMaxCalls = 256;

enum class Kind : std::uint8_t { request = 1, reply = 2, cancel = 3 };

enum class ModuleFunction : std::uint32_t {
  // Loads the file and makes the instance. Fields: kProtocol, the kernel's abi_major, abi_minor and the
  // ids of its extensions. Reply: status, what is wrong (text), then the ids of the module's extensions.
  start = 1,
  // Ends the instance; no call is under way. No reply: the process leaves.
  stop,
  invoke,  // tools/1
  read,    // resources/1
  watch,   // resources/1; its status is DH_OK where the module has none and so tells of no changes
  get,     // prompts/1
  complete,  // complete/1
  check,     // health/1
};

enum class HostFunction : std::uint32_t {
  // call/1
  params = 1,
  answer,
  item,
  content,
  annotate,
  warn,
  outcome,
  fail,
  progress,
  pause,
  trace,
  caller,
  options,
  // http/1
  http_open,
  http_open_url,
  http_follow,
  http_write,
  http_finish,
  http_read,
  http_close,
  http_wait,
  http_reject,
  // ask/1
  approve,
  input,
  sample,
  roots,
  state_get,
  state_set,
  // store/1
  store_open,
  store_list,
  store_open_entry,
  store_read_at,
  store_create,
  store_write,
  store_commit,
  store_remove,
  store_close,
  // identity/1, limits/1
  identity_get,
  identity_sign_in,
  limits_get,
  // digest/1
  digest_open,
  digest_update,
  digest_finish,
  digest_close,
  // catalog/1
  offered,
  call_action,
  // config/1, log/1, emit/1; without a call but for log_tell
  config_get,
  log_write,
  log_tell,
  offer,
  changed,
  // kept/1
  kept_open,
  kept_read,
  kept_write,
  kept_remove,
  kept_close,
};

}  // namespace dockerhub::plugin_host
