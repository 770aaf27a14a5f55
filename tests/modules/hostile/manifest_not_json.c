/* The manifest is not JSON. */
#include "harmless.h"

DH_MANIFEST("{\"manifest\":1,\"name\":");

HARMLESS_ENTRY
