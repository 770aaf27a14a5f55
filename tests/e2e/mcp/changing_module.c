/* A module that is built in two versions, which differ in what they answer and list: the second has a resource
 * and a prompt, too. `hold` waits inside the module until the test opens the pipe that it names. */
#include <dockerhub/abi.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#if CHANGING_VERSION == 1
#define VERSION "1.0.0"
#define ADDED
#define EXTENSIONS "\"tools/1\""
#define LISTS
#else
#define VERSION "2.0.0"
#define ADDED ",{\"name\":\"added\",\"summary\":\"Is new\",\"effect\":{\"is\":\"read\"}}"
#define EXTENSIONS "\"tools/1\",\"resources/1\",\"prompts/1\""
#define LISTS                                                               \
  ",\"resources\":[{\"uri\":\"changing://version\",\"name\":\"version\"}]," \
  "\"prompts\":[{\"name\":\"changing_prompt\"}]"
#endif

DH_MANIFEST(
    "{\"manifest\":1,\"name\":\"changing_module\",\"version\":\"" VERSION
    "\",\"abi\":\"1.0\","
    "\"host\":{\"required\":[\"call/1\"]},\"extensions\":[" EXTENSIONS
    "],"
    "\"tools\":[{\"name\":\"changing_module\",\"actions\":["
    "{\"name\":\"which\",\"summary\":\"Tells its version\",\"effect\":{\"is\":\"read\"}},"
    "{\"name\":\"hold\",\"summary\":\"Waits, then tells its version\",\"effect\":{\"is\":\"read\"},"
    "\"parameters\":[{\"name\":\"pipe\",\"type\":\"string\",\"required\":true}]}" ADDED "]}]" LISTS
    "}");

struct dh_module {
  const dh_call_1* call;
};

static dh_str text(const char* data) {
  dh_str result;
  result.data = data;
  result.size = strlen(data);
  return result;
}

static int is(dh_str given, const char* name) {
  return given.size == strlen(name) && memcmp(given.data, name, given.size) == 0;
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
  if (is(action, "hold")) {
    const dh_status held = hold(module, call);
    if (held != DH_OK) return held;
  }
  return module->call->answer(call, text("{\"version\":\"" VERSION "\"}"));
}

static const dh_tools_1 kTools = {sizeof(dh_tools_1), 0, invoke};

#if CHANGING_VERSION == 1
static const void* extension(dh_module* module, dh_str id) {
  (void)module;
  return is(id, DH_TOOLS_1) ? &kTools : NULL;
}
#else
static dh_status read_version(dh_module* module, dh_call* call, dh_str uri) {
  dh_content part;
  memset(&part, 0, sizeof part);
  part.size = sizeof part;
  part.kind = DH_CONTENT_RESOURCE;
  part.uri = uri;
  part.media_type = text("text/plain");
  part.text = text(VERSION);
  return module->call->content(call, &part);
}

static dh_status get_prompt(dh_module* module, dh_call* call, dh_str name, dh_str arguments) {
  (void)name;
  (void)arguments;
  return module->call->answer(call, text("{\"messages\":[{\"role\":\"user\",\"content\":"
                                         "{\"type\":\"text\",\"text\":\"" VERSION "\"}}]}"));
}

static const dh_resources_1 kResources = {sizeof(dh_resources_1), 0, read_version, NULL};
static const dh_prompts_1 kPrompts = {sizeof(dh_prompts_1), 0, get_prompt};

static const void* extension(dh_module* module, dh_str id) {
  (void)module;
  if (is(id, DH_TOOLS_1)) return &kTools;
  if (is(id, DH_RESOURCES_1)) return &kResources;
  return is(id, DH_PROMPTS_1) ? &kPrompts : NULL;
}
#endif

DH_EXPORT const dh_entry dockerhub_module_entry = {
    DH_MAGIC, sizeof(dh_entry), DH_ABI_MAJOR, DH_ABI_MINOR, create, destroy, extension};
