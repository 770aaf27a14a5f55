#include "flight.hpp"

#include <chrono>
#include <utility>

namespace dockerhub::hub {
namespace {

// The kernel ends an exchange long before; this only keeps a wait from being endless.
constexpr std::chrono::minutes kMostWait{10};

}  // namespace

void Flight::send(std::size_t number, const sdk::Request& request) {
  auto exchange = ctx_.http().open(request);
  if (exchange) {
    running_.push_back({number, *std::move(exchange)});
  } else {
    failed_.push_back({number, exchange.status()});
  }
}

sdk::Reply<Flight::Landed> Flight::next() {
  if (!failed_.empty()) {
    Landed landed = std::move(failed_.front());
    failed_.pop_front();
    return landed;
  }
  std::size_t ready = 0;
  if (running_.size() > 1) {
    std::vector<const sdk::Exchange*> exchanges;
    exchanges.reserve(running_.size());
    for (const Running& running : running_) exchanges.push_back(&running.exchange);
    const auto waited = ctx_.http().wait(exchanges, kMostWait);
    if (!waited) return waited.status();
    ready = *waited;
  }
  Running done = std::move(running_[ready]);
  running_.erase(running_.begin() + static_cast<std::ptrdiff_t>(ready));
  return Landed{done.number, finish(ctx_, done.exchange)};
}

bool ends_call(sdk::Context& ctx, sdk::Status status) {
  if (status.suspended() || status == sdk::Status(DH_E_CANCELLED)) return true;
  const auto left = ctx.remaining();
  return ctx.cancelled() || (left && left->count() == 0);
}

}  // namespace dockerhub::hub
