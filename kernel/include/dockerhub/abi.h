/*
 * The contract between the kernel and a module: plain C99, no other header than <stddef.h> and
 * <stdint.h>, no C++ type, no allocation that one side makes and the other frees.
 *
 * Form. A module is a shared library with two things in it:
 *   - its manifest, UTF-8 JSON in the ELF section DH_MANIFEST_SECTION (schema: manifest-1.schema.json);
 *     the kernel reads it from the file, without loading the library;
 *   - one exported data symbol, DH_ENTRY_SYMBOL, of type dh_entry.
 * Everything else is an extension: a struct of function pointers found by name ("call/1"). An
 * extension never changes its meaning; a new one ("call/2") stands beside it.
 *
 * Rules that hold for every function here unless it says otherwise.
 *   Threads    [any]   any thread, also several at once.
 *              [call]  only inside the module function that received the dh_call, on its thread.
 *   Lifetime   A dh_str or dh_bytes passed IN is valid until the function returns: copy what is kept.
 *              A dh_str or dh_bytes given OUT by the host is valid until the call ends; where the
 *              function says "until its next use", only until it is called again with the same call
 *              and handle, or the handle is closed.
 *              A dh_call and every handle opened with it end when the module function returns.
 *   Ownership  Nothing received is freed. Handles are closed by their close function, or by the
 *              kernel at the end of the call.
 *   Text       UTF-8, not terminated; {NULL, 0} is the empty text. "JSON" means one UTF-8 JSON value.
 *   Errors     Every host function that fails and has a call has already put its error (type, message,
 *              what to do next) on it: returning the status passes it on unchanged. These say all by
 *              themselves and put none: DH_E_CANCELLED and DH_E_TIMEOUT where the call itself has to
 *              end, DH_SUSPENDED, DH_E_RECEIVER, DH_E_DRY_RUN; DH_E_NOT_FOUND of catalog/1.offered;
 *              DH_E_INVALID of http/1.close, and of any [call] function on another thread or without
 *              a call; all of kept/1 but its DH_E_INVALID. Returned in their turn, they are told in
 *              the kernel's own words.
 *   Time       Milliseconds, as a duration. There is no clock in this interface.
 *   Messages   No function calls back into the frame that called it, and none relies on shared
 *              memory, so that each can be sent as a message to another process.
 *   Exceptions None passes in either direction.
 *   Growth     A struct with a `size` may get fields at its end. Its maker sets `size` to sizeof;
 *              its reader uses a field only when `size` covers it. dh_str, dh_bytes never grow.
 */
#ifndef DOCKERHUB_ABI_H
#define DOCKERHUB_ABI_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* A kernel takes every module of its major version whose minor version is not above its own. */
#define DH_ABI_MAJOR 1
#define DH_ABI_MINOR 0

#define DH_MAGIC UINT64_C(0x454c55444f4d4844) /* the bytes "DHMODULE" in little-endian order */

#define DH_EXPORT __attribute__((visibility("default")))
#define DH_MANIFEST_SECTION ".dockerhub.manifest"
#define DH_ENTRY_SYMBOL "dockerhub_module_entry"

/* Largest manifest that a kernel reads, in bytes. */
#define DH_MANIFEST_MAX (1024 * 1024)
/* Largest state of dh_ask_1.state_set, in bytes. */
#define DH_STATE_MAX 4096
/* Largest value of dh_kept_1.write, in bytes; and how long it is kept at most, in seconds. */
#define DH_KEPT_MAX (16 * 1024)
#define DH_KEPT_SECONDS_MAX (7 * 24 * 60 * 60)

/* A module in C states its manifest with this, once: DH_MANIFEST("{...}"); Visible, so that no linker
 * drops it. (Compilers that hold to C99's 4,095 characters want -Wno-overlength-strings for more.) */
#define DH_MANIFEST(json)                         \
  extern DH_EXPORT const char dh_manifest_text[]; \
  __attribute__((section(DH_MANIFEST_SECTION), used)) const char dh_manifest_text[] = json

typedef struct dh_str {
  const char* data;
  size_t size; /* bytes */
} dh_str;

typedef struct dh_bytes {
  const void* data;
  size_t size; /* bytes */
} dh_bytes;

/* ------------------------------------------------------------------------------------------------
 * Status. 0 is success; 1..999 are other ways of going on; -1..-999 mean: stop, for the reason named
 * here; -1000 and below are a module's own failures, told to the user as its "ModuleError" with the
 * number. Values not named here are reserved. So `if (status < 0) return status;` is always right.
 */
