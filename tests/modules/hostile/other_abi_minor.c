/* Manifest and entry ask for another minor version, which below 1.0 is another interface. */
#include "harmless.h"

DH_MANIFEST(MANIFEST_WITH("other_abi_minor", "0.8", "", "other_abi_minor", RUN_ACTION));

EXTENSION_WITH(answer_null)
ENTRY_WITH(DH_MAGIC, DH_ABI_MAJOR, 8, harmless_create)
