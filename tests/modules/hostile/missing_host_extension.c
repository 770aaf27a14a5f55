/* Needs a host extension that no kernel has. */
#include "harmless.h"

DH_MANIFEST(MANIFEST_WITH("missing_host_extension", "1.0",
                          ",\"host\":{\"required\":[\"call/1\",\"teleport/1\"]}",
                          "missing_host_extension", RUN_ACTION));

HARMLESS_ENTRY
