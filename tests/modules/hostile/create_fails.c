/* Loads well, and then create() fails. */
#include "harmless.h"

DH_MANIFEST(MANIFEST("create_fails"));

static dh_status create(const dh_host* host, dh_module** module) {
  (void)host;
  (void)module;
  return -1001;
}

EXTENSION_WITH(answer_null)
ENTRY_WITH(DH_MAGIC, DH_ABI_MAJOR, DH_ABI_MINOR, create)
