// How the hosts of the sandbox behave, where Docker's own hosts, other registries or a test want it
// otherwise. One table (settings.cpp) gives each setting its name, kind and meaning; the command line
// (--set NAME=VALUE), the control listener (PATCH /settings) and --help read it. A plain value.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/json.hpp"
#include "dockerhub/kernel.hpp"
#include "encoding/json_text.hpp"

namespace dockerhub::sandbox {

struct Settings {
  std::string authentication = "token";
  bool anonymous_pull = true;
  bool token_post = true;
  bool token_expires_in = true;
  std::string token_field = "both";
  std::int64_t token_lifetime = 300;  // seconds
  std::int64_t jwt_lifetime = 600;    // seconds
  bool strict_accept = true;
  bool redirect_blobs = true;
  bool referrers = true;
  bool single_post = true;
  bool relative_locations = false;
  bool delete_referenced = false;
  bool delete_blobs = true;
  std::string warning;
  std::int64_t tags_page = 0;       // items; 0: no bound
  std::int64_t referrers_page = 0;  // items; 0: no bound
  std::int64_t chunk_min_length = 0;
  std::int64_t most_uploads = 100;         // at the same time; 0: no bound
  std::int64_t most_blob = 4'294'967'296;  // bytes; 0: no bound
  bool tokens_make_tokens = false;
  bool drawn_shapes = false;
  std::string scim_list = "resources";
  std::int64_t seats = 100;                 // of an organization; 0: no bound
  std::int64_t hub_limit = 600;             // requests a minute
  std::int64_t anonymous_pull_limit = 100;  // manifests in six hours; 0: no limit
  std::int64_t signed_in_pull_limit = 200;  // likewise
};

// "NAME=VALUE"; switches take on and off. The error names what may be given.
Result<void> set_from_text(Settings& settings, std::string_view assignment);

// The members of a JSON object, all or none.
Result<void> set_from_json(Settings& settings, const json::Value& object);

JsonText settings_json(const Settings& settings);

// One line a setting: name, value at the start, meaning.
std::string settings_help();

}  // namespace dockerhub::sandbox
