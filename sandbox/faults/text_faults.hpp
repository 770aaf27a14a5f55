// Faults of a body's text: no JSON, no UTF-8, a page for people, compressed though nobody asked. Parameters
// that are not given have the value in brackets.
#pragma once

#include "exchange/message.hpp"
#include "faults/parameters.hpp"

namespace dockerhub::sandbox {

// Half of the body and then what JSON has no place for; the headers stay.
void change_to_bad_json(Answer& answer, const Request& request, const FaultParameters& parameters);
// Bytes that are no UTF-8 within the first text of the body.
void change_to_invalid_utf8(Answer& answer, const Request& request,
                            const FaultParameters& parameters);
// `status` [502] with a page of HTML, as proxies have them.
void answer_html_error(Answer& answer, const Request& request, const FaultParameters& parameters);
// The right body, compressed (Content-Encoding gzip) whatever Accept-Encoding says.
void compress_body(Answer& answer, const Request& request, const FaultParameters& parameters);

}  // namespace dockerhub::sandbox
