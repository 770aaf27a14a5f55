// The handlers of hub_registry, one an action; registry.cpp has their rows.
#pragma once

#include "dockerhub/sdk/context.hpp"
#include "referrers_support.hpp"

namespace dockerhub::registry {

sdk::Status api_version(sdk::Context& ctx);
sdk::Status list_tags(sdk::Context& ctx);

sdk::Status get_manifest(sdk::Context& ctx);
sdk::Status check_manifest(sdk::Context& ctx);
sdk::Status resolve_digest(sdk::Context& ctx);
sdk::Status put_manifest(sdk::Context& ctx);
sdk::Status delete_manifest(sdk::Context& ctx);
sdk::Status delete_tag(sdk::Context& ctx);

sdk::Status list_platforms(sdk::Context& ctx);
sdk::Status get_config(sdk::Context& ctx);
sdk::Status inspect(sdk::Context& ctx);
sdk::Status diff(sdk::Context& ctx);
sdk::Status verify(sdk::Context& ctx);

sdk::Status get_blob(sdk::Context& ctx);
sdk::Status check_blob(sdk::Context& ctx);
sdk::Status delete_blob(sdk::Context& ctx);

sdk::Status start_upload(sdk::Context& ctx);
sdk::Status upload_chunk(sdk::Context& ctx);
sdk::Status complete_upload(sdk::Context& ctx);
sdk::Status mount_blob(sdk::Context& ctx);
sdk::Status upload_status(sdk::Context& ctx);
sdk::Status cancel_upload(sdk::Context& ctx);

sdk::Status copy(ReferrersSupport& support, sdk::Context& ctx);
sdk::Status push(sdk::Context& ctx);
sdk::Status pull(sdk::Context& ctx);
sdk::Status untag_layout(sdk::Context& ctx);
sdk::Status mirror(sdk::Context& ctx);
sdk::Status export_images(sdk::Context& ctx);
sdk::Status import_images(sdk::Context& ctx);

sdk::Status list_referrers(ReferrersSupport& support, sdk::Context& ctx);
sdk::Status attestations(ReferrersSupport& support, sdk::Context& ctx);
sdk::Status tree(ReferrersSupport& support, sdk::Context& ctx);

}  // namespace dockerhub::registry
