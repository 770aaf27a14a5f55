#include "call/services.hpp"

#include <array>
#include <charconv>

#include "approval/used_states.hpp"
#include "call/pipeline.hpp"
#include "kept/kept_records.hpp"
#include "surfaces/surfaces.hpp"

namespace dockerhub {

namespace {

// Of each half of a request's id.
constexpr std::size_t kDigits = 8;

}  // namespace

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
      process_(random_hex(kDigits / 2)) {}

Services::~Services() = default;

std::string Services::new_request_id() const {
  std::array<char, kDigits> digits{};
  const char* const end =
      std::to_chars(digits.data(), digits.data() + kDigits, request_count_++, 16).ptr;
  const auto size = static_cast<std::size_t>(end - digits.data());
  std::string id = process_;
  return id.append(kDigits - size, '0').append(digits.data(), size);
}

}  // namespace dockerhub
