/* Says that it is well and has answered nothing. */
#include "harmless.h"

DH_MANIFEST(MANIFEST("answers_nothing"));

static dh_status invoke(dh_module* module, dh_call* call, dh_str tool, dh_str action) {
  (void)module;
  (void)call;
  (void)tool;
  (void)action;
  return DH_OK;
}

ENTRY_OF_ACTION(invoke)
