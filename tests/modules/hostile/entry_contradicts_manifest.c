/* The manifest states the version of this interface, the entry another one. */
#include "harmless.h"

DH_MANIFEST(MANIFEST("entry_contradicts_manifest"));

EXTENSION_WITH(answer_null)
ENTRY_WITH(DH_MAGIC, DH_ABI_MAJOR + 1, 0, harmless_create)
