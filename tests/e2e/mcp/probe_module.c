/* A module for what the other test modules do not do: it prints to standard output in every way there
 * is and tries to read standard input (the protocol on those two must not notice), destroys something
 * that has no name, and sends the user to a URL. */
#include <dockerhub/abi.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

DH_MANIFEST(
    "{\"manifest\":1,\"name\":\"probe_module\",\"version\":\"1.0.0\",\"abi\":\"1.0\","
    "\"host\":{\"required\":[\"call/1\",\"ask/1\"]},\"extensions\":[\"tools/1\"],"
    "\"tools\":[{\"name\":\"probe_module\",\"actions\":["
    "{\"name\":\"print\",\"summary\":\"Prints\",\"effect\":{\"is\":\"read\"}},"
    "{\"name\":\"clear\",\"summary\":\"Clears all\",\"effect\":{\"is\":\"destructive\"}},"
    "{\"name\":\"visit\",\"summary\":\"Asks to visit\",\"effect\":{\"is\":\"read\"}}]}]}");

struct dh_module {
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

static dh_status invoke(dh_module* module, dh_call* call, dh_str tool, dh_str action) {
  (void)tool;
  if (is(action, "print")) return print(module, call);
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
