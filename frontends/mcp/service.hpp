// What all clients of one server share. References to what outlives every session; any thread.
#pragma once

#include <cstddef>

#include "change_feed.hpp"
#include "dockerhub/kernel.hpp"
#include "server/worker_pool.hpp"
#include "tool_view.hpp"

namespace dockerhub::mcp {

struct Service {
  Kernel& kernel;
  const ToolView& tools;
  ChangeFeed& changes;
  server::WorkerPool& workers;
  std::size_t page_rows;  // of a list on one page; from 1
};

}  // namespace dockerhub::mcp
