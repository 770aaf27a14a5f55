/* The manifest has no version and a name with capitals. */
#include "harmless.h"

DH_MANIFEST("{\"manifest\":1,\"name\":\"Broken Schema\",\"abi\":\"1.0\",\"tools\":[]}");

HARMLESS_ENTRY
