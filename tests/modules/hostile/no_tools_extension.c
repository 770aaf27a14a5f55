/* Has an action and no tools/1 to run it with. */
#include "harmless.h"

DH_MANIFEST(MANIFEST("no_tools_extension"));

static const void* extension(dh_module* module, dh_str id) {
  (void)module;
  (void)id;
  return NULL;
}

ENTRY_WITH(DH_MAGIC, DH_ABI_MAJOR, DH_ABI_MINOR, harmless_create)
