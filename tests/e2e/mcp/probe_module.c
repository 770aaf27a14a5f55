/* A module for what the other test modules do not do: it prints to standard output in every way there
 * is and tries to read standard input (the protocol on those two must not notice), destroys something
 * that has no name, sends the user to a URL, and says its parameter in every way there is. */
#include <dockerhub/abi.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

DH_MANIFEST(
    "{\"manifest\":1,\"name\":\"probe_module\",\"version\":\"1.0.0\",\"abi\":\"1.0\","
    "\"host\":{\"required\":[\"call/1\",\"ask/1\",\"log/1\"]},\"extensions\":[\"tools/1\"],"
    "\"tools\":[{\"name\":\"probe_module\",\"actions\":["
    "{\"name\":\"print\",\"summary\":\"Prints\",\"effect\":{\"is\":\"read\"}},"
    "{\"name\":\"clear\",\"summary\":\"Clears all\",\"effect\":{\"is\":\"destructive\"}},"
    "{\"name\":\"say\",\"summary\":\"Says it in every way\",\"effect\":{\"is\":\"read\"},"
    "\"parameters\":[{\"name\":\"text\",\"type\":\"string\",\"required\":true}]},"
    "{\"name\":\"visit\",\"summary\":\"Asks to visit\",\"effect\":{\"is\":\"read\"}}]}]}");

struct dh_module {
  const dh_host* host;
  const dh_log_1* log;
  const dh_call_1* call;
  const dh_ask_1* ask;
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
  (*module)->host = host;
  (*module)->log = host->extension(host, text(DH_LOG_1));
  (*module)->call = host->extension(host, text(DH_CALL_1));
  (*module)->ask = host->extension(host, text(DH_ASK_1));
  return DH_OK;
}

static void destroy(dh_module* module) {
  free(module);
}

static dh_status print(dh_module* module, dh_call* call) {
  static const char line[] = "{\"noise\":\"write\"}\n";
  char byte = 0;
  char answer[64];
  ssize_t got;
  printf("{\"noise\":\"printf\"}\n");
  fflush(stdout);
  if (write(STDOUT_FILENO, line, sizeof line - 1) < 0) return DH_E_FAILED;
  /* NOLINTNEXTLINE(cert-env33-c): a module that runs a child is what this one stands for. */
  if (system("echo '{\"noise\":\"child\"}'") != 0) return DH_E_FAILED;
  got = read(STDIN_FILENO, &byte, 1);
  snprintf(answer, sizeof answer, "{\"bytes_read\":%d}", (int)got);
  return module->call->answer(call, text(answer));
}

static dh_status visit(dh_module* module, dh_call* call) {
  dh_str answer;
  const dh_status asked = module->ask->input(
      call, text("visit"), text("{\"message\":\"Log in\",\"url\":\"https://example.com/login\"}"),
      &answer);
  return asked == DH_OK ? module->call->answer(call, answer) : asked;
}

static dh_status ask_about(dh_module* module, dh_call* call, dh_str params) {
  /* The parameters are {"text":"..."}: what is between is its text in JSON. */
  static const size_t before = sizeof "{\"text\":" - 1;
  char request[1024];
  dh_str answer;
  const int size = snprintf(request, sizeof request,
                            "{\"message\":%.*s,\"schema\":{\"type\":\"object\",\"properties\":{"
                            "\"name\":{\"type\":\"string\"}}}}",
                            (int)(params.size - before - 1), params.data + before);
  if (size < 0 || (size_t)size >= sizeof request) return DH_E_LIMIT;
  return module->ask->input(call, text("name"), text(request), &answer);
}

/* What stands in the log by its words: what is told to the user may stand there as well. */
static dh_status write_down(dh_module* module, dh_str params) {
  char line[1024];
  const int size = snprintf(line, sizeof line, "written: %.*s", (int)params.size, params.data);
  if (size < 0 || (size_t)size >= sizeof line) return DH_E_LIMIT;
  module->log->write(module->host, DH_LOG_WARNING, text(line));
  return DH_OK;
}

static dh_status say(dh_module* module, dh_call* call) {
  dh_content part;
  dh_str params;
  dh_status status = module->call->params(call, &params);
  if (status != DH_OK) return status;
  status = module->call->progress(call, text(""), 1, 2, text("item"), params);
  if (status != DH_OK) return status;
  module->log->tell(call, DH_LOG_WARNING, params);
  status = write_down(module, params);
  if (status != DH_OK) return status;
  status = ask_about(module, call, params);
  if (status != DH_OK) return status;
  memset(&part, 0, sizeof part);
  part.size = sizeof part;
  part.kind = DH_CONTENT_TEXT;
  part.text = params;
  status = module->call->content(call, &part);
  if (status != DH_OK) return status;
  status = module->call->warn(call, params);
  if (status != DH_OK) return status;
  status = module->call->annotate(call, text("said"), params);
  return status != DH_OK ? status : module->call->answer(call, params);
}

static dh_status invoke(dh_module* module, dh_call* call, dh_str tool, dh_str action) {
  (void)tool;
  if (is(action, "print")) return print(module, call);
  if (is(action, "say")) return say(module, call);
  if (is(action, "visit")) return visit(module, call);
  return module->call->answer(call, text("{\"cleared\":true}"));
}

static const dh_tools_1 kTools = {sizeof(dh_tools_1), 0, invoke};

static const void* extension(dh_module* module, dh_str id) {
  (void)module;
  return is(id, DH_TOOLS_1) ? &kTools : NULL;
}

DH_EXPORT const dh_entry dockerhub_module_entry = {
    DH_MAGIC, sizeof(dh_entry), DH_ABI_MAJOR, DH_ABI_MINOR, create, destroy, extension};
