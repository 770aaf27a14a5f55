/* create() says that it is well and gives no instance. */
#include "harmless.h"

DH_MANIFEST(MANIFEST("create_gives_nothing"));

static dh_status create(const dh_host* host, dh_module** module) {
  (void)host;
  *module = NULL;
  return DH_OK;
}

EXTENSION_WITH(answer_null)
ENTRY_WITH(DH_MAGIC, DH_ABI_MAJOR, DH_ABI_MINOR, create)
