/*
 * A module with one action, in C99 with nothing but abi.h: the manifest is written by hand, the
 * answer is the parameters as they came.
 */
#include <dockerhub/abi.h>
#include <stdlib.h>
#include <string.h>

DH_MANIFEST(
    "{\"manifest\":1,\"name\":\"hello_c\",\"version\":\"1.0.0\",\"title\":\"Hello from C\","
    "\"license\":\"MIT\",\"abi\":\"1.0\",\"host\":{\"required\":[\"call/1\"]},"
    "\"extensions\":[\"tools/1\"],"
    "\"tools\":[{\"name\":\"hello_c\",\"actions\":[{\"name\":\"echo\","
    "\"summary\":\"Answers what it was given\",\"effect\":{\"is\":\"read\"},"
    "\"parameters\":[{\"name\":\"text\",\"type\":\"string\",\"required\":true,"
    "\"description\":\"What to say\"}],\"positionals\":[\"text\"]}]}]}");

/* What an instance keeps: the functions of its kernel. */
struct dh_module {
  const dh_call_1* call;
};

static int is(dh_str given, const char* literal) {
  return given.size == strlen(literal) && memcmp(given.data, literal, given.size) == 0;
}

static dh_status create(const dh_host* host, dh_module** module) {
  const dh_str id = {DH_CALL_1, sizeof(DH_CALL_1) - 1};
  dh_module* made = malloc(sizeof *made);
  if (made == NULL) return DH_E_LIMIT;
  made->call = host->extension(host, id);
  *module = made;
  return DH_OK;
}

static void destroy(dh_module* module) {
  free(module);
}

static dh_status invoke(dh_module* module, dh_call* call, dh_str tool, dh_str action) {
  dh_str params;
  dh_status status;
  (void)tool;
  if (!is(action, "echo")) return DH_E_NOT_FOUND;
  status = module->call->params(call, &params);
  return status != DH_OK ? status : module->call->answer(call, params);
}

static const void* extension(dh_module* module, dh_str id) {
  static const dh_tools_1 tools = {sizeof(dh_tools_1), 0, invoke};
  (void)module;
  return is(id, DH_TOOLS_1) ? &tools : NULL;
}

extern DH_EXPORT const dh_entry dockerhub_module_entry;
const dh_entry dockerhub_module_entry = {DH_MAGIC, sizeof(dh_entry), DH_ABI_MAJOR, DH_ABI_MINOR,
                                         create,   destroy,          extension};
