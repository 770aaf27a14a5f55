/* Has a manifest and no entry. */
#include "harmless.h"

DH_MANIFEST(MANIFEST("no_entry"));
