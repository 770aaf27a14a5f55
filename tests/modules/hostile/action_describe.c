/* Has an action of the name that belongs to the kernel, beside a right one. */
#include "harmless.h"

#define DESCRIBE_ACTION \
  "{\"name\":\"describe\",\"summary\":\"Answers null\",\"effect\":{\"is\":\"read\"}}"

DH_MANIFEST(MANIFEST_WITH("action_describe", "1.0", "", "action_describe",
                          DESCRIBE_ACTION "," RUN_ACTION));

HARMLESS_ENTRY
