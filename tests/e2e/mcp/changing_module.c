/* A module that is built in two versions, which differ in what they answer and list. `hold` waits inside
 * the module until the test opens the pipe that it names. */
#include <dockerhub/abi.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#if CHANGING_VERSION == 1
#define VERSION "1.0.0"
#define ADDED
#else
#define VERSION "2.0.0"
#define ADDED ",{\"name\":\"added\",\"summary\":\"Is new\",\"effect\":{\"is\":\"read\"}}"
#endif

DH_MANIFEST(
    "{\"manifest\":1,\"name\":\"changing_module\",\"version\":\"" VERSION
    "\",\"abi\":\"1.0\","
    "\"host\":{\"required\":[\"call/1\"]},\"extensions\":[\"tools/1\"],"
    "\"tools\":[{\"name\":\"changing_module\",\"actions\":["
    "{\"name\":\"which\",\"summary\":\"Tells its version\",\"effect\":{\"is\":\"read\"}},"
    "{\"name\":\"hold\",\"summary\":\"Waits, then tells its version\",\"effect\":{\"is\":\"read\"},"
    "\"parameters\":[{\"name\":\"pipe\",\"type\":\"string\",\"required\":true}]}" ADDED "]}]}");

struct dh_module {
  const dh_call_1* call;
};

static dh_str text(const char* data) {
  dh_str result;
  result.data = data;
  result.size = strlen(data);
  return result;
}

static dh_status create(const dh_host* host, dh_module** module) {
  *module = malloc(sizeof **module);
  if (*module == NULL) return DH_E_LIMIT;
  (*module)->call = host->extension(host, text(DH_CALL_1));
  return DH_OK;
}

static void destroy(dh_module* module) {
  free(module);
}

/* Of {"pipe":"PATH"}, where the path holds nothing that is escaped. */
static int open_pipe(dh_str params) {
  static const char begin[] = "{\"pipe\":\"";
  char path[256];
  const size_t skipped = sizeof begin - 1;
  const size_t size = params.size - skipped - 2;
  if (params.size < skipped + 2 || size >= sizeof path) return -1;
  memcpy(path, params.data + skipped, size);
  path[size] = '\0';
  return open(path, O_RDONLY);
}

static dh_status hold(dh_module* module, dh_call* call) {
  char byte;
  dh_str params;
  int pipe;
  const dh_status given = module->call->params(call, &params);
  if (given != DH_OK) return given;
  pipe = open_pipe(params);
  if (pipe < 0) return DH_E_FAILED;
  while (read(pipe, &byte, 1) > 0) {
  }
  close(pipe);
  return DH_OK;
}

static dh_status invoke(dh_module* module, dh_call* call, dh_str tool, dh_str action) {
  (void)tool;
  if (action.size == 4 && memcmp(action.data, "hold", 4) == 0) {
    const dh_status held = hold(module, call);
    if (held != DH_OK) return held;
  }
  return module->call->answer(call, text("{\"version\":\"" VERSION "\"}"));
}

static const dh_tools_1 kTools = {sizeof(dh_tools_1), 0, invoke};

static const void* extension(dh_module* module, dh_str id) {
  (void)module;
  return id.size == strlen(DH_TOOLS_1) && memcmp(id.data, DH_TOOLS_1, id.size) == 0 ? &kTools
                                                                                    : NULL;
}

DH_EXPORT const dh_entry dockerhub_module_entry = {
    DH_MAGIC, sizeof(dh_entry), DH_ABI_MAJOR, DH_ABI_MINOR, create, destroy, extension};
