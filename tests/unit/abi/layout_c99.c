/* The layout as a C99 compiler sees it; an array of negative size ends the compilation. */
#include <dockerhub/abi.h>

#define DH_SIZE(type, expected) \
  typedef char size_of_##type[sizeof(struct type) == (expected) ? 1 : -1];
#define DH_AT(type, field, expected) \
  typedef char place_of_##type##_##field[offsetof(struct type, field) == (expected) ? 1 : -1];
#include "layout.h"

DH_MANIFEST("{}");

int main(void) {
  return dh_manifest_text[0] == '{' ? 0 : 1;
}