typedef int32_t dh_status;

#define DH_OK 0
#define DH_END 1    /* a stream has ended */
#define DH_REWIND 2 /* http/1: write the body again from its start */

#define DH_E_FAILED (-1)      /* failed; the error on the call says how */
#define DH_E_INVALID (-2)     /* the module's mistake: bad argument, wrong order, not JSON */
#define DH_E_UNSUPPORTED (-3) /* not offered by this kernel, frontend, caller or server */
#define DH_E_NOT_FOUND (-4)   /* no such thing */
#define DH_E_REFUSED (-5)     /* the gate, a person, the policy or the row's effect forbids it */
#define DH_E_CANCELLED (-6)   /* the caller, or an unload, ended the call: return soon */
#define DH_E_TIMEOUT (-7)     /* a deadline has passed */
#define DH_E_LIMIT (-8)       /* too many, too large or too deep */
#define DH_E_RECEIVER (-9)    /* whoever takes the items wants no more */
#define DH_E_NETWORK (-10)    /* no connection, or it broke */
#define DH_E_DRY_RUN (-11) /* dry run: this write was recorded, not sent; the handler ends here */
#define DH_E_AUTH (-12)    /* log-in needed or refused */
#define DH_E_EXISTS (-13)  /* it is there already */
/* Not a failure, but the handler has to stop as for one: a question waits for its answer. Return it;
 * the handler is run again from its start with the answers (ask/1). */
#define DH_SUSPENDED (-14)

/* Effects of an action, in rising order. */
#define DH_EFFECT_READ 0
#define DH_EFFECT_WRITE 1
#define DH_EFFECT_DESTRUCTIVE 2

/* Opaque on the module's side. dh_module is the module's own instance type. */
typedef struct dh_host dh_host;
typedef struct dh_call dh_call;
typedef struct dh_module dh_module;

/* A handle is a number that is never reused within its call; 0 is never a handle. */
typedef uint64_t dh_handle;

/* ------------------------------------------------------------------------------------------------
 * Host: what the kernel gives to create(). One per module instance and kernel.
 */
struct dh_host {
  uint32_t size;
  uint16_t abi_major; /* of the kernel */
  uint16_t abi_minor;
  void* kernel; /* the kernel's own; a module leaves it alone */
  /* [any] The extension of that id ("call/1"), or NULL when this kernel has none. The pointer is
     * valid as long as the host. Ids listed as required in the manifest are never NULL. */
  const void* (*extension)(const dh_host* host, dh_str id);
};

/* ------------------------------------------------------------------------------------------------
 * Entry: the exported symbol.
 *     DH_EXPORT const dh_entry dockerhub_module_entry = { DH_MAGIC, sizeof(dh_entry), ... };
 */
typedef struct dh_entry {
  uint64_t magic; /* DH_MAGIC */
  uint32_t size;
  uint16_t abi_major; /* DH_ABI_MAJOR and DH_ABI_MINOR it was built with */
  uint16_t abi_minor;
  /* [any, once per instance] Makes one instance. The host stays valid until destroy() returns.
     * Two kernels may hold one instance each of the same loaded file: keep nothing global. On failure
     * *module stays NULL and the status says why (log/1 may say more); nothing is called after it. */
  dh_status (*create)(const dh_host* host, dh_module** module);
  /* [any] Ends an instance, once, when no function of it runs any more. Never fails. */
  void (*destroy)(dh_module* module);
  /* [any] The module's extension of that id ("tools/1"), or NULL. Valid until destroy() begins. */
  const void* (*extension)(dh_module* module, dh_str id);
} dh_entry;

/* ================================================================================================
 * Module extensions: what the kernel calls. All functions may run on several threads at once for
 * one instance; each answers through the host's call/1, with its dh_call.
 * ============================================================================================= */

#define DH_TOOLS_1 "tools/1"
typedef struct dh_tools_1 {
  uint32_t size;
  uint32_t reserved; /* 0 */
  /* [any] Runs one action of the manifest. Parameters are read with call/1 and were checked against
     * the manifest. Returns DH_OK after answering, DH_SUSPENDED as ask/1 says, or a failure. */
  dh_status (*invoke)(dh_module* module, dh_call* call, dh_str tool, dh_str action);
} dh_tools_1;

