/* Its tools/1 ends before invoke(). */
#include "harmless.h"

DH_MANIFEST(MANIFEST("short_tools"));

static const void* extension(dh_module* module, dh_str id) {
  static const uint32_t tools[2] = {sizeof tools, 0};
  (void)module;
  return id.size == 7 && memcmp(id.data, DH_TOOLS_1, 7) == 0 ? tools : NULL;
}

ENTRY_WITH(DH_MAGIC, DH_ABI_MAJOR, DH_ABI_MINOR, harmless_create)
