/* The manifest is a valid one behind more than DH_MANIFEST_MAX blanks. */
#include "harmless.h"

__asm__(
    ".pushsection .dockerhub.manifest,\"a\",%progbits\n"
    ".fill 1048577, 1, 32\n"
    ".ascii \"{}\"\n"
    ".popsection\n");

HARMLESS_ENTRY
