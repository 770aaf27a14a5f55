/*
 * A module in C99, built by another compiler than the kernel and linked without a C++ runtime: nothing
 * but abi.h is needed. It echoes its parameters, tells the account of the kernel that calls it, and counts
 * per instance.
 */
#include <dockerhub/abi.h>
#include <stdlib.h>
#include <string.h>

DH_MANIFEST(
    "{\"manifest\":1,\"name\":\"c_module\",\"version\":\"1.0.0\",\"title\":\"Module in "
    "C\",\"abi\":\"1.0\","
    "\"host\":{\"required\":[\"call/1\",\"identity/1\"]},\"extensions\":[\"tools/1\"],"
    "\"tools\":[{\"name\":\"c_module\",\"actions\":["
    "{\"name\":\"echo\",\"summary\":\"Answers its parameters\",\"effect\":{\"is\":\"read\"},"
    "\"parameters\":[{\"name\":\"text\",\"type\":\"string\",\"required\":true},"
    "{\"name\":\"times\",\"type\":\"integer\",\"default\":1,\"minimum\":1,\"maximum\":9}]},"
    "{\"name\":\"identity\",\"summary\":\"Who is logged in\",\"effect\":{\"is\":\"read\"}},"
    "{\"name\":\"counter\",\"summary\":\"How often this instance was asked\","
    "\"effect\":{\"is\":\"read\"}}]}]}");

struct dh_module {
  const dh_call_1* call;
  const dh_identity_1* identity;
  unsigned long asked;
};

static dh_str text(const char* literal) {
  dh_str result;
  result.data = literal;
  result.size = strlen(literal);
  return result;
}

static int is(dh_str given, const char* literal) {
  return given.size == strlen(literal) && memcmp(given.data, literal, given.size) == 0;
}

static dh_status create(const dh_host* host, dh_module** module) {
  dh_module* made = calloc(1, sizeof *made);
  if (made == NULL) return DH_E_LIMIT;
  made->call = host->extension(host, text(DH_CALL_1));
  made->identity = host->extension(host, text(DH_IDENTITY_1));
  *module = made;
  return DH_OK;
}

static void destroy(dh_module* module) {
  free(module);
}

static dh_status echo(const dh_call_1* api, dh_call* call) {
  dh_str params;
  dh_status status = api->params(call, &params);
  return status != DH_OK ? status : api->answer(call, params);
}

static dh_status tell_identity(dh_module* module, dh_call* call) {
  dh_str identity;
  dh_status status = module->identity->get(call, &identity);
  return status != DH_OK ? status : module->call->answer(call, identity);
}

static dh_status count(dh_module* module, dh_call* call) {
  char digits[24];
  char* first = digits + sizeof digits;
  unsigned long rest = __atomic_add_fetch(&module->asked, 1, __ATOMIC_RELAXED);
  dh_str json;
  do {
    *--first = (char)('0' + rest % 10);
    rest /= 10;
  } while (rest != 0);
  json.data = first;
  json.size = (size_t)(digits + sizeof digits - first);
  return module->call->answer(call, json);
}

static dh_status invoke(dh_module* module, dh_call* call, dh_str tool, dh_str action) {
  (void)tool;
  if (is(action, "echo")) return echo(module->call, call);
  if (is(action, "identity")) return tell_identity(module, call);
  if (is(action, "counter")) return count(module, call);
  return DH_E_NOT_FOUND;
}

static const void* extension(dh_module* module, dh_str id) {
  static const dh_tools_1 tools = {sizeof(dh_tools_1), 0, invoke};
  (void)module;
  return is(id, DH_TOOLS_1) ? &tools : NULL;
}

extern DH_EXPORT const dh_entry dockerhub_module_entry;
const dh_entry dockerhub_module_entry = {DH_MAGIC, sizeof(dh_entry), DH_ABI_MAJOR, DH_ABI_MINOR,
                                         create,   destroy,          extension};
