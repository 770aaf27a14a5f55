/* Needs a feature of rows that no kernel has. */
#include "harmless.h"

DH_MANIFEST(MANIFEST_WITH("missing_row_feature", "1.0", ",\"requires\":[\"telepathy/1\"]",
                          "missing_row_feature", RUN_ACTION));

HARMLESS_ENTRY
