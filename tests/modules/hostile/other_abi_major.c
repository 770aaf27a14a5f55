/* Manifest and entry ask for the next major version of the interface. */
#include "harmless.h"

DH_MANIFEST(MANIFEST_WITH("other_abi_major", "2.0", "", "other_abi_major", RUN_ACTION));

EXTENSION_WITH(answer_null)
ENTRY_WITH(DH_MAGIC, DH_ABI_MAJOR + 1, 0, harmless_create)
