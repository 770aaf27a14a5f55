/* Its resources/1 ends before watch(), which ABI 1.0 has. */
#include "harmless.h"

DH_MANIFEST(MANIFEST("short_resources"));

static const void* extension(dh_module* module, dh_str id) {
  static const dh_tools_1 tools = {sizeof(dh_tools_1), 0, answer_null};
  static const dh_resources_1 resources = {offsetof(dh_resources_1, watch), 0, NULL, NULL};
  (void)module;
  if (id.size == 7 && memcmp(id.data, DH_TOOLS_1, 7) == 0) return &tools;
  return id.size == 11 && memcmp(id.data, DH_RESOURCES_1, 11) == 0 ? &resources : NULL;
}

ENTRY_WITH(DH_MAGIC, DH_ABI_MAJOR, DH_ABI_MINOR, harmless_create)
