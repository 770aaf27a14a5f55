/* Another name, but the tool of the module demo. */
#include "harmless.h"

DH_MANIFEST(MANIFEST_WITH("tool_taken", "1.0", "", "demo", RUN_ACTION));

HARMLESS_ENTRY
