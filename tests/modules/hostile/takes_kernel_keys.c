/* Annotates its answer with keys that belong to the kernel. */
#include "harmless.h"

DH_MANIFEST(MANIFEST("takes_kernel_keys"));

static dh_status invoke(dh_module* module, dh_call* call, dh_str tool, dh_str action) {
  static const char* const keys[] = {"data",    "error",      "rate_limit",
                                     "outcome", "request_id", "dry_run"};
  size_t i;
  for (i = 0; i < sizeof keys / sizeof keys[0]; ++i)
    (void)call_functions(module)->annotate(call, text_of(keys[i]), text_of("\"forged\""));
  return answer_null(module, call, tool, action);
}

ENTRY_OF_ACTION(invoke)
