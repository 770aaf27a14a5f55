#include "transfer_cost.hpp"

namespace dockerhub::registry {

sdk::Json TransferCost::json() const {
  return {{"requests", requests},
          {"pulls", pulls},
          {"bytes", bytes},
          {"pulls_are_exact", pulls_are_exact}};
}

std::string TransferCost::plan_text(std::size_t counted) const {
  const std::string least = pulls_are_exact ? "" : "at least ";
  return "It would take " + least + std::to_string(pulls) + " counted pulls and at most " +
         std::to_string(bytes) + " bytes" +
         (pulls_are_exact ? "."
                          : " for the images that were read; what another one takes at Docker's "
                            "registry is known after a pull.") +
         " Looking took " + std::to_string(requests) + " requests, " +
         (counted == 0 ? "none" : std::to_string(counted)) + " of them counted.";
}

}  // namespace dockerhub::registry
