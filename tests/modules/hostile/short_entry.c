/* The size in the entry ends before the functions. */
#include "harmless.h"

DH_MANIFEST(MANIFEST("short_entry"));

EXTENSION_WITH(answer_null)
extern DH_EXPORT const dh_entry dockerhub_module_entry;
const dh_entry dockerhub_module_entry = {
    DH_MAGIC, 16, DH_ABI_MAJOR, DH_ABI_MINOR, harmless_create, harmless_destroy, extension};