#define DH_RESOURCES_1 "resources/1"
typedef struct dh_resources_1 {
  uint32_t size;
  uint32_t reserved; /* 0 */
  /* [any] Reads a resource of the manifest, or one that fits a template there: answers at least one
     * content part of kind DH_CONTENT_RESOURCE. DH_E_NOT_FOUND when there is none of that URI. */
  dh_status (*read)(dh_module* module, dh_call* call, dh_str uri);
  /* [any] A listener wants (on = 1) or no longer wants (0) to hear of changes of this resource,
     * which the module tells with emit/1. May be NULL: the module never tells of changes. Nobody can
     * be asked in this call. */
  dh_status (*watch)(dh_module* module, dh_call* call, dh_str uri, int32_t on);
} dh_resources_1;

#define DH_PROMPTS_1 "prompts/1"
typedef struct dh_prompts_1 {
  uint32_t size;
  uint32_t reserved; /* 0 */
  /* [any] Makes a prompt of the manifest. arguments: JSON object of texts, required ones present.
     * Answers {"description"?, "messages": [{"role", "content"}]} (MCP 2025-11-25, GetPromptResult). */
  dh_status (*get)(dh_module* module, dh_call* call, dh_str name, dh_str arguments);
} dh_prompts_1;

#define DH_COMPLETE_1 "complete/1"
typedef struct dh_complete_1 {
  uint32_t size;
  uint32_t reserved; /* 0 */
  /* [any] Offers values for something half typed. request: JSON
     *   {"of": "action"|"prompt"|"resource", "name": "tool.action" | prompt | URI template,
     *    "argument": NAME, "value": what is typed so far, "arguments": {those known already}}.
     * Answers {"values": [text, at most 100], "total"?: n, "has_more"?: bool}. Nobody can be asked. */
  dh_status (*complete)(dh_module* module, dh_call* call, dh_str request);
} dh_complete_1;

#define DH_HEALTH_1 "health/1"
typedef struct dh_health_1 {
  uint32_t size;
  uint32_t reserved; /* 0 */
  /* [any] Says whether the module can work. Answers {"ok": bool, "findings": [{"what", "hint"}]}. */
  dh_status (*check)(dh_module* module, dh_call* call);
} dh_health_1;

/* ================================================================================================
 * Host extensions: what a module calls.
 * ============================================================================================= */

/* ---- call/1: parameters in, answers out. Every kernel has it. ---------------------------------- */

#define DH_CONTENT_TEXT 1     /* text */
#define DH_CONTENT_IMAGE 2    /* data, media_type */
#define DH_CONTENT_AUDIO 3    /* data, media_type */
#define DH_CONTENT_RESOURCE 4 /* uri, media_type, and text or data */
#define DH_CONTENT_LINK 5     /* uri, name, media_type */

typedef struct dh_content {
  uint32_t size;
  int32_t kind;
  dh_str text;
  dh_bytes data;
  dh_str media_type;
  dh_str uri;
  dh_str name;
  dh_str annotations; /* JSON object {"audience"?, "priority"?, "lastModified"?}, or empty */
} dh_content;

#define DH_OUTCOME_OK 0
#define DH_OUTCOME_PARTIAL 1 /* done for some, not for all: the answer says which */
#define DH_OUTCOME_CONDITION_MET \
  2 /* what the caller asked to be told of is so (findings, expiries) */

/* The type "ModuleError" says that the module itself broke down: what a protocol has for a fault of the
 * server, it is told as. All others are results of the action that failed. */
typedef struct dh_error {
  uint32_t size;
  int32_t status_code;    /* of the upstream's answer, 100..599; 0 = none */
  int64_t retry_after_ms; /* 0 = unknown */
  dh_str type;            /* "ParameterError"... (docs/errors.md); empty: from status_code */
  dh_str message;         /* what happened, with the server's own words */
  dh_str hint;            /* what to do next */
  dh_str parameter;       /* the parameter that was wrong, or empty */
  dh_str request;         /* "METHOD path", or empty */
  dh_str details;         /* JSON object, or empty */
} dh_error;

