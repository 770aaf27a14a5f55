/* Has two actions of one name. */
#include "harmless.h"

DH_MANIFEST(MANIFEST_WITH("action_twice", "1.0", "", "action_twice", RUN_ACTION "," RUN_ACTION));

HARMLESS_ENTRY
