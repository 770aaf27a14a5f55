// Answers from anybody: never a crash, and the same body in whatever pieces the bytes arrive.
#include <algorithm>
#include <array>
#include <cstdlib>
#include <string>

#include "http/body_decoder.hpp"

namespace {

using dockerhub::http::AnswerHead;
using dockerhub::http::BodyDecoder;
using dockerhub::http::BodyFraming;

struct Outcome {
  std::string body;
  std::size_t consumed = 0;
  bool whole = false;

  bool operator==(const Outcome&) const = default;
};

Outcome decode(const BodyFraming& framing, std::string_view input, std::size_t step) {
  BodyDecoder decoder(framing);
  Outcome outcome;
  std::array<char, 7> out;
  std::size_t arrived = 0;
  while (!decoder.done()) {
    const std::string_view there = input.substr(0, arrived).substr(outcome.consumed);
    const auto taken = decoder.decode(there, out.data(), out.size());
    if (!taken) return outcome;
    outcome.body.append(out.data(), taken->produced);
    outcome.consumed += taken->consumed;
    if (taken->consumed > 0) continue;
    if (arrived == input.size()) break;
    arrived = std::min(arrived + step, input.size());
  }
  outcome.whole = decoder.input_ended().has_value();
  return outcome;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  AnswerHead head;
  const auto head_size = dockerhub::http::read_head(bytes, head);
  if (!head_size || *head_size == 0) return 0;
  if (*head_size > size) std::abort();
  const auto framing = dockerhub::http::body_framing(head, "GET");
  if (!framing) return 0;
  const std::string_view body = bytes.substr(*head_size);
  const Outcome at_once = decode(*framing, body, body.size() + 1);
  // What failed may have given out less by then.
  if (at_once.whole && !(decode(*framing, body, 1) == at_once)) std::abort();
  return 0;
}
