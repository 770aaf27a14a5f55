/* A module whose resource takes its time: to watch it waits until the test opens the pipe `watched` in the
 * folder of the process. */
#include <dockerhub/abi.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

DH_MANIFEST(
    "{\"manifest\":1,\"name\":\"slow_watch\",\"version\":\"1.0.0\",\"abi\":\"1.0\","
    "\"host\":{\"required\":[\"call/1\"]},\"extensions\":[\"resources/1\"],\"tools\":[],"
    "\"resources\":[{\"uri\":\"slow://watched\",\"name\":\"slow\"},"
    "{\"uri\":\"slow://at-once\",\"name\":\"at-once\"}]}");

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

static dh_status read_nothing(dh_module* module, dh_call* call, dh_str uri) {
  (void)module;
  (void)call;
  (void)uri;
  return DH_E_NOT_FOUND;
}

static dh_status watch(dh_module* module, dh_call* call, dh_str uri, int32_t on) {
  char byte;
  int pipe;
  (void)module;
  (void)call;
  if (!on || !is(uri, "slow://watched")) return DH_OK;
  pipe = open("watched", O_RDONLY);
  if (pipe < 0) return DH_E_FAILED;
  while (read(pipe, &byte, 1) > 0) {
  }
  close(pipe);
  return DH_OK;
}

static const dh_resources_1 kResources = {sizeof(dh_resources_1), 0, read_nothing, watch};

static const void* extension(dh_module* module, dh_str id) {
  (void)module;
  return is(id, DH_RESOURCES_1) ? &kResources : NULL;
}

DH_EXPORT const dh_entry dockerhub_module_entry = {
    DH_MAGIC, sizeof(dh_entry), DH_ABI_MAJOR, DH_ABI_MINOR, create, destroy, extension};
