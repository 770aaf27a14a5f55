#include "hub/completion.hpp"

#include "actions.hpp"

namespace dockerhub::scout {

sdk::Status complete(KeptContents& kept, sdk::Context& ctx) {
  return hub::complete(kept.names(), ctx);
}

}  // namespace dockerhub::scout
