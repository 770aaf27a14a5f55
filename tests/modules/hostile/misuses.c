/* Uses the host's functions in ways that abi.h excludes, an action each, and says that it is well. */
#include "harmless.h"

#define ACTION(name) \
  "{\"name\":\"" name "\",\"summary\":\"Breaks a rule\",\"effect\":{\"is\":\"read\"}}"
#define OF_CALL                                                                                    \
  ACTION("unknown_content")                                                                        \
  "," ACTION("odd_content") "," ACTION("odd_annotation") "," ACTION("unknown_outcome") "," ACTION( \
      "no_question")
#define OF_DIGEST ACTION("unknown_digest") "," ACTION("no_digest")
#define OF_KEPT ACTION("no_record") "," ACTION("no_time")
#define OF_STORE ACTION("no_store") "," ACTION("no_parameter")
#define OF_HTTP ACTION("waits_for_nothing") "," ACTION("no_exchange")

DH_MANIFEST(MANIFEST_WITH(
    "misuses", "1.0", ",\"host\":{\"required\":[\"digest/1\",\"http/1\",\"kept/1\",\"store/1\"]}",
    "misuses", OF_CALL "," OF_DIGEST "," OF_KEPT "," OF_STORE "," OF_HTTP));

/* One that no function of the host gives out. */
static const dh_handle no_handle = 12345;

static dh_status put_content(dh_module* module, dh_call* call, int32_t kind,
                             const char* annotations) {
  dh_content part;
  memset(&part, 0, sizeof part);
  part.size = sizeof part;
  part.kind = kind;
  part.text = text_of("text");
  part.annotations = text_of(annotations);
  return call_functions(module)->content(call, &part);
}

static dh_status unknown_content(dh_module* module, dh_call* call) {
  return put_content(module, call, 99, "");
}

static dh_status odd_content(dh_module* module, dh_call* call) {
  return put_content(module, call, DH_CONTENT_TEXT, "[]");
}

static dh_status odd_annotation(dh_module* module, dh_call* call) {
  return call_functions(module)->annotate(call, text_of("headers"), text_of("[]"));
}

static dh_status unknown_outcome(dh_module* module, dh_call* call) {
  return call_functions(module)->outcome(call, 99, text_of(""));
}

static dh_status no_question(dh_module* module, dh_call* call) {
  (void)module;
  (void)call;
  return DH_SUSPENDED;
}

static dh_status unknown_digest(dh_module* module, dh_call* call) {
  const dh_digest_1* digest = (const dh_digest_1*)host_functions(module, DH_DIGEST_1);
  dh_handle handle = 0;
  return digest->open(call, text_of("md5"), &handle);
}

static dh_status no_digest(dh_module* module, dh_call* call) {
  const dh_digest_1* digest = (const dh_digest_1*)host_functions(module, DH_DIGEST_1);
  return digest->close(call, no_handle);
}

static dh_status no_record(dh_module* module, dh_call* call) {
  const dh_kept_1* kept = (const dh_kept_1*)host_functions(module, DH_KEPT_1);
  return kept->open(call, text_of("name"), NULL);
}

static dh_status no_time(dh_module* module, dh_call* call) {
  const dh_kept_1* kept = (const dh_kept_1*)host_functions(module, DH_KEPT_1);
  const dh_bytes value = {(const uint8_t*)"x", 1};
  dh_handle record = 0;
  const dh_status opened = kept->open(call, text_of("name"), &record);
  return opened == DH_OK ? kept->write(call, record, value, 0) : opened;
}

static dh_status no_store(dh_module* module, dh_call* call) {
  const dh_store_1* store = (const dh_store_1*)host_functions(module, DH_STORE_1);
  dh_str names = {NULL, 0};
  return store->list(call, no_handle, text_of(""), text_of(""), &names);
}

static dh_status no_parameter(dh_module* module, dh_call* call) {
  const dh_store_1* store = (const dh_store_1*)host_functions(module, DH_STORE_1);
  dh_handle handle = 0;
  return store->open(call, text_of("to"), 0, &handle);
}

static dh_status waits_for_nothing(dh_module* module, dh_call* call) {
  const dh_http_1* http = (const dh_http_1*)host_functions(module, DH_HTTP_1);
  dh_handle ready = 0;
  return http->wait(call, NULL, 0, 1, &ready);
}

static dh_status no_exchange(dh_module* module, dh_call* call) {
  const dh_http_1* http = (const dh_http_1*)host_functions(module, DH_HTTP_1);
  return http->write(call, no_handle, (dh_bytes){(const uint8_t*)"x", 1}, NULL);
}

static dh_status invoke(dh_module* module, dh_call* call, dh_str tool, dh_str action) {
  static const struct {
    const char* name;
    dh_status (*run)(dh_module* module, dh_call* call);
  } misuses[] = {{"unknown_content", unknown_content},
                 {"odd_content", odd_content},
                 {"odd_annotation", odd_annotation},
                 {"unknown_outcome", unknown_outcome},
                 {"no_question", no_question},
                 {"unknown_digest", unknown_digest},
                 {"no_digest", no_digest},
                 {"no_record", no_record},
                 {"no_time", no_time},
                 {"no_store", no_store},
                 {"no_parameter", no_parameter},
                 {"waits_for_nothing", waits_for_nothing},
                 {"no_exchange", no_exchange}};
  (void)tool;
  for (size_t i = 0; i < sizeof misuses / sizeof *misuses; ++i) {
    if (strlen(misuses[i].name) == action.size &&
        memcmp(misuses[i].name, action.data, action.size) == 0) {
      return misuses[i].run(module, call);
    }
  }
  return DH_E_NOT_FOUND;
}

ENTRY_OF_ACTION(invoke)
