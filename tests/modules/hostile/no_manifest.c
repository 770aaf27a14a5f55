/* Has an entry and no manifest. */
#include "harmless.h"

HARMLESS_ENTRY
