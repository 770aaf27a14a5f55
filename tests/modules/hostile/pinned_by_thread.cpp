// A thread_local with a destructor keeps the library mapped while the thread lives that ran it.
#include "harmless.h"

#include <string>

DH_MANIFEST(MANIFEST("pinned_by_thread"));

static thread_local std::string last_action;

extern "C" {

static dh_status invoke(dh_module* module, dh_call* call, dh_str tool, dh_str action) {
  last_action.assign(action.data, action.size);
  return answer_null(module, call, tool, action);
}

ENTRY_OF_ACTION(invoke)

}  // extern "C"
