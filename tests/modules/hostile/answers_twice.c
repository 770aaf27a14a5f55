/* Answers twice, and says that it is well. */
#include "harmless.h"

DH_MANIFEST(MANIFEST("answers_twice"));

static dh_status invoke(dh_module* module, dh_call* call, dh_str tool, dh_str action) {
  (void)tool;
  (void)action;
  (void)call_functions(module)->answer(call, text_of("1"));
  (void)call_functions(module)->answer(call, text_of("2"));
  return DH_OK;
}

ENTRY_OF_ACTION(invoke)
