#include "host/status_of_error.hpp"

namespace dockerhub {
namespace {

struct Meaning {
  ErrorKind kind;
  dh_status status;
};

constexpr Meaning kMeanings[] = {
    {ErrorKind::unknown_tool, DH_E_NOT_FOUND},
    {ErrorKind::unknown_action, DH_E_NOT_FOUND},
    {ErrorKind::auth, DH_E_AUTH},
    {ErrorKind::forbidden, DH_E_REFUSED},
    {ErrorKind::approval, DH_E_REFUSED},
    {ErrorKind::destructive_closed, DH_E_REFUSED},
    {ErrorKind::policy, DH_E_REFUSED},
    {ErrorKind::network, DH_E_NETWORK},
    {ErrorKind::timeout, DH_E_TIMEOUT},
    {ErrorKind::cancelled, DH_E_CANCELLED},
    {ErrorKind::unsupported, DH_E_UNSUPPORTED},
    {ErrorKind::capability, DH_E_UNSUPPORTED},
};

}  // namespace

dh_status status_of(const Error& error) {
  constexpr int kNotFound = 404;
  constexpr int kTooManyRequests = 429;
  if (error.status_code == kNotFound) return DH_E_NOT_FOUND;
  if (error.status_code == kTooManyRequests) return DH_E_LIMIT;
  for (const Meaning& meaning : kMeanings) {
    if (meaning.kind == error.kind) return meaning.status;
  }
  return DH_E_FAILED;
}

dh_status fail_with(RunningCall& running, Error error) {
  const dh_status status = status_of(error);
  return running.fail(std::move(error), status);
}

}  // namespace dockerhub
