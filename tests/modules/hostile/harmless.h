/*
 * A module that breaks no rule: one action `run` that answers null. Each file beside this one
 * replaces one part of it by a broken one. In C++ files too.
 */
#ifndef DOCKERHUB_TESTS_HARMLESS_H
#define DOCKERHUB_TESTS_HARMLESS_H

#include <dockerhub/abi.h>
#include <string.h>

#ifdef __cplusplus
extern "C" {
#endif

#define RUN_ACTION "{\"name\":\"run\",\"summary\":\"Answers null\",\"effect\":{\"is\":\"read\"}}"
/* more: further members of the manifest, each with a comma before it. */
#define MANIFEST_WITH(name, abi, more, tool, actions)                                            \
  "{\"manifest\":1,\"name\":\"" name "\",\"version\":\"1.0.0\",\"abi\":\"" abi                   \
  "\","                                                                                          \
  "\"extensions\":[\"tools/1\"]" more ",\"tools\":[{\"name\":\"" tool "\",\"actions\":[" actions \
  "]}]}"
#define MANIFEST(name) MANIFEST_WITH(name, "1.0", "", name, RUN_ACTION)

/* The instance is the host itself: there is nothing to keep. */
static inline dh_status harmless_create(const dh_host* host, dh_module** module) {
  *module = (dh_module*)(size_t)host;
  return DH_OK;
}

static inline void harmless_destroy(dh_module* module) {
  (void)module;
}

static inline dh_str text_of(const char* literal) {
  dh_str text;
  text.data = literal;
  text.size = strlen(literal);
  return text;
}

static inline const void* host_functions(dh_module* module, const char* id) {
  const dh_host* host = (const dh_host*)module;
  return host->extension(host, text_of(id));
}

static inline const dh_call_1* call_functions(dh_module* module) {
  return (const dh_call_1*)host_functions(module, DH_CALL_1);
}

static inline dh_status answer_null(dh_module* module, dh_call* call, dh_str tool, dh_str action) {
  (void)tool;
  (void)action;
  return call_functions(module)->answer(call, text_of("null"));
}

#define EXTENSION_WITH(invoke)                                                  \
  static const void* extension(dh_module* module, dh_str id) {                  \
    static const dh_tools_1 tools = {sizeof(dh_tools_1), 0, invoke};            \
    (void)module;                                                               \
    return id.size == 7 && memcmp(id.data, DH_TOOLS_1, 7) == 0 ? &tools : NULL; \
  }

#define ENTRY_WITH(magic, major, minor, create)                                       \
  extern DH_EXPORT const dh_entry dockerhub_module_entry;                             \
  const dh_entry dockerhub_module_entry = {magic,  sizeof(dh_entry), major,    minor, \
                                           create, harmless_destroy, extension};

#define HARMLESS_ENTRY        \
  EXTENSION_WITH(answer_null) \
  ENTRY_WITH(DH_MAGIC, DH_ABI_MAJOR, DH_ABI_MINOR, harmless_create)

/* The entry of a module whose action runs `invoke`. */
#define ENTRY_OF_ACTION(invoke) \
  EXTENSION_WITH(invoke)        \
  ENTRY_WITH(DH_MAGIC, DH_ABI_MAJOR, DH_ABI_MINOR, harmless_create)

#ifdef __cplusplus
} /* extern "C" */
#endif

#endif