#define DH_CALL_1 "call/1"
typedef struct dh_call_1 {
  uint32_t size;
  uint32_t reserved; /* 0 */
  /* [call] The parameters: a JSON object with canonical names, defaults filled in, checked against
     * the manifest; those of type `secret` are there, those of type `store` hold a name for store/1. */
  dh_status (*params)(dh_call* call, dh_str* json);
  /* [call] The answer's data: any JSON value, once. DH_E_INVALID when it is not JSON or the second.
     * It leaves through the kernel's redaction. */
  dh_status (*answer)(dh_call* call, dh_str json);
  /* [call] One item of a long answer, instead of or before answer(). Returns when the receiver took
     * it, so a module never runs ahead of its reader: memory stays constant. DH_E_RECEIVER: stop,
     * nothing is wrong. */
  dh_status (*item)(dh_call* call, dh_str json);
  /* [call] One content part; parts keep their order. Bytes are copied. */
  dh_status (*content)(dh_call* call, const dh_content* part);
  /* [call] Something beside `data` in the envelope. Known keys: "status_code" (integer 100..599; 200
     * without it), "exists" (boolean), "headers" (object), "source" (text), "next" (object: the
     * parameters that get what this answer left out). Any other key ([a-z][a-z0-9_]{0,63}) is the
     * module's own and stands under "extra". */
  dh_status (*annotate)(dh_call* call, dh_str key, dh_str json);
  /* [call] A warning for the reader of the answer, beside the data. */
  dh_status (*warn)(dh_call* call, dh_str text);
  /* [call] How the work ended: DH_OUTCOME_*; the text says it in a sentence. Last one counts. */
  dh_status (*outcome)(dh_call* call, int32_t outcome, dh_str text);
  /* [call] The error of this call; the handler then returns a failure. Returns DH_E_FAILED, so that
     * `return api->fail(call, &error);` reads well. Replaces an error put there before; a handler that
     * returns DH_OK has got over it. */
  dh_status (*fail)(dh_call* call, const dh_error* error);
  /* [call] Progress on one track. id names it ("" is the whole), done and total count unit ("byte",
     * "item"...); total 0 = unknown; message may be empty. done never falls within a track. */
  dh_status (*progress)(dh_call* call, dh_str id, uint64_t done, uint64_t total, dh_str unit,
                        dh_str message);
  /* [call] 1 in a dry run: do the reads, answer what would be done, change nothing. Only a handler
     * whose row says "dry_run": "handler", or whose effect is read, is run in a dry run; for others the
     * kernel answers by itself. Writes through http/1 and store/1 are held back (DH_E_DRY_RUN). */
  int32_t (*dry_run)(dh_call* call);
  /* [any, while the call runs] 1 when the work should end: return DH_E_CANCELLED soon. */
  int32_t (*cancelled)(dh_call* call);
  /* [any, while the call runs] Milliseconds until the deadline; 0 = passed; -1 = there is none. */
  int64_t (*remaining_ms)(dh_call* call);
  /* [call] Waits. DH_OK when the time is over, DH_E_CANCELLED or DH_E_TIMEOUT before. */
  dh_status (*pause)(dh_call* call, uint32_t milliseconds);
  /* [call] W3C trace context of this call, empty texts without one. */
  dh_status (*trace)(dh_call* call, dh_str* traceparent, dh_str* tracestate);
  /* [call] What the caller can do, as JSON: {"elicitation": bool, "elicitation_url": bool,
     * "sampling": bool, "roots": bool, "items": bool, "progress": bool, "stores": bool,
     * "log_level": text or null}; until its next use. */
  dh_status (*caller)(dh_call* call, dh_str* json);
  /* [call] Kernel options that a list honours, as JSON: {"all_pages": bool, "max_items": integer or
     * null}; until its next use. all_pages: follow the server's pages to the end, or to max_items.
     * item() itself ends the list after max_items with DH_E_RECEIVER. */
  dh_status (*options)(dh_call* call, dh_str* json);
} dh_call_1;

/* ---- http/1: requests to the surfaces and destinations that the manifest names ------------------ */

#define DH_CREDENTIAL_SURFACE 0 /* the account's, as the surface wants it */
#define DH_CREDENTIAL_NONE 1    /* anonymous */
#define DH_CREDENTIAL_IN_BODY 2 /* the body is a log-in: no header, no renewal on 401 */

typedef struct dh_request {
  uint32_t size;
  int32_t credential; /* DH_CREDENTIAL_* */
  dh_str surface;     /* "hub", "scim", "registry", "scout", or a destination of the manifest */
  dh_str host;        /* surface "registry": host[:port]; empty = the configured one */
  dh_str method;      /* upper case */
  dh_str path; /* template: "/v2/namespaces/{namespace}"; each value becomes one segment. Surface
                         "registry": a {repository} is checked as a repository name and keeps its "/" */
  dh_str path_params; /* JSON object: values of the template */
  dh_str query;       /* JSON object: scalars, or arrays for repeated keys */
  dh_str headers;     /* JSON object; never Authorization, Cookie, Host, Proxy-*, framing headers */
  dh_str media_type;  /* of the body; empty without one */
  dh_bytes body;      /* a small body, sent at once and again where needed */
  int64_t body_size;  /* streamed body: its bytes; -1 = unknown; 0 = `body` is all there is */
  int64_t timeout_ms; /* for the whole exchange; 0 = the configured one */
  dh_str scope; /* surface "registry": the token scope; empty = derived from method and path */
} dh_request;

