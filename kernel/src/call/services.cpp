#include "call/services.hpp"

#include "call/pipeline.hpp"

namespace dockerhub {

Services::Services(Configuration given, Hooks given_hooks, std::unique_ptr<Redactor> given_redactor,
                   std::unique_ptr<Log> given_log, const Seal& given_seal)
    : configuration(std::move(given)),
      hooks(std::move(given_hooks)),
      redactor(std::move(given_redactor)),
      log(std::move(given_log)),
      seal(given_seal) {}

Services::~Services() = default;

}  // namespace dockerhub
