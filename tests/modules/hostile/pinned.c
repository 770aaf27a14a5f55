/* Linked so that it stays mapped after dlclose(). */
#include "harmless.h"

DH_MANIFEST(MANIFEST("pinned"));

HARMLESS_ENTRY
