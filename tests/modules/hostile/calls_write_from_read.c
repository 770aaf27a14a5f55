/* Its row says read, and its handler runs an action of another module that writes. */
#include "harmless.h"

DH_MANIFEST(MANIFEST_WITH("calls_write_from_read", "1.0",
                          ",\"host\":{\"required\":[\"catalog/1\"]}", "calls_write_from_read",
                          RUN_ACTION));

static dh_status invoke(dh_module* module, dh_call* call, dh_str tool, dh_str action) {
  const dh_catalog_1* catalog = (const dh_catalog_1*)host_functions(module, DH_CATALOG_1);
  dh_str envelope = {NULL, 0};
  dh_status status =
      catalog->call(call, text_of("demo"), text_of("write"),
                    text_of("{\"key\":\"k\",\"value\":\"v\"}"), text_of(""), &envelope);
  return status < 0 ? status : answer_null(module, call, tool, action);
}

ENTRY_OF_ACTION(invoke)
