/*
 * What few modules do: start programs, work at many calls at once, hand over more bytes than one message
 * holds, log on a thread of its own.
 */
#define _POSIX_C_SOURCE 200809L
#include <dockerhub/abi.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <time.h>
#include <unistd.h>

#define READ(name, summary) \
  "{\"name\":\"" name "\",\"summary\":\"" summary "\",\"effect\":{\"is\":\"read\"}}"

DH_MANIFEST(
    "{\"manifest\":1,\"name\":\"odd_module\",\"version\":\"1.0.0\",\"title\":\"Odd\",\"abi\":\"1.0\","
    "\"host\":{\"required\":[\"call/1\",\"http/1\",\"digest/1\",\"log/1\"]},"
    "\"extensions\":[\"tools/1\"],\"tools\":[{\"name\":\"odd_module\",\"actions\":["
    READ("family", "Starts two processes, tells its number and theirs, and works until it is cancelled") ","
    READ("hold", "Works until it is cancelled") ","
    READ("write", "Writes more than one message holds") ","
    READ("update", "Digests more than one message holds") ","
    READ("read", "Reads into more than one message holds") ","
    READ("too_long", "Answers more than any message holds") ","
    READ("log", "Logs in the call, then on a thread that has none") "]}]}");

enum { kMany = 5 * 512 * 1024, kTooLong = 65 * 1024 * 1024 };

struct dh_module {
  const dh_host* host;
  const dh_call_1* call;
  const dh_http_1* http;
  const dh_digest_1* digest;
  const dh_log_1* log;
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
  made->host = host;
  made->call = host->extension(host, text(DH_CALL_1));
  made->http = host->extension(host, text(DH_HTTP_1));
  made->digest = host->extension(host, text(DH_DIGEST_1));
  made->log = host->extension(host, text(DH_LOG_1));
  *module = made;
  return DH_OK;
}

static void destroy(dh_module* module) {
  free(module);
}

static dh_status hold(dh_module* module, dh_call* call) {
  const struct timespec moment = {0, 20000000};
  while (!module->call->cancelled(call)) nanosleep(&moment, NULL);
  return DH_E_CANCELLED;
}

/* Neither outlives the test by long, whatever becomes of it. */
static dh_status family(dh_module* module, dh_call* call) {
  char numbers[96];
  dh_status status;
  const pid_t other_program = fork();
  pid_t same_program;
  if (other_program == 0) {
    execl("/bin/sleep", "sleep", "60", (char*)NULL);
    _exit(127);
  }
  same_program = fork();
  if (same_program == 0) {
    alarm(60);
    pause();
    _exit(0);
  }
  snprintf(numbers, sizeof numbers, "%ld %ld %ld", (long)getpid(), (long)other_program,
           (long)same_program);
  status = module->call->progress(call, text(""), 0, 0, text(""), text(numbers));
  return status != DH_OK ? status : hold(module, call);
}

static dh_status answer_number(dh_module* module, dh_call* call, size_t number) {
  char digits[32];
  snprintf(digits, sizeof digits, "%lu", (unsigned long)number);
  return module->call->answer(call, text(digits));
}

static dh_bytes letters(size_t size) {
  char* made = malloc(size);
  dh_bytes result = {NULL, 0};
  if (made == NULL) return result;
  memset(made, 'x', size);
  result.data = made;
  result.size = size;
  return result;
}

static dh_status write_many(dh_module* module, dh_call* call) {
  const dh_bytes many = letters(kMany);
  size_t taken = 0;
  const dh_status status = module->http->write(call, 1, many, &taken);
  free((void*)many.data);
  return status != DH_OK ? status : answer_number(module, call, taken);
}

static dh_status update(dh_module* module, dh_call* call) {
  const dh_bytes many = letters(kMany);
  const dh_status status = module->digest->update(call, 1, many);
  free((void*)many.data);
  return status != DH_OK ? status : answer_number(module, call, kMany);
}

static dh_status read_many(dh_module* module, dh_call* call) {
  char* buffer = malloc(kMany);
  size_t got = 0;
  dh_status status = DH_E_LIMIT;
  if (buffer == NULL) return status;
  status = module->http->read(call, 1, buffer, kMany, &got);
  free(buffer);
  return status != DH_OK ? status : answer_number(module, call, got);
}

static dh_status too_long(dh_module* module, dh_call* call) {
  const dh_bytes many = letters(kTooLong);
  dh_str answer;
  dh_status status;
  answer.data = many.data;
  answer.size = many.size;
  status = module->call->answer(call, answer);
  free((void*)many.data);
  return status;
}

static void* log_elsewhere(void* module) {
  const dh_module* own = module;
  own->log->write(own->host, DH_LOG_INFO, text("without a call"));
  return NULL;
}

static dh_status log_twice(dh_module* module, dh_call* call) {
  pthread_t thread;
  (void)call;
  module->log->write(module->host, DH_LOG_INFO, text("in a call"));
  if (pthread_create(&thread, NULL, log_elsewhere, module) != 0) return DH_E_LIMIT;
  pthread_join(thread, NULL);
  return DH_OK;
}

struct row {
  const char* name;
  dh_status (*run)(dh_module* module, dh_call* call);
};

static const struct row rows[] = {
    {"family", family},  {"hold", hold},         {"write", write_many}, {"update", update},
    {"read", read_many}, {"too_long", too_long}, {"log", log_twice},
};

static dh_status invoke(dh_module* module, dh_call* call, dh_str tool, dh_str action) {
  size_t at;
  (void)tool;
  for (at = 0; at < sizeof rows / sizeof rows[0]; ++at) {
    if (is(action, rows[at].name)) return rows[at].run(module, call);
  }
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
