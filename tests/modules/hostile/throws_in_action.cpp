// The action throws across the interface: `run` a std::exception, `odd` a number.
#include "harmless.h"

#include <stdexcept>

#define ODD_ACTION "{\"name\":\"odd\",\"summary\":\"Throws\",\"effect\":{\"is\":\"read\"}}"

DH_MANIFEST(MANIFEST_WITH("throws_in_action", "1.0", "", "throws_in_action",
                          RUN_ACTION "," ODD_ACTION));

extern "C" {

static dh_status invoke(dh_module*, dh_call*, dh_str, dh_str action) {
  if (action.size == 3 && memcmp(action.data, "odd", 3) == 0) throw 42;
  throw std::runtime_error("the action throws");
}

ENTRY_OF_ACTION(invoke)

}  // extern "C"
