/* Asks for consent to a write and answers, whatever became of the question. */
#include "harmless.h"

#define WRITE_ACTION "{\"name\":\"run\",\"summary\":\"Changes it\",\"effect\":{\"is\":\"write\"}}"

DH_MANIFEST(MANIFEST_WITH("ignores_suspension", "1.0", ",\"host\":{\"required\":[\"ask/1\"]}",
                          "ignores_suspension", WRITE_ACTION));

static dh_status invoke(dh_module* module, dh_call* call, dh_str tool, dh_str action) {
  const dh_ask_1* ask = (const dh_ask_1*)host_functions(module, DH_ASK_1);
  (void)ask->approve(call, DH_EFFECT_WRITE, text_of("Change it"), text_of("it"));
  return answer_null(module, call, tool, action);
}

ENTRY_OF_ACTION(invoke)
