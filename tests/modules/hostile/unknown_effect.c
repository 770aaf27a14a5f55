/* The action `vanish` has an effect that no kernel knows; `run` is right. */
#include "harmless.h"

#define VANISH_ACTION \
  "{\"name\":\"vanish\",\"summary\":\"Vanishes\",\"effect\":{\"is\":\"harmless\"}}"

DH_MANIFEST(MANIFEST_WITH("unknown_effect", "1.0", "", "unknown_effect",
                          VANISH_ACTION "," RUN_ACTION));

HARMLESS_ENTRY
