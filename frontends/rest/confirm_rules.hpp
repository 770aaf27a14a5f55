// Who consents to what single subjects of signed tokens call (--confirm-for). A free function; any thread.
#pragma once

#include <string>
#include <vector>

#include "dockerhub/kernel.hpp"
#include "server/confirm.hpp"

namespace dockerhub::rest {

// texts: "SUBJECT=MODE" each; a subject may have = itself. auth: the log-in. Errors (configuration): a text of
// another form, a subject that is named twice or that no token can have, a log-in without signed tokens, or
// settings for all programs that would lift what is asked for here.
Result<server::Confirms> read_confirm_rules(const Configuration& configuration,
                                            const std::string& auth,
                                            const std::vector<std::string>& texts);

}  // namespace dockerhub::rest
