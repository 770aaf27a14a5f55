#include "call/services.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <random>

#include "approval/used_states.hpp"
#include "call/pipeline.hpp"
#include "kept/kept_records.hpp"
#include "surfaces/surfaces.hpp"

namespace dockerhub {

Services::Services(Configuration given, Hooks given_hooks, std::unique_ptr<Redactor> given_redactor,
                   std::unique_ptr<Log> given_log, const Seal& given_seal)
    : configuration(std::move(given)),
      most_answer(static_cast<std::size_t>(configuration.number("http.max_answer"))),
      call_time(configuration.number("call.timeout")),
      hooks(std::move(given_hooks)),
      redactor(std::move(given_redactor)),
      log(std::move(given_log)),
      seal(given_seal),
      surfaces(std::make_unique<Surfaces>(
          configuration, hooks.budget_turns,
          [this](LogLevel level, std::string_view text, std::string_view request_id) {
            log->write(level, text, request_id);
          })),
      used_states(hooks.used_states ? hooks.used_states : std::make_shared<UsedStatesInMemory>()),
      process_number_(std::random_device()()) {}

Services::~Services() = default;

std::string Services::new_request_id() const {
  constexpr std::size_t kHalf = 8;
  std::string id(2 * kHalf, '0');
  const auto write_at = [&](std::size_t place, std::uint32_t number) {
    std::array<char, kHalf> digits{};
    const char* const end = std::to_chars(digits.data(), digits.data() + kHalf, number, 16).ptr;
    std::copy(static_cast<const char*>(digits.data()), end,
              id.end() - static_cast<std::ptrdiff_t>(place) - (end - digits.data()));
  };
  write_at(kHalf, process_number_);
  write_at(0, request_count_++);
  return id;
}

}  // namespace dockerhub
