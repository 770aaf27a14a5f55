// extension() lets an exception out.
#include <stdexcept>

#include "harmless.h"

extern "C" {

DH_MANIFEST(MANIFEST("extension_throws"));

static const void* extension(dh_module* /*module*/, dh_str /*id*/) {
  throw std::runtime_error("nothing to offer");
}

ENTRY_WITH(DH_MAGIC, DH_ABI_MAJOR, DH_ABI_MINOR, harmless_create)

}  // extern "C"
