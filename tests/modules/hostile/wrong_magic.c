/* The entry does not begin with DH_MAGIC. */
#include "harmless.h"

DH_MANIFEST(MANIFEST("wrong_magic"));

EXTENSION_WITH(answer_null)
ENTRY_WITH(UINT64_C(0x1122334455667788), DH_ABI_MAJOR, DH_ABI_MINOR, harmless_create)
