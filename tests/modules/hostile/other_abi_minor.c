/* Manifest and entry ask for a later minor version, which may have what this kernel lacks. */
#include "harmless.h"

DH_MANIFEST(MANIFEST_WITH("other_abi_minor", "1.1", "", "other_abi_minor", RUN_ACTION));

EXTENSION_WITH(answer_null)
ENTRY_WITH(DH_MAGIC, DH_ABI_MAJOR, DH_ABI_MINOR + 1, harmless_create)
