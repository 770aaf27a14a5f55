#include "credentials/credential_sources.hpp"

#include <algorithm>

namespace dockerhub {
namespace {

using enum Surface;
using Kind = CredentialSource::Kind;

constexpr std::string_view kOwnHosts = "Docker's, or the base URL that the same source sets";
constexpr std::string_view kHostOfLogin = "the one of the login";

constexpr auto kSources = std::to_array<CredentialSource>({
    {.name = "SCIM token",
     .kind = Kind::bearer,
     .setting = "account.scim_token",
     .surfaces = {scim},
     .hosts = kOwnHosts},
    {.name = "ready token",
     .kind = Kind::bearer,
     .setting = "account.jwt",
     .surfaces = {hub, scim, scout},
     .hosts = kOwnHosts},
    {.name = "account",
     .kind = Kind::account,
     .setting = "account.secret",
     .surfaces = {hub, scim, scout, registry},
     .hosts = kOwnHosts},
    {.name = "keyless",
     .kind = Kind::keyless,
     .setting = "account.oidc_connection",
     .surfaces = {hub, scim, scout, registry},
     .hosts = kOwnHosts},
    {.name = "stored account",
     .kind = Kind::stored,
     .setting = "account.name",
     .surfaces = {hub, scim, scout, registry},
     .hosts = "those that it was logged in to"},
    {.name = "logins.json",
     .kind = Kind::file,
     .setting = "credentials.folder",
     .surfaces = {registry},
     .hosts = kHostOfLogin,
     .form = LoginFileKind::own,
     .appended = "logins.json",
     .places = {{{"XDG_CONFIG_HOME", "dockerhub/logins.json"},
                 {"HOME", ".config/dockerhub/logins.json"}}}},
    {.name = "auth.json",
     .kind = Kind::file,
     .setting = "credentials.auth_file",
     .surfaces = {registry},
     .hosts = kHostOfLogin,
     .form = LoginFileKind::auth_json,
     .places = {{{"XDG_RUNTIME_DIR", "containers/auth.json"},
                 {"XDG_CONFIG_HOME", "containers/auth.json"},
                 {"HOME", ".config/containers/auth.json"}}}},
    {.name = "config.json",
     .kind = Kind::file,
     .setting = "credentials.docker_config",
     .surfaces = {registry},
     .hosts = kHostOfLogin,
     .form = LoginFileKind::config_json,
     .appended = "config.json",
     .places = {{{"HOME", ".docker/config.json"}}}},
});

constexpr std::array<std::string_view, 5> kSurfaceNames = {"", "hub", "scim", "scout", "registry"};

}  // namespace

std::span<const CredentialSource> credential_sources() {
  return kSources;
}

bool serves(const CredentialSource& source, Surface surface) {
  return std::find(source.surfaces.begin(), source.surfaces.end(), surface) !=
         source.surfaces.end();
}

std::string_view surface_name(Surface surface) {
  return kSurfaceNames[static_cast<std::size_t>(surface)];
}

Surface surface_of(std::string_view name) {
  const auto found = std::find(kSurfaceNames.begin() + 1, kSurfaceNames.end(), name);
  return found == kSurfaceNames.end() ? none : static_cast<Surface>(found - kSurfaceNames.begin());
}

}  // namespace dockerhub
