// What a registry does with a request that is allowed; one file a group. The table that leads to them
// is in registry_host.cpp. Source: OCI distribution-spec 1.1.1, and what Docker Hub is documented to do.
#pragma once

#include "registry/call.hpp"

namespace dockerhub::sandbox {

// manifest_handlers.cpp
Answer get_manifest(RegistryCall& call);
Answer put_manifest(RegistryCall& call);
Answer delete_manifest(RegistryCall& call);

// blob_handlers.cpp
Answer get_blob(RegistryCall& call);
Answer delete_blob(RegistryCall& call);

// upload_handlers.cpp
Answer begin_upload(RegistryCall& call);
Answer upload_chunk(RegistryCall& call);
Answer complete_upload(RegistryCall& call);
Answer upload_status(RegistryCall& call);
Answer cancel_upload(RegistryCall& call);

// list_handlers.cpp
Answer api_version(RegistryCall& call);
Answer list_tags(RegistryCall& call);
Answer list_referrers(RegistryCall& call);

}  // namespace dockerhub::sandbox