typedef struct dh_response {
  uint32_t size;
  int32_t status_code;    /* 100..599 */
  int64_t content_length; /* -1 = unknown */
  dh_str headers;         /* JSON object, names in lower case, a repeated header as an array */
} dh_response;

#define DH_HTTP_1 "http/1"
typedef struct dh_http_1 {
  uint32_t size;
  uint32_t reserved; /* 0 */
  /* [call] Begins an exchange. Several may be open at once (16 unless the operator says otherwise:
     * DH_E_LIMIT). DH_E_REFUSED: the action's effect does not allow this method. DH_E_DRY_RUN as above. */
  dh_status (*open)(dh_call* call, const dh_request* request, dh_handle* exchange);
  /* [call] The same to a URL that came as a PARAMETER: only the surface's own origin and the path
     * prefix in request->path; its query stays. */
  dh_status (*open_url)(dh_call* call, const dh_request* request, dh_str url, dh_handle* exchange);
  /* [call] A URL that the SERVER gave in the answer of `exchange` (Location, next link): resolved
     * against it; the credential of request->surface goes along only where both the server that gave
     * the URL and the one it names are that surface's own. */
  dh_status (*follow)(dh_call* call, dh_handle exchange, const dh_request* request, dh_str url,
                      dh_handle* next);
  /* [call] Body bytes; *taken may be less than given. DH_REWIND: the server wants the request again. */
  dh_status (*write)(dh_call* call, dh_handle exchange, dh_bytes bytes, size_t* taken);
  /* [call] Ends the body and waits for status and headers, whose text holds until the exchange is
     * closed. Any status is DH_OK here. */
  dh_status (*finish)(dh_call* call, dh_handle exchange, dh_response* response);
  /* [call] Answer bytes into the module's buffer; DH_END after the last. A broken, short or malformed
     * answer is a failure, never DH_END. */
  dh_status (*read)(dh_call* call, dh_handle exchange, void* buffer, size_t capacity, size_t* got);
  /* [call] Ends the exchange; what was not read is dropped. DH_E_INVALID: it is not open. */
  dh_status (*close)(dh_call* call, dh_handle exchange);
  /* [call] Waits until one of `count` exchanges can go on without blocking and names it. When the
     * time is over before: DH_E_TIMEOUT, with an error of its own; the exchanges stay as they are, so
     * a module may go on and wait again. 0 only looks. */
  dh_status (*wait)(dh_call* call, const dh_handle* exchanges, size_t count, uint32_t milliseconds,
                    dh_handle* ready);
  /* [call] Makes an answer that is no success the error of the call, in the words of its body
     * (docs/errors.md), and returns DH_E_FAILED; hint may be empty. The body is read and dropped.
     * Of an exchange for which finish() failed: that failure again, status and error, with the hint
     * behind its own. */
  dh_status (*reject)(dh_call* call, dh_handle exchange, dh_str hint);
} dh_http_1;

/* ---- ask/1: consent and input ------------------------------------------------------------------
 * Where the caller can be asked while the call runs, these functions wait for the answer. Where it
 * cannot (a protocol without server requests), they return DH_SUSPENDED: the handler may put further
 * questions and then returns DH_SUSPENDED itself; it is run again from its start with all answers,
 * which then are returned at once. So until its last question a handler must only have read: after an
 * item, a write or another action that writes, asking fails with DH_E_INVALID, in both cases alike.
 * Going on as if nothing had happened after DH_SUSPENDED is a mistake that ends the call.
 */
