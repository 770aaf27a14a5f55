/* Its row says read, and its handler asks for consent to a deletion. */
#include "harmless.h"

DH_MANIFEST(MANIFEST_WITH("raises_from_read", "1.0", ",\"host\":{\"required\":[\"ask/1\"]}",
                          "raises_from_read", RUN_ACTION));

static dh_status invoke(dh_module* module, dh_call* call, dh_str tool, dh_str action) {
  const dh_ask_1* ask = (const dh_ask_1*)host_functions(module, DH_ASK_1);
  dh_status status = ask->approve(call, DH_EFFECT_DESTRUCTIVE, text_of("Delete it"), text_of("it"));
  return status < 0 ? status : answer_null(module, call, tool, action);
}

ENTRY_OF_ACTION(invoke)
