// A module in C++ over ABI 1.0 itself, without the SDK: it keeps a number per instance, and breaks the rule
// that no exception passes.
#include <abi.h>

#include <atomic>
#include <cstring>
#include <new>
#include <stdexcept>
#include <string>

struct dh_module {
  const dh_call_1* call = nullptr;
  std::atomic<unsigned> asked{0};
};

extern "C" {

DH_MANIFEST(R"({"manifest":1,"name":"frozen_cpp","version":"1.0.0","abi":"1.0",
"host":{"required":["call/1"]},"extensions":["tools/1"],
"tools":[{"name":"frozen_cpp","actions":[
{"name":"count","summary":"How often this instance was asked","effect":{"is":"read"}},
{"name":"throw","summary":"Throws","effect":{"is":"read"}}]}]})");

static bool is(dh_str given, const char* literal) {
  return given.size == std::strlen(literal) && std::memcmp(given.data, literal, given.size) == 0;
}

static dh_status create(const dh_host* host, dh_module** module) {
  dh_module* made = new (std::nothrow) dh_module;
  if (made == nullptr) return DH_E_LIMIT;
  const dh_str id = {DH_CALL_1, sizeof(DH_CALL_1) - 1};
  made->call = static_cast<const dh_call_1*>(host->extension(host, id));
  *module = made;
  return DH_OK;
}

static void destroy(dh_module* module) {
  delete module;
}

static dh_status invoke(dh_module* module, dh_call* call, dh_str, dh_str action) {
  if (is(action, "throw")) throw std::runtime_error("thrown on purpose");
  if (!is(action, "count")) return DH_E_NOT_FOUND;
  const std::string number = std::to_string(++module->asked);
  return module->call->answer(call, dh_str{number.data(), number.size()});
}

static const void* extension(dh_module*, dh_str id) {
  static const dh_tools_1 tools = {sizeof(dh_tools_1), 0, invoke};
  return is(id, DH_TOOLS_1) ? &tools : nullptr;
}

extern DH_EXPORT const dh_entry dockerhub_module_entry;
const dh_entry dockerhub_module_entry = {DH_MAGIC, sizeof(dh_entry), DH_ABI_MAJOR, DH_ABI_MINOR,
                                         create,   destroy,          extension};

}  // extern "C"
