// A program that uses each kind of credential once over real connections, lets go of all of them, says "done" and
// waits: its memory is searched by test_memory.py. It reads the sources that the programs read, and asks
// Docker Hub's API at hub.url and the registry of JOURNEY_REGISTRY.
#include <cstdio>
#include <cstdlib>
#include <string>

#include "credentials/credentials.hpp"
#include "http/client.hpp"

namespace {

using namespace dockerhub;

bool get(http::Client& client, const std::string& address,
         std::shared_ptr<http::Authorizer> authorizer) {
  http::Request request;
  request.url = http::parse_url(address).value();
  request.authorizer = std::move(authorizer);
  constexpr std::size_t kMost = 1024 * 1024;
  const auto answer = client.fetch(std::move(request), {}, kMost);
  if (answer && answer->response.status_code == 200) return true;
  std::fprintf(stderr, "%s: %s\n", address.c_str(),
               answer ? std::to_string(answer->response.status_code).c_str()
                      : answer.error().message.c_str());
  return false;
}

bool journey(const std::string& registry) {
  ConfigurationSources sources;
  sources.process_environment = true;
  const auto configuration = Configuration::load(sources);
  if (!configuration) {
    std::fprintf(stderr, "%s\n", configuration.error().message.c_str());
    return false;
  }
  http::ClientOptions options;
  options.ca_file = configuration->text("tls.ca_file");
  http::Client client{std::move(options)};
  Credentials credentials(*configuration, client, [](LogLevel, std::string_view text) {
    std::fprintf(stderr, "%.*s\n", static_cast<int>(text.size()), text.data());
  });
  return get(client, configuration->text("hub.url") + "/v2/x", credentials.hub()) &&
         get(client, configuration->text("hub.url") + "/v2/scim/2.0/x", credentials.scim()) &&
         get(client, registry + "/v2/a/manifests/1",
             credentials.registry(http::parse_url(registry)->origin, "repository:a:pull"));
}

}  // namespace

int main() {
  const char* const registry = std::getenv("JOURNEY_REGISTRY");
  if (registry == nullptr || !journey(registry)) return EXIT_FAILURE;
  std::puts("done");
  std::fflush(stdout);
  std::getchar();
  return EXIT_SUCCESS;
}
