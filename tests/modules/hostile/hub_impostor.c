/* Takes a name that belongs to the modules of the installation. */
#include "harmless.h"

DH_MANIFEST(MANIFEST("hub_impostor"));

HARMLESS_ENTRY
