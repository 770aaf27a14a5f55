#include <chrono>
#include <utility>

#include "host/host.hpp"
#include "kept/kept_records.hpp"
#include "surfaces/surfaces.hpp"

namespace dockerhub {
namespace {

constexpr std::size_t kMostKeptName = 1024;

struct OpenKept : CallHandle {
  explicit OpenKept(KeptRecord taken) : record(std::move(taken)) {}
  KeptRecord record;
  std::string lent;  // by read()
};

// Whose record it is: of the module, for the account of Docker Hub.
std::string owner_of(const RunningCall& running) {
  const std::string account =
      running.services().surfaces->credentials().account_of("hub", http::Origin());
  return running.instance()->manifest().name + "\n" + account;
}

dh_status open_kept(dh_call* call, dh_str name, dh_handle* record) {
  return guarded(call, [&](RunningCall& running) -> dh_status {
    if (record == nullptr || running.instance() == nullptr)
      return running.invalid("kept/1: asks for a record and takes none");
    if (name.size == 0 || name.size > kMostKeptName)
      return running.invalid("kept/1: a name has 1 to 1,024 bytes");
    if (running.dry_run()) return DH_E_DRY_RUN;
    auto taken = running.services().kept->open(owner_of(running), view(name));
    if (!taken) {
      return taken.error() == KeptRecords::Refusal::taken ? DH_E_EXISTS : DH_E_UNSUPPORTED;
    }
    *record = running.add(std::make_unique<OpenKept>(*std::move(taken)));
    return *record == 0 ? DH_E_LIMIT : DH_OK;
  });
}

// A function on one record of the call.
template <typename Body>
dh_status on_record(dh_call* call, dh_handle handle, const Body& body) {
  return guarded(call, [&](RunningCall& running) -> dh_status {
    OpenKept* const found = running.find<OpenKept>(handle);
    return found == nullptr ? running.invalid("kept/1: no such handle") : body(running, *found);
  });
}

dh_status read_kept(dh_call* call, dh_handle record, dh_bytes* value) {
  return on_record(call, record, [&](RunningCall& running, OpenKept& open) -> dh_status {
    if (value == nullptr) return running.invalid("kept/1: reads without room for a value");
    auto kept = open.record.read(std::chrono::system_clock::now());
    if (!kept) return DH_E_NOT_FOUND;
    open.lent = *std::move(kept);
    *value = {open.lent.data(), open.lent.size()};
    return DH_OK;
  });
}

dh_status write_kept(dh_call* call, dh_handle record, dh_bytes value, uint32_t seconds) {
  return on_record(call, record, [&](RunningCall& running, const OpenKept& open) -> dh_status {
    if (seconds == 0 || seconds > DH_KEPT_SECONDS_MAX)
      return running.invalid("kept/1: a value is kept for 1 to DH_KEPT_SECONDS_MAX seconds");
    if (value.size > DH_KEPT_MAX) return DH_E_LIMIT;
    if (!open.record.is_there() && !running.services().kept->has_room()) return DH_E_LIMIT;
    const auto until = std::chrono::system_clock::now() + std::chrono::seconds(seconds);
    return open.record.write(view(value), until) ? DH_OK : DH_E_UNSUPPORTED;
  });
}

dh_status remove_kept(dh_call* call, dh_handle record) {
  return on_record(call, record, [](RunningCall& /*running*/, const OpenKept& open) -> dh_status {
    return open.record.remove() ? DH_OK : DH_E_UNSUPPORTED;
  });
}

dh_status close_kept(dh_call* call, dh_handle record) {
  return on_record(call, record, [&](RunningCall& running, const OpenKept& /*open*/) -> dh_status {
    running.remove(record);
    return DH_OK;
  });
}

}  // namespace

const dh_kept_1 kKept1 = {sizeof(dh_kept_1), 0,           open_kept, read_kept,
                          write_kept,        remove_kept, close_kept};

}  // namespace dockerhub
