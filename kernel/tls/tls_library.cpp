#include "dockerhub/build_info.hpp"
#include "secure_context.hpp"

extern "C" __attribute__((visibility("default")))
const dockerhub::http::TlsLibrary dh_tls_library = {dockerhub::kVersion,
                                                    dockerhub::http::make_secure_context};
