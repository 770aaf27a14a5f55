/* A module that behaves as code from elsewhere does: it prints to standard output in every way
 * there is, starts a program that prints there, and tries to read standard input. The protocol on
 * those two must not notice. */
#include <dockerhub/abi.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

DH_MANIFEST(
    "{\"manifest\":1,\"name\":\"noisy_module\",\"version\":\"1.0.0\",\"abi\":\"0.9\","
    "\"host\":{\"required\":[\"call/1\"]},\"extensions\":[\"tools/1\"],"
    "\"tools\":[{\"name\":\"noisy_module\",\"actions\":[{\"name\":\"print\",\"summary\":\"Prints\","
    "\"effect\":{\"is\":\"read\"}}]}]}");

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

static dh_status invoke(dh_module* module, dh_call* call, dh_str tool, dh_str action) {
  static const char line[] = "{\"noise\":\"write\"}\n";
  char read_byte = 0;
  char answer[64];
  ssize_t got;
  int ended;
  (void)tool;
  (void)action;
  printf("{\"noise\":\"printf\"}\n");
  fflush(stdout);
  got = write(STDOUT_FILENO, line, sizeof line - 1);
  ended = system("echo '{\"noise\":\"child\"}'");
  if (got < 0 || ended != 0) return DH_E_FAILED;
  got = read(STDIN_FILENO, &read_byte, 1);
  snprintf(answer, sizeof answer, "{\"bytes_read\":%d}", (int)got);
  return module->call->answer(call, text(answer));
}

static const dh_tools_1 kTools = {sizeof(dh_tools_1), 0, invoke};

static const void* extension(dh_module* module, dh_str id) {
  (void)module;
  return id.size == strlen(DH_TOOLS_1) && memcmp(id.data, DH_TOOLS_1, id.size) == 0 ? &kTools
                                                                                    : NULL;
}

DH_EXPORT const dh_entry dockerhub_module_entry = {
    DH_MAGIC, sizeof(dh_entry), DH_ABI_MAJOR, DH_ABI_MINOR, create, destroy, extension};
