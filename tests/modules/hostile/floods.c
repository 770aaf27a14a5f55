/* Answers content parts of 1 MiB without end, until it is told to stop. */
#include "harmless.h"

#include <stdlib.h>

#define PART_SIZE ((size_t)1024 * 1024)

DH_MANIFEST(MANIFEST("floods"));

static dh_status invoke(dh_module* module, dh_call* call, dh_str tool, dh_str action) {
  dh_content part;
  dh_status status = DH_OK;
  char* text = (char*)malloc(PART_SIZE);
  (void)tool;
  (void)action;
  if (text == NULL) return DH_E_LIMIT;
  memset(text, 'x', PART_SIZE);
  memset(&part, 0, sizeof part);
  part.size = sizeof part;
  part.kind = DH_CONTENT_IMAGE;
  part.data.data = text;
  part.data.size = PART_SIZE;
  while (status == DH_OK) status = call_functions(module)->content(call, &part);
  free(text);
  return status;
}

ENTRY_OF_ACTION(invoke)
