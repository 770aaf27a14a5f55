/* Another name, but the same tool as the module tool_taken. */
#include "harmless.h"

DH_MANIFEST(MANIFEST_WITH("same_tool", "1.0", "", "demo", RUN_ACTION));

HARMLESS_ENTRY
