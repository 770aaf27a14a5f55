/* The request of the action `fetch` has a key that no kernel knows; `run` is right. */
#include "harmless.h"

#define FETCH_ACTION                                                                  \
  "{\"name\":\"fetch\",\"summary\":\"Sends a request\",\"effect\":{\"is\":\"read\"}," \
  "\"request\":{\"surface\":\"hub\",\"method\":\"GET\",\"path\":\"/v2/x\",\"teleport\":true}}"

DH_MANIFEST(MANIFEST_WITH("unknown_request_key", "1.0", ",\"requires\":[\"request/1\"]",
                          "unknown_request_key", FETCH_ACTION "," RUN_ACTION));

HARMLESS_ENTRY
