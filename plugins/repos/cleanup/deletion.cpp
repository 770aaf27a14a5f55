#include "deletion.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "hub/members.hpp"

namespace dockerhub::repos::cleanup {
namespace {

constexpr std::size_t kDeletionsAtOnce = 6;
constexpr int kNotFound = 404;
constexpr int kServerError = 500;

// The server's own words: Docker Hub's `detail`, a registry's `errors`.
std::string words_of(const hub::Answer& answer) {
  std::string words = "HTTP " + std::to_string(answer.status_code);
  std::string_view told = hub::text_member(answer.body, "detail");
  const sdk::Value* errors = hub::array_member(answer.body, "errors");
  if (errors != nullptr && !errors->Empty()) told = hub::text_member((*errors)[0], "message");
  if (!told.empty()) words.append(": ").append(told);
  return words;
}

}  // namespace

std::string_view fate_name(Fate::Kind kind) {
  constexpr std::array<std::string_view, 4> kNames = {"deleted", "gone", "failed", "skipped"};
  return kNames.at(static_cast<std::size_t>(kind));
}

Deletion::Deletion(sdk::Context& ctx, Deletable& things, Done done)
    : ctx_(ctx),
      things_(things),
      done_(std::move(done)),
      flight_(ctx, kDeletionsAtOnce),
      limit_(ctx) {}

sdk::Status Deletion::add(std::size_t number) {
  while (!has_room()) {
    if (const sdk::Status landed = land(); !landed) return landed;
  }
  steps_.push_back({number, Step::look});
  send(number, Step::look);
  return {};
}

sdk::Status Deletion::drain() {
  while (!steps_.empty()) {
    if (const sdk::Status landed = land(); !landed) return landed;
  }
  return {};
}

bool Deletion::has_room() const {
  return steps_.size() < kDeletionsAtOnce;
}

Deletion::Step& Deletion::step_of(std::size_t number) {
  return std::find_if(steps_.begin(), steps_.end(),
                      [&](const UnderWay& one) { return one.number == number; })
      ->step;
}

void Deletion::send(std::size_t number, Step step) {
  step_of(number) = step;
  // What is refused once is refused for all until the wait is over.
  if (!held_.empty()) {
    held_.push_back(number);
    return;
  }
  flight_.send(number, request(number));
}

sdk::Request Deletion::request(std::size_t number) {
  return step_of(number) == Step::remove ? things_.remove(number) : things_.look(number);
}

sdk::Status Deletion::land() {
  if (flight_.empty()) return wait_for_limit();
  auto landed = flight_.next();
  if (!landed) return landed.status();
  const std::size_t number = landed->number;
  if (hub::RateWait::is_limited(landed->answer)) {
    held_.push_back(number);
    return {};
  }
  if (!landed->answer && hub::ends_call(ctx_, landed->answer.status()))
    return landed->answer.status();
  return take(number, landed->answer);
}

sdk::Status Deletion::wait_for_limit() {
  const sdk::Status waited = limit_.wait(request(held_.front()).surface);
  if (!waited) return waited;
  if (const sdk::Status known = things_.waited(); !known) return known;
  const std::vector<std::size_t> held = std::exchange(held_, {});
  for (const std::size_t number : held) {
    // What was seen before the wait may be something else by now.
    Step& step = step_of(number);
    if (step == Step::remove) step = Step::look;
  }
  for (const std::size_t number : held) flight_.send(number, request(number));
  return {};
}

sdk::Status Deletion::take(std::size_t number, const sdk::Reply<hub::Answer>& answer) {
  switch (step_of(number)) {
    case Step::look:
      if (answer) return take_look(number, *answer);
      return end(number, {Fate::Kind::failed, "it could not be looked at"});
    case Step::remove:
      return take_removal(number, answer);
    case Step::confirm:
      return take_confirmation(number, answer);
  }
  return DH_E_INVALID;
}

sdk::Status Deletion::take_look(std::size_t number, const hub::Answer& answer) {
  if (answer.status_code == kNotFound) return end(number, {Fate::Kind::gone, {}});
  if (!answer.good()) return end(number, {Fate::Kind::failed, words_of(answer)});
  std::string objection = things_.objection(number, answer);
  if (!objection.empty()) return end(number, {Fate::Kind::skipped, std::move(objection)});
  send(number, Step::remove);
  return {};
}

sdk::Status Deletion::take_removal(std::size_t number, const sdk::Reply<hub::Answer>& answer) {
  // Lost, or the server's fault: only another look tells.
  if (!answer || answer->status_code >= kServerError) {
    send(number, Step::confirm);
    return {};
  }
  if (answer->good()) return end(number, {Fate::Kind::deleted, {}});
  if (answer->status_code == kNotFound) return end(number, {Fate::Kind::gone, {}});
  return end(number, {Fate::Kind::failed, words_of(*answer)});
}

sdk::Status Deletion::take_confirmation(std::size_t number, const sdk::Reply<hub::Answer>& answer) {
  if (answer && answer->status_code == kNotFound)
    return end(number, {Fate::Kind::deleted, "the answer was lost, and it is gone"});
  const bool is_there = answer && answer->good();
  return end(number, {Fate::Kind::failed, is_there ? "the answer was lost, and it is still there"
                                                   : "the answer was lost, and whether it is still "
                                                     "there is not known"});
}

// Only what came to its end passed the limit: looks that are repeated for a deletion that is refused each time
// would make its waits endless.
sdk::Status Deletion::end(std::size_t number, const Fate& fate) {
  limit_.passed();
  std::erase_if(steps_, [&](const UnderWay& one) { return one.number == number; });
  return done_(number, fate);
}

}  // namespace dockerhub::repos::cleanup
