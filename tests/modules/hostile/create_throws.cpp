// create() throws across the interface.
#include "harmless.h"

#include <stdexcept>

DH_MANIFEST(MANIFEST("create_throws"));

extern "C" {

static dh_status create(const dh_host*, dh_module**) {
  throw std::runtime_error("create() does not want to");
}

EXTENSION_WITH(answer_null)
ENTRY_WITH(DH_MAGIC, DH_ABI_MAJOR, DH_ABI_MINOR, create)

}  // extern "C"
