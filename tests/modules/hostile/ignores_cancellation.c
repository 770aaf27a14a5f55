/* Works on after it was cancelled: polls `milliseconds` times a millisecond, whatever it is
 * told. */
#define _POSIX_C_SOURCE 200809L /* NOLINT(bugprone-reserved-identifier): the name is POSIX's */
#include "harmless.h"

#include <stdlib.h>
#include <time.h>

#define WAIT_ACTION                                                                        \
  "{\"name\":\"wait\",\"summary\":\"Waits\",\"effect\":{\"is\":\"read\"},\"parameters\":[" \
  "{\"name\":\"milliseconds\",\"type\":\"integer\",\"default\":500}]}"

DH_MANIFEST(MANIFEST_WITH("ignores_cancellation", "1.0", "", "ignores_cancellation",
                          RUN_ACTION "," WAIT_ACTION));

/* The only parameter is a number, so its digits are found without a parser. */
static long milliseconds_of(dh_module* module, dh_call* call) {
  char copy[256] = {0};
  dh_str params;
  const char* digits;
  if (call_functions(module)->params(call, &params) != DH_OK || params.size >= sizeof copy)
    return 0;
  memcpy(copy, params.data, params.size);
  digits = strpbrk(copy, "0123456789");
  return digits == NULL ? 0 : strtol(digits, NULL, 10);
}

static dh_status invoke(dh_module* module, dh_call* call, dh_str tool, dh_str action) {
  const struct timespec millisecond = {0, 1000000};
  long left = action.size == 4 ? milliseconds_of(module, call) : 0;
  for (; left > 0; --left) (void)nanosleep(&millisecond, NULL);
  return answer_null(module, call, tool, action);
}

ENTRY_OF_ACTION(invoke)
