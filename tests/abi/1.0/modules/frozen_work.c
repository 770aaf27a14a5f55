/*
 * What modules in C did with ABI 1.0: items, progress, waiting, cancellation, questions, errors, settings,
 * handles, other actions, content, changes; a resource, a prompt, completion.
 */
#define _POSIX_C_SOURCE 200809L
#include <abi.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define READ(name, summary) \
  "{\"name\":\"" name "\",\"summary\":\"" summary "\",\"effect\":{\"is\":\"read\"}}"

DH_MANIFEST(
    "{\"manifest\":1,\"name\":\"frozen_work\",\"version\":\"1.0.0\",\"abi\":\"1.0\","
    "\"host\":{\"required\":[\"call/1\",\"ask/1\",\"config/1\",\"log/1\",\"emit/1\"],"
    "\"optional\":[\"digest/1\",\"catalog/1\",\"identity/1\",\"limits/1\"]},"
    "\"extensions\":[\"tools/1\",\"resources/1\",\"prompts/1\",\"complete/1\"],"
    "\"settings\":[{\"key\":\"greeting\",\"type\":\"string\",\"default\":\"Hello\"}],"
    "\"resources\":[{\"uri\":\"frozen://text\",\"name\":\"Text\"}],"
    "\"prompts\":[{\"name\":\"frozen_prompt\",\"arguments\":[{\"name\":\"who\",\"required\":true}]}],"
    "\"tools\":[{\"name\":\"frozen_work\",\"actions\":["
    "{\"name\":\"list\",\"summary\":\"Items\",\"effect\":{\"is\":\"read\"},"
    "\"parameters\":[{\"name\":\"count\",\"type\":\"integer\",\"default\":3,\"minimum\":0}],"
    "\"answer\":{\"kind\":\"items\"}},"
    READ("wait", "Waits a minute, and tells its progress") ","
    READ("spin", "Works until it is cancelled") ","
    READ("process", "The number of its process") ","
    READ("ask", "Asks for a name, and greets") ","
    READ("fail", "Fails with all that an error has") ","
    READ("digest", "A digest") ","
    READ("facts", "What the kernel says of itself and of the caller") ","
    READ("nested", "Calls another action") ","
    READ("content", "Content beside the data") ","
    READ("hide", "Hides the action spin") "]}]}");

