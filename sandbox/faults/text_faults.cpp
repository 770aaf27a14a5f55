#include "faults/text_faults.hpp"

#include <algorithm>
#include <string>

#include "encoding/gzip.hpp"

namespace dockerhub::sandbox {

void change_to_bad_json(Answer& answer, const Request&, const FaultParameters&) {
  const std::string_view body = answer.body.view();
  answer.body = Body(std::string(body.substr(0, body.size() / 2)) + ",]}{");
}

void change_to_invalid_utf8(Answer& answer, const Request&, const FaultParameters&) {
  std::string body(answer.body.view());
  const std::string_view opening = ":\"";
  const std::size_t text = body.find(opening);
  const std::size_t place = text == std::string::npos ? body.size() : text + opening.size();
  answer.body = Body(body.insert(place, "\xff\xfe\xc0\xaf"));
}

void answer_html_error(Answer& answer, const Request&, const FaultParameters& parameters) {
  constexpr int bad_gateway = 502;
  const int status = static_cast<int>(parameters.status.value_or(bad_gateway));
  answer = text_answer(status, "<!DOCTYPE html>\n<html><head><title>" + std::to_string(status) +
                                   "</title></head>\n<body><h1>Something is in the way</h1>"
                                   "</body></html>\n");
  answer.set("Content-Type", "text/html; charset=utf-8");
}

void compress_body(Answer& answer, const Request&, const FaultParameters&) {
  answer.body = Body(gzip(answer.body.view()));
  answer.set("Content-Encoding", "gzip");
}

}  // namespace dockerhub::sandbox