#define DH_ASK_1 "ask/1"
typedef struct dh_ask_1 {
  uint32_t size;
  uint32_t reserved; /* 0 */
  /* [call] Raises the effect of the running call to DH_EFFECT_WRITE or _DESTRUCTIVE and asks for
     * consent to exactly this text. target: the name of what dies or changes, which a person may be
     * asked to type; empty when nothing has a name. Quote names, no prose from outside.
     * DH_EFFECT_DESTRUCTIVE needs the operator's open gate too; DH_EFFECT_WRITE does not. An action
     * whose row says read cannot raise its effect: DH_E_INVALID. A consent is good for this text,
     * target and effect in this call, once: asked again it is asked again, and after a refusal it is
     * refused without asking. One thing is not asked twice: a handler's own consent to a write to a
     * named target is good, once, for the same target in an action of its tool that it then runs.
     * DH_OK: go on. DH_E_REFUSED: do not. In a dry run: DH_OK, nothing is asked. */
  dh_status (*approve)(dh_call* call, int32_t effect, dh_str text, dh_str target);
  /* [call] Input from the user. key ([A-Za-z0-9_.-]{1,64}) names the question within the action; the
     * same key gives the same answer. request: JSON
     *   {"message": text, "schema": flat JSON Schema object} or {"message": text, "url": URL}.
     * answer: {"action": "accept"|"decline"|"cancel", "content"?: object}. Never ask for secrets in a
     * schema. DH_E_UNSUPPORTED when the caller cannot be asked. */
  dh_status (*input)(dh_call* call, dh_str key, dh_str request, dh_str* answer);
  /* [call] A completion by the caller's model. request and answer: params and result of MCP
     * sampling/createMessage (2025-11-25). */
  dh_status (*sample)(dh_call* call, dh_str key, dh_str request, dh_str* answer);
  /* [call] The caller's roots. answer: the result of MCP roots/list (2025-11-25). */
  dh_status (*roots)(dh_call* call, dh_str key, dh_str* answer);
  /* [call] Bytes kept over a suspension, at most DH_STATE_MAX; sealed by the kernel, so a client
     * can neither read nor change them. Empty on the first run. */
  dh_status (*state_get)(dh_call* call, dh_bytes* state); /* until its next use */
  /* [call] Replaces them; the bytes are copied before it returns. */
  dh_status (*state_set)(dh_call* call, dh_bytes state);
} dh_ask_1;

/* ---- store/1: content that the frontend binds to a parameter of type `store` ---------------------
 * A store is a flat set of named entries. Names are the frontend's ("blobs/sha256/..."), never paths.
 * Each function fails with DH_E_INVALID where a handle is not open or of the other kind, and with
 * DH_E_FAILED where the frontend cannot do it (no room, no permission, not a name); the error says why.
 */
#define DH_STORE_1 "store/1"
typedef struct dh_store_1 {
  uint32_t size;
  uint32_t reserved; /* 0 */
  /* [call] Opens the store bound to this parameter; writable = 1 to create and remove entries.
     * DH_E_INVALID: no parameter of type store has that name. DH_E_UNSUPPORTED: this caller cannot bind
     * any. DH_E_NOT_FOUND: there is none where it was said to be. DH_E_LIMIT: too many handles. */
  dh_status (*open)(dh_call* call, dh_str parameter, int32_t writable, dh_handle* store);
  /* [call] Names with this prefix after `after`, in byte order: JSON array of at most 1,000 texts,
     * until its next use. */
  dh_status (*list)(dh_call* call, dh_handle store, dh_str prefix, dh_str after, dh_str* names);
  /* [call] Opens an entry for reading and tells its bytes. DH_E_NOT_FOUND: no entry has that name.
     * DH_E_LIMIT: too many handles. */
  dh_status (*open_entry)(dh_call* call, dh_handle store, dh_str name, dh_handle* entry,
                          uint64_t* size);
  /* [call] Bytes at an offset; DH_END at or after the end. */
  dh_status (*read_at)(dh_call* call, dh_handle entry, uint64_t offset, void* buffer,
                       size_t capacity, size_t* got);
  /* [call] A new entry, invisible under its name until commit(). DH_E_INVALID: the store was opened for
     * reading, or the action's effect is read. DH_E_DRY_RUN: nothing was made. DH_SUSPENDED: a question
     * waits. DH_E_LIMIT: too many handles. */
  dh_status (*create)(dh_call* call, dh_handle store, dh_str name, dh_handle* entry);
  /* [call] Appends to a created entry; the bytes are copied before it returns, and searched: few large
     * pieces cost less than many small ones. DH_E_FAILED from the byte on with which a secret of the
     * process's own is complete: such an entry is never committed. */
  dh_status (*write)(dh_call* call, dh_handle entry, dh_bytes bytes);
  /* [call] Gives the entry its name, replacing one of that name, and closes the handle. Where that
     * fails, the name stays as it was. */
  dh_status (*commit)(dh_call* call, dh_handle entry);
  /* [call] Removes a named entry. DH_E_NOT_FOUND: there is none. Else as create(), but for DH_E_LIMIT. */
  dh_status (*remove)(dh_call* call, dh_handle store, dh_str name);
  /* [call] Closes a store or an entry; a created one without commit() leaves nothing. */
  dh_status (*close)(dh_call* call, dh_handle handle);
} dh_store_1;

