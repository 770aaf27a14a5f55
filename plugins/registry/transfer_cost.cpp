#include "transfer_cost.hpp"

#include "hub/composed.hpp"

namespace dockerhub::registry {

sdk::Json TransferCost::json() const {
  return {{"requests", requests},
          {"pulls", pulls},
          {"bytes", bytes},
          {"pulls_are_exact", pulls_are_exact}};
}

std::string TransferCost::plan_text(std::size_t counted) const {
  const std::string least = pulls_are_exact ? "" : "at least ";
  return hub::composed(
      "It would take {}{} counted pulls and at most {} bytes{} Looking took {} requests, {} of "
      "them counted.",
      {least, pulls, bytes,
       pulls_are_exact ? "."
                       : " for the images that were read; what another one takes at Docker's "
                         "registry is known after a pull.",
       requests, counted == 0 ? "none" : std::to_string(counted)});
}

}  // namespace dockerhub::registry
