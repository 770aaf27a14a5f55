// Faults that are a well-formed HTTP answer with a wrong content: refusals, lies, and what a hostile
// server would have a client believe. Parameters that are not given have the value in brackets.
#pragma once

#include "exchange/message.hpp"
#include "faults/parameters.hpp"

namespace dockerhub::sandbox {

// `status` [500] with `body` [a JSON error in the listener's form] and `headers`.
void answer_with_status(Answer& answer, const Request& request, const FaultParameters& parameters);
// 429 that says when to come back in one `form`: seconds [the default], date, x_retry_after (a unix
// time), x_ratelimit_reset, none, sentence (no header and a body that is no JSON); after `seconds` [1].
void answer_rate_limited(Answer& answer, const Request& request, const FaultParameters& parameters);
// `status` [307] with Location `url` [http://127.0.0.1:1/].
void answer_redirect(Answer& answer, const Request& request, const FaultParameters& parameters);
// `status` [307] with the request's own URL as Location.
void answer_redirect_loop(Answer& answer, const Request& request,
                          const FaultParameters& parameters);
// Docker-Content-Digest and ETag of other bytes.
void change_digest_header(Answer& answer, const Request& request,
                          const FaultParameters& parameters);
// A body of the same size with other bytes; the headers still tell of the right one.
void change_body(Answer& answer, const Request& request, const FaultParameters& parameters);
// Content-Type `type` [text/html].
void change_content_type(Answer& answer, const Request& request, const FaultParameters& parameters);
// A 401 whose challenge names the realm `url` [http://127.0.0.1:1/token].
void change_realm(Answer& answer, const Request& request, const FaultParameters& parameters);
// The next page of a list is at `url` [http://127.0.0.1:1/], in Link and in the body's `next`.
void change_next_page(Answer& answer, const Request& request, const FaultParameters& parameters);
// Arrays within arrays, `depth` [100000] of them.
void answer_deep_json(Answer& answer, const Request& request, const FaultParameters& parameters);
// Every text of a JSON answer that people read has terminal sequences and bidirectional controls.
void change_names(Answer& answer, const Request& request, const FaultParameters& parameters);
// The list in a JSON answer has `count` [100000] items.
void repeat_items(Answer& answer, const Request& request, const FaultParameters& parameters);

}  // namespace dockerhub::sandbox
