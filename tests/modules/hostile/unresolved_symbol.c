/* Needs a function that no library has. */
#include "harmless.h"

DH_MANIFEST(MANIFEST("unresolved_symbol"));

extern dh_status function_that_nobody_has(void);

static dh_status invoke(dh_module* module, dh_call* call, dh_str tool, dh_str action) {
  const dh_status status = function_that_nobody_has();
  return status != DH_OK ? status : answer_null(module, call, tool, action);
}

ENTRY_OF_ACTION(invoke)
