/*
 * Where each member of each struct of ABI 1.0 lies, in bytes: what modules were compiled with. Compiled against
 * the header of today and against the frozen one; nothing in it runs.
 */
#include <abi.h>

_Static_assert(sizeof(void*) == 8 && sizeof(size_t) == 8 && sizeof(void (*)(void)) == 8,
               "the numbers below are those of 64-bit systems");

#define FIELD(type, member, at, bytes)                                                    \
  _Static_assert(offsetof(type, member) == (at) && sizeof(((type*)0)->member) == (bytes), \
                 #type "." #member " has moved")
#define STAYS(type, bytes)                                       \
  _Static_assert(sizeof(type) == (bytes) && _Alignof(type) == 8, \
                 #type " has another size or alignment")
#define GROWS(type, bytes)                                       \
  _Static_assert(sizeof(type) >= (bytes) && _Alignof(type) == 8, \
                 #type " has shrunk or another alignment")

_Static_assert(sizeof(dh_status) == 4 && sizeof(dh_handle) == 8, "a number has another size");
_Static_assert((dh_status)-1 < 0 && (dh_handle)-1 > 0, "a number has another sign");

STAYS(dh_str, 16);
FIELD(dh_str, data, 0, 8);
FIELD(dh_str, size, 8, 8);

STAYS(dh_bytes, 16);
FIELD(dh_bytes, data, 0, 8);
FIELD(dh_bytes, size, 8, 8);

GROWS(dh_host, 24);
FIELD(dh_host, size, 0, 4);
FIELD(dh_host, abi_major, 4, 2);
FIELD(dh_host, abi_minor, 6, 2);
FIELD(dh_host, kernel, 8, 8);
FIELD(dh_host, extension, 16, 8);

GROWS(dh_entry, 40);
FIELD(dh_entry, magic, 0, 8);
FIELD(dh_entry, size, 8, 4);
FIELD(dh_entry, abi_major, 12, 2);
FIELD(dh_entry, abi_minor, 14, 2);
FIELD(dh_entry, create, 16, 8);
FIELD(dh_entry, destroy, 24, 8);
FIELD(dh_entry, extension, 32, 8);

GROWS(dh_tools_1, 16);
FIELD(dh_tools_1, size, 0, 4);
FIELD(dh_tools_1, reserved, 4, 4);
FIELD(dh_tools_1, invoke, 8, 8);

GROWS(dh_resources_1, 24);
FIELD(dh_resources_1, size, 0, 4);
FIELD(dh_resources_1, reserved, 4, 4);
FIELD(dh_resources_1, read, 8, 8);
FIELD(dh_resources_1, watch, 16, 8);

GROWS(dh_prompts_1, 16);
FIELD(dh_prompts_1, size, 0, 4);
FIELD(dh_prompts_1, reserved, 4, 4);
FIELD(dh_prompts_1, get, 8, 8);

GROWS(dh_complete_1, 16);
FIELD(dh_complete_1, size, 0, 4);
FIELD(dh_complete_1, reserved, 4, 4);
FIELD(dh_complete_1, complete, 8, 8);

GROWS(dh_health_1, 16);
FIELD(dh_health_1, size, 0, 4);
FIELD(dh_health_1, reserved, 4, 4);
FIELD(dh_health_1, check, 8, 8);

GROWS(dh_content, 104);
FIELD(dh_content, size, 0, 4);
FIELD(dh_content, kind, 4, 4);
FIELD(dh_content, text, 8, 16);
FIELD(dh_content, data, 24, 16);
FIELD(dh_content, media_type, 40, 16);
FIELD(dh_content, uri, 56, 16);
FIELD(dh_content, name, 72, 16);
FIELD(dh_content, annotations, 88, 16);

GROWS(dh_error, 112);
FIELD(dh_error, size, 0, 4);
FIELD(dh_error, status_code, 4, 4);
FIELD(dh_error, retry_after_ms, 8, 8);
FIELD(dh_error, type, 16, 16);
FIELD(dh_error, message, 32, 16);
FIELD(dh_error, hint, 48, 16);
FIELD(dh_error, parameter, 64, 16);
FIELD(dh_error, request, 80, 16);
FIELD(dh_error, details, 96, 16);

GROWS(dh_call_1, 136);
FIELD(dh_call_1, size, 0, 4);
FIELD(dh_call_1, reserved, 4, 4);
FIELD(dh_call_1, params, 8, 8);
FIELD(dh_call_1, answer, 16, 8);
FIELD(dh_call_1, item, 24, 8);
FIELD(dh_call_1, content, 32, 8);
FIELD(dh_call_1, annotate, 40, 8);
FIELD(dh_call_1, warn, 48, 8);
FIELD(dh_call_1, outcome, 56, 8);
FIELD(dh_call_1, fail, 64, 8);
FIELD(dh_call_1, progress, 72, 8);
FIELD(dh_call_1, dry_run, 80, 8);
FIELD(dh_call_1, cancelled, 88, 8);
FIELD(dh_call_1, remaining_ms, 96, 8);
FIELD(dh_call_1, pause, 104, 8);
FIELD(dh_call_1, trace, 112, 8);
FIELD(dh_call_1, caller, 120, 8);
FIELD(dh_call_1, options, 128, 8);

GROWS(dh_request, 184);
FIELD(dh_request, size, 0, 4);
FIELD(dh_request, credential, 4, 4);
FIELD(dh_request, surface, 8, 16);
FIELD(dh_request, host, 24, 16);
FIELD(dh_request, method, 40, 16);
FIELD(dh_request, path, 56, 16);
FIELD(dh_request, path_params, 72, 16);
FIELD(dh_request, query, 88, 16);
FIELD(dh_request, headers, 104, 16);
FIELD(dh_request, media_type, 120, 16);
FIELD(dh_request, body, 136, 16);
FIELD(dh_request, body_size, 152, 8);
FIELD(dh_request, timeout_ms, 160, 8);
FIELD(dh_request, scope, 168, 16);

GROWS(dh_response, 32);
FIELD(dh_response, size, 0, 4);
FIELD(dh_response, status_code, 4, 4);
FIELD(dh_response, content_length, 8, 8);
FIELD(dh_response, headers, 16, 16);

GROWS(dh_http_1, 80);
FIELD(dh_http_1, size, 0, 4);
FIELD(dh_http_1, reserved, 4, 4);
FIELD(dh_http_1, open, 8, 8);
FIELD(dh_http_1, open_url, 16, 8);
FIELD(dh_http_1, follow, 24, 8);
FIELD(dh_http_1, write, 32, 8);
FIELD(dh_http_1, finish, 40, 8);
FIELD(dh_http_1, read, 48, 8);
FIELD(dh_http_1, close, 56, 8);
FIELD(dh_http_1, wait, 64, 8);
FIELD(dh_http_1, reject, 72, 8);

GROWS(dh_ask_1, 56);
FIELD(dh_ask_1, size, 0, 4);
FIELD(dh_ask_1, reserved, 4, 4);
FIELD(dh_ask_1, approve, 8, 8);
FIELD(dh_ask_1, input, 16, 8);
FIELD(dh_ask_1, sample, 24, 8);
FIELD(dh_ask_1, roots, 32, 8);
FIELD(dh_ask_1, state_get, 40, 8);
FIELD(dh_ask_1, state_set, 48, 8);

GROWS(dh_store_1, 80);
FIELD(dh_store_1, size, 0, 4);
FIELD(dh_store_1, reserved, 4, 4);
FIELD(dh_store_1, open, 8, 8);
FIELD(dh_store_1, list, 16, 8);
FIELD(dh_store_1, open_entry, 24, 8);
FIELD(dh_store_1, read_at, 32, 8);
FIELD(dh_store_1, create, 40, 8);
FIELD(dh_store_1, write, 48, 8);
FIELD(dh_store_1, commit, 56, 8);
FIELD(dh_store_1, remove, 64, 8);
FIELD(dh_store_1, close, 72, 8);

GROWS(dh_identity_1, 24);
FIELD(dh_identity_1, size, 0, 4);
FIELD(dh_identity_1, reserved, 4, 4);
FIELD(dh_identity_1, get, 8, 8);
FIELD(dh_identity_1, sign_in, 16, 8);

GROWS(dh_limits_1, 16);
FIELD(dh_limits_1, size, 0, 4);
FIELD(dh_limits_1, reserved, 4, 4);
FIELD(dh_limits_1, get, 8, 8);

GROWS(dh_digest_1, 40);
FIELD(dh_digest_1, size, 0, 4);
FIELD(dh_digest_1, reserved, 4, 4);
FIELD(dh_digest_1, open, 8, 8);
FIELD(dh_digest_1, update, 16, 8);
FIELD(dh_digest_1, finish, 24, 8);
FIELD(dh_digest_1, close, 32, 8);

GROWS(dh_catalog_1, 24);
FIELD(dh_catalog_1, size, 0, 4);
FIELD(dh_catalog_1, reserved, 4, 4);
FIELD(dh_catalog_1, offered, 8, 8);
FIELD(dh_catalog_1, call, 16, 8);

GROWS(dh_config_1, 16);
FIELD(dh_config_1, size, 0, 4);
FIELD(dh_config_1, reserved, 4, 4);
FIELD(dh_config_1, get, 8, 8);

GROWS(dh_log_1, 24);
FIELD(dh_log_1, size, 0, 4);
FIELD(dh_log_1, reserved, 4, 4);
FIELD(dh_log_1, write, 8, 8);
FIELD(dh_log_1, tell, 16, 8);

GROWS(dh_emit_1, 24);
FIELD(dh_emit_1, size, 0, 4);
FIELD(dh_emit_1, reserved, 4, 4);
FIELD(dh_emit_1, offer, 8, 8);
FIELD(dh_emit_1, changed, 16, 8);
