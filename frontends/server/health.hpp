// The answers that say how a server is, the same ones of every server. Free functions; any thread.
#pragma once

#include "http/message.hpp"
#include "http/metrics.hpp"
#include "principal.hpp"
#include "readiness.hpp"

namespace dockerhub::server {

// That it runs.
web::Response health_answer();

// Whether it can do its work (200, 503). draining: it ends.
web::Response ready_answer(Readiness& readiness, bool draining);

// The counts, for this machine or who has proved a name (else 403).
web::Response metrics_answer(const web::Metrics& metrics, const web::Request& request,
                             const Principal& principal);

}  // namespace dockerhub::server