/* ---- kept/1: small records that outlive the process -------------------------------------------------
 * What a module would like to know again when it is run anew, also after kill -9: where something stood.
 * A record is one value under a name of the module's own, in the user's cache folder, sealed, in files of
 * this user alone. Records of other modules and of another account of Docker Hub are other records.
 * Nothing may depend on one: it may be gone at any time, and where none can be kept a call goes on without.
 * So no failure here but DH_E_INVALID is an error of the call; what is wrong with the files is told to the
 * operator's log, once.
 */
#define DH_KEPT_1 "kept/1"
typedef struct dh_kept_1 {
  uint32_t size;
  uint32_t reserved; /* 0 */
  /* [call] Takes the record of that name (1 to 1,024 bytes), which need not be there yet. Until close(),
     * the end of the call or of the process nobody else has it, in this process or another one.
     * DH_E_EXISTS: somebody else has it now. DH_E_UNSUPPORTED: nothing can be kept here. DH_E_LIMIT: too
     * many handles. DH_E_DRY_RUN: a dry run keeps nothing. */
  dh_status (*open)(dh_call* call, dh_str name, dh_handle* record);
  /* [call] The value as it was written, until its next use. DH_E_NOT_FOUND: there is none, its time is
     over, or its file is damaged or was not this user's alone. */
  dh_status (*read)(dh_call* call, dh_handle record, dh_bytes* value);
  /* [call] Replaces the value at once or not at all, synced, and keeps it for that many seconds
     (1..DH_KEPT_SECONDS_MAX). DH_E_LIMIT: it has more than DH_KEPT_MAX bytes, or there are too many
     records. DH_E_UNSUPPORTED: it could not be written; a former value may still be there. */
  dh_status (*write)(dh_call* call, dh_handle record, dh_bytes value, uint32_t seconds);
  /* [call] Removes the value; without one there is nothing to do. The record stays taken.
     * DH_E_UNSUPPORTED: it could not be removed. */
  dh_status (*remove)(dh_call* call, dh_handle record);
  /* [call] Gives the record back; its value stays. */
  dh_status (*close)(dh_call* call, dh_handle record);
} dh_kept_1;

/* ---- identity/1: who is logged in, never with what ---------------------------------------------- */

#define DH_IDENTITY_1 "identity/1"
typedef struct dh_identity_1 {
  uint32_t size;
  uint32_t reserved; /* 0 */
  /* [call] JSON: {"authenticated": bool, "kind": "anonymous"|"password"|"pat"|"oat"|"jwt"|"oidc",
     * "name": text or null, "claims": object, "expires_at": RFC 3339 or null}; until its next use.
     * No network. */
  dh_status (*get)(dh_call* call, dh_str* json);
  /* [call] Logs in to Docker Hub where an account is configured and no valid token is at hand, so that
     * get() has claims and expiry. DH_OK without an account. DH_E_AUTH: the log-in was refused. */
  dh_status (*sign_in)(dh_call* call);
} dh_identity_1;

/* ---- limits/1: rate budgets --------------------------------------------------------------------- */

#define DH_LIMITS_1 "limits/1"
typedef struct dh_limits_1 {
  uint32_t size;
  uint32_t reserved; /* 0 */
  /* [call] JSON array, one budget per API and credential as last seen: {"api", "account", "limit",
     * "remaining", "reset", "window", "source"?, "observed_at", "retry_at"?}; null where unknown; until
     * its next use. "retry_at": when a server that refused with 429 wants to be asked again; left out
     * when that is over. No network. */
  dh_status (*get)(dh_call* call, dh_str* json);
} dh_limits_1;

/* ---- digest/1 ------------------------------------------------------------------------------------ */

