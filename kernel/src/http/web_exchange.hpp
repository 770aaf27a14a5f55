// Sends a request of a program itself (dockerhub/web_exchange.hpp). Any thread.
#pragma once

#include "credentials/secret.hpp"
#include "dockerhub/web_exchange.hpp"
#include "http/client.hpp"

namespace dockerhub::http {

// Any status is an answer. Errors: parameter for an address that is not safe or a header that may not be set,
// and those of the client. Nothing is tried again.
Result<WebAnswer> web_exchange(Client& client, SecretBook& book, const WebRequest& request);

}  // namespace dockerhub::http