struct dh_module {
  const dh_host* host;
  const dh_call_1* call;
  const dh_ask_1* ask;
  const dh_digest_1* digest;
  const dh_catalog_1* catalog;
  const dh_identity_1* identity;
  const dh_limits_1* limits;
  const dh_config_1* config;
  const dh_log_1* log;
  const dh_emit_1* emit;
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

/* JSON that is put together; what does not fit any more is left out, which then is no JSON. */
struct json {
  char data[4096];
  size_t size;
};

static void add(struct json* json, dh_str part) {
  if (part.size == 0 || part.size > sizeof json->data - json->size) return;
  memcpy(json->data + json->size, part.data, part.size);
  json->size += part.size;
}

static dh_str whole(const struct json* json) {
  dh_str result;
  result.data = json->data;
  result.size = json->size;
  return result;
}

static dh_status create(const dh_host* host, dh_module** module) {
  dh_module* made = calloc(1, sizeof *made);
  if (made == NULL) return DH_E_LIMIT;
  made->host = host;
  made->call = host->extension(host, text(DH_CALL_1));
  made->ask = host->extension(host, text(DH_ASK_1));
  made->digest = host->extension(host, text(DH_DIGEST_1));
  made->catalog = host->extension(host, text(DH_CATALOG_1));
  made->identity = host->extension(host, text(DH_IDENTITY_1));
  made->limits = host->extension(host, text(DH_LIMITS_1));
  made->config = host->extension(host, text(DH_CONFIG_1));
  made->log = host->extension(host, text(DH_LOG_1));
  made->emit = host->extension(host, text(DH_EMIT_1));
  made->log->write(host, DH_LOG_INFO, text("an instance was made"));
  *module = made;
  return DH_OK;
}

static void destroy(dh_module* module) {
  free(module);
}

static unsigned long count_of(dh_str params) {
  static const char key[] = "\"count\":";
  struct json copy = {{0}, 0};
  const char* found;
  add(&copy, params);
  copy.data[sizeof copy.data - 1] = '\0';
  found = strstr(copy.data, key);
  return found == NULL ? 0 : strtoul(found + sizeof key - 1, NULL, 10);
}

static dh_status list(dh_module* module, dh_call* call) {
  dh_str params;
  unsigned long count;
  unsigned long number;
  dh_status status = module->call->params(call, &params);
  if (status != DH_OK) return status;
  count = count_of(params);
  for (number = 0; number < count; ++number) {
    char item[64];
    snprintf(item, sizeof item, "{\"number\":%lu}", number);
    status = module->call->item(call, text(item));
    if (status != DH_OK) return status;
  }
  return DH_OK;
}

static dh_status wait(dh_module* module, dh_call* call) {
  uint64_t step;
  for (step = 0; step < 60; ++step) {
    dh_status status =
        module->call->progress(call, text(""), step, 60, text("second"), text("waits"));
    if (status == DH_OK) status = module->call->pause(call, 1000);
    if (status != DH_OK) return status;
  }
  return module->call->answer(call, text("\"waited\""));
}

/* Asks the kernel nothing but whether it should end. */
static dh_status spin(dh_module* module, dh_call* call) {
  const struct timespec moment = {0, 1000000};
  dh_status status = module->call->progress(call, text(""), 0, 0, text(""), text("spins"));
  if (status != DH_OK) return status;
  while (!module->call->cancelled(call)) nanosleep(&moment, NULL);
  module->log->write(module->host, DH_LOG_INFO, text("saw the cancellation"));
  return DH_E_CANCELLED;
}

static dh_status process(dh_module* module, dh_call* call) {
  char number[32];
  snprintf(number, sizeof number, "%ld", (long)getpid());
  return module->call->answer(call, text(number));
}

static dh_status ask(dh_module* module, dh_call* call) {
  dh_str answer;
  dh_str greeting;
  dh_bytes state;
  struct json json = {{0}, 0};
  dh_status status;
  state.data = "asked";
  state.size = 5;
  status = module->ask->state_set(call, state);
  if (status < 0) return status;
  status = module->ask->input(call, text("name"),
                              text("{\"message\":\"What is your name?\",\"schema\":{\"type\":"
                                   "\"object\",\"properties\":{\"name\":{\"type\":\"string\"}}}}"),
                              &answer);
  if (status < 0) return status;
  status = module->ask->state_get(call, &state);
  if (status < 0) return status;
  status = module->config->get(module->host, text("greeting"), &greeting);
  if (status < 0) return status;
  add(&json, text("{\"greeting\":"));
  add(&json, greeting);
  add(&json, text(",\"answer\":"));
  add(&json, answer);
  add(&json, text(state.size == 5 ? ",\"kept\":true}" : ",\"kept\":false}"));
  return module->call->answer(call, whole(&json));
}

static dh_status fail(dh_module* module, dh_call* call) {
  dh_error error;
  memset(&error, 0, sizeof error);
  error.size = sizeof error;
  error.status_code = 429;
  error.retry_after_ms = 1500;
  error.type = text("ApiError");
  error.message = text("too fast");
  error.hint = text("Wait.");
  error.parameter = text("count");
  error.request = text("GET /frozen");
  error.details = text("{\"left\":0}");
  return module->call->fail(call, &error);
}

static dh_status digest(dh_module* module, dh_call* call) {
  dh_handle handle;
  dh_str result;
  dh_bytes bytes;
  struct json json = {{0}, 0};
  dh_status status = module->digest->open(call, text("sha256"), &handle);
  if (status < 0) return status;
  bytes.data = "abc";
  bytes.size = 3;
  status = module->digest->update(call, handle, bytes);
  if (status < 0) return status;
  status = module->digest->finish(call, handle, &result);
  if (status < 0) return status;
  add(&json, text("\""));
  add(&json, result);
  add(&json, text("\""));
  status = module->digest->close(call, handle);
  return status < 0 ? status : module->call->answer(call, whole(&json));
}

static dh_status facts(dh_module* module, dh_call* call) {
  dh_str part;
  dh_str other;
  struct json json = {{0}, 0};
  dh_status status = module->call->caller(call, &part);
  add(&json, text("{\"caller\":"));
  if (status >= 0) add(&json, part);
  if (status >= 0) status = module->call->options(call, &part);
  add(&json, text(",\"options\":"));
  if (status >= 0) add(&json, part);
  if (status >= 0) status = module->identity->get(call, &part);
  add(&json, text(",\"identity\":"));
  if (status >= 0) add(&json, part);
  if (status >= 0) status = module->limits->get(call, &part);
  add(&json, text(",\"limits\":"));
  if (status >= 0) add(&json, part);
  if (status >= 0) status = module->config->get(module->host, text("kernel.registry.host"), &part);
  add(&json, text(",\"registry\":"));
  if (status >= 0) add(&json, part);
  if (status >= 0) status = module->call->trace(call, &part, &other);
  add(&json, text(",\"deadline\":"));
  add(&json, text(module->call->remaining_ms(call) < 0 ? "false" : "true"));
  add(&json, text(",\"dry_run\":"));
  add(&json, text(module->call->dry_run(call) ? "true}" : "false}"));
  return status < 0 ? status : module->call->answer(call, whole(&json));
}

static dh_status nested(dh_module* module, dh_call* call) {
  dh_str envelope;
  dh_status status = module->catalog->offered(call, text("frozen_work"), text("digest"));
  if (status < 0) return status;
  status = module->catalog->offered(call, text("frozen_work"), text("nothing"));
  if (status != DH_E_NOT_FOUND) return DH_E_FAILED;
  status = module->catalog->call(call, text("frozen_work"), text("digest"), text("{}"), text(""),
                                 &envelope);
  return status < 0 ? status : module->call->answer(call, envelope);
}

static dh_status content(dh_module* module, dh_call* call) {
  dh_content part;
  dh_status status;
  memset(&part, 0, sizeof part);
  part.size = sizeof part;
  part.kind = DH_CONTENT_TEXT;
  part.text = text("a text");
  status = module->call->content(call, &part);
  if (status < 0) return status;
  part.kind = DH_CONTENT_IMAGE;
  part.text = text("");
  part.data.data = "\0\1\2";
  part.data.size = 3;
  part.media_type = text("image/png");
  status = module->call->content(call, &part);
  if (status >= 0) status = module->call->annotate(call, text("source"), text("\"frozen\""));
  if (status >= 0) status = module->call->warn(call, text("mind the gap"));
  if (status >= 0)
    status = module->call->outcome(call, DH_OUTCOME_PARTIAL, text("half of it was done"));
  return status < 0 ? status : module->call->answer(call, text("null"));
}

static dh_status hide(dh_module* module, dh_call* call) {
  dh_status status = module->emit->offer(module->host, DH_KIND_ACTION, text("frozen_work.spin"), 0);
  if (status >= 0) status = module->emit->changed(module->host, DH_KIND_PROMPT, text(""));
  if (status < 0) return status;
  module->log->tell(call, DH_LOG_NOTICE, text("spin is hidden"));
  return module->call->answer(call, text("null"));
}

struct row {
  const char* name;
  dh_status (*run)(dh_module* module, dh_call* call);
};

static const struct row rows[] = {
    {"list", list},     {"wait", wait},       {"spin", spin},     {"process", process},
    {"ask", ask},       {"fail", fail},       {"digest", digest}, {"facts", facts},
    {"nested", nested}, {"content", content}, {"hide", hide},
};

static dh_status invoke(dh_module* module, dh_call* call, dh_str tool, dh_str action) {
  size_t at;
  (void)tool;
  for (at = 0; at < sizeof rows / sizeof rows[0]; ++at) {
    if (is(action, rows[at].name)) return rows[at].run(module, call);
  }
  return DH_E_NOT_FOUND;
}

static dh_status read_resource(dh_module* module, dh_call* call, dh_str uri) {
  dh_content part;
  memset(&part, 0, sizeof part);
  part.size = sizeof part;
  part.kind = DH_CONTENT_RESOURCE;
  part.uri = uri;
  part.media_type = text("text/plain");
  part.text = text("frozen text");
  return module->call->content(call, &part);
}

static dh_status get_prompt(dh_module* module, dh_call* call, dh_str name, dh_str arguments) {
  struct json json = {{0}, 0};
  (void)name;
  add(&json,
      text("{\"description\":\"frozen\",\"messages\":[{\"role\":\"user\",\"content\":{\"type\":"
           "\"text\",\"text\":"));
  add(&json, text(arguments.size > 2 ? "\"with arguments\"" : "\"without\""));
  add(&json, text("}}]}"));
  return module->call->answer(call, whole(&json));
}

static dh_status complete(dh_module* module, dh_call* call, dh_str request) {
  (void)request;
  return module->call->answer(call, text("{\"values\":[\"Ada\",\"Alan\"]}"));
}

static const void* extension(dh_module* module, dh_str id) {
  static const dh_tools_1 tools = {sizeof(dh_tools_1), 0, invoke};
  static const dh_resources_1 resources = {sizeof(dh_resources_1), 0, read_resource, NULL};
  static const dh_prompts_1 prompts = {sizeof(dh_prompts_1), 0, get_prompt};
  static const dh_complete_1 completions = {sizeof(dh_complete_1), 0, complete};
  (void)module;
  if (is(id, DH_TOOLS_1)) return &tools;
  if (is(id, DH_RESOURCES_1)) return &resources;
  if (is(id, DH_PROMPTS_1)) return &prompts;
  return is(id, DH_COMPLETE_1) ? &completions : NULL;
}

extern DH_EXPORT const dh_entry dockerhub_module_entry;
const dh_entry dockerhub_module_entry = {DH_MAGIC, sizeof(dh_entry), DH_ABI_MAJOR, DH_ABI_MINOR,
                                         create,   destroy,          extension};