#define DH_DIGEST_1 "digest/1"
typedef struct dh_digest_1 {
  uint32_t size;
  uint32_t reserved; /* 0 */
  /* [call] algorithm: "sha256" or "sha512"; others DH_E_UNSUPPORTED. */
  dh_status (*open)(dh_call* call, dh_str algorithm, dh_handle* digest);
  /* [call] Adds bytes, which are read before it returns. */
  dh_status (*update)(dh_call* call, dh_handle digest, dh_bytes bytes);
  /* [call] "sha256:" and lower-case hex, until the handle is closed. update() fails afterwards; close()
     * is still due. */
  dh_status (*finish)(dh_call* call, dh_handle digest, dh_str* text);
  /* [call] Ends the handle, finished or not. */
  dh_status (*close)(dh_call* call, dh_handle digest);
} dh_digest_1;

/* ---- catalog/1: other modules' actions ------------------------------------------------------------ */

#define DH_CATALOG_1 "catalog/1"
typedef struct dh_catalog_1 {
  uint32_t size;
  uint32_t reserved; /* 0 */
  /* [call] DH_OK when that action is offered to this caller now, else DH_E_NOT_FOUND. */
  dh_status (*offered)(dh_call* call, dh_str tool, dh_str action);
  /* [call] Runs another action through the whole pipeline with this caller's rights, deadline and
     * dry run, never more: its effect may not be above this call's (DH_E_REFUSED), and its stores are
     * those of this call's own parameters. options: JSON object of kernel options, or empty. *envelope
     * is the envelope, until its next use, also when it holds an error (then a failure is returned).
     * Its questions become this call's: DH_SUSPENDED is passed on. At most 8 deep. */
  dh_status (*call)(dh_call* call, dh_str tool, dh_str action, dh_str params, dh_str options,
                    dh_str* envelope);
} dh_catalog_1;

/* ---- config/1: the module's own settings, and facts ----------------------------------------------------------- */

#define DH_CONFIG_1 "config/1"
typedef struct dh_config_1 {
  uint32_t size;
  uint32_t reserved; /* 0 */
  /* [any] A setting that the manifest declares, as JSON; its default when nobody set it.
     * DH_E_NOT_FOUND: not declared. DH_E_REFUSED: a secret one; the kernel attaches it itself, to the
     * destination that names it. The text is valid as long as the host.
     * Facts of the kernel, for all modules: "kernel.registry.host" (text: host[:port] of the configured
     * registry), "kernel.registry.docker_hub" (boolean: it is Docker's or stands in for it). */
  dh_status (*get)(const dh_host* host, dh_str key, dh_str* json);
} dh_config_1;

/* ---- log/1 ------------------------------------------------------------------------------------------ */

/* Levels of RFC 5424, as MCP uses them. */
#define DH_LOG_DEBUG 0
#define DH_LOG_INFO 1
#define DH_LOG_NOTICE 2
#define DH_LOG_WARNING 3
#define DH_LOG_ERROR 4
#define DH_LOG_CRITICAL 5
#define DH_LOG_ALERT 6
#define DH_LOG_EMERGENCY 7

#define DH_LOG_1 "log/1"
typedef struct dh_log_1 {
  uint32_t size;
  uint32_t reserved; /* 0 */
  /* [any] One line to the operator's log, redacted. Never fails the caller. */
  void (*write)(const dh_host* host, int32_t level, dh_str text);
  /* [call] A line for the caller of this call, where it asked for such lines, and the log. */
  void (*tell)(dh_call* call, int32_t level, dh_str text);
} dh_log_1;

/* ---- emit/1: what is offered now, what changed ------------------------------------------------------- */

#define DH_KIND_ACTION 1   /* name: "tool.action" */
#define DH_KIND_PROMPT 2   /* name: of the prompt */
#define DH_KIND_RESOURCE 3 /* name: URI, or URI template */

#define DH_EMIT_1 "emit/1"
typedef struct dh_emit_1 {
  uint32_t size;
  uint32_t reserved; /* 0 */
  /* [any] Offers (on = 1) or hides (0) something that the manifest declares; all is offered at first.
     * Listeners are told once per real change. DH_E_NOT_FOUND: the manifest declares nothing of that
     * kind and name. */
  dh_status (*offer)(const dh_host* host, int32_t kind, dh_str name, int32_t on);
  /* [any] Tells listeners that a list changed (empty name), or the content of one resource of this
     * module; DH_E_NOT_FOUND for anybody else's. DH_E_INVALID: there is no such kind. */
  dh_status (*changed)(const dh_host* host, int32_t kind, dh_str name);
} dh_emit_1;

#ifdef __cplusplus
} /* extern "C" */
#endif

#endif /* DOCKERHUB_ABI_H */
