/* Has an action, and NULL where tools/1 has the function that runs it. */
#include "harmless.h"

DH_MANIFEST(MANIFEST("tools_without_invoke"));

ENTRY_OF_ACTION(NULL)
