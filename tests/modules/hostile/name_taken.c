/* Takes the name of the module demo. */
#include "harmless.h"

DH_MANIFEST(MANIFEST_WITH("demo", "1.0", "", "name_taken", RUN_ACTION));

HARMLESS_ENTRY
