/* Returns statuses that mean nothing: a reserved one from `run`, its own from `own`. */
#include "harmless.h"

#define OWN_ACTION "{\"name\":\"own\",\"summary\":\"Fails\",\"effect\":{\"is\":\"read\"}}"

DH_MANIFEST(MANIFEST_WITH("unknown_status", "1.0", "", "unknown_status",
                          RUN_ACTION "," OWN_ACTION));

static dh_status invoke(dh_module* module, dh_call* call, dh_str tool, dh_str action) {
  (void)module;
  (void)call;
  (void)tool;
  return action.size == 3 && memcmp(action.data, "own", 3) == 0 ? -1234 : 777;
}

ENTRY_OF_ACTION(invoke)
