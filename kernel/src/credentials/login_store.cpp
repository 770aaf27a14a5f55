#include "credentials/login_store.hpp"

#include "base/private_file.hpp"
#include "config/environment.hpp"
#include "config/hosts.hpp"
#include "config/values.hpp"
#include "credentials/login_file_edit.hpp"

namespace dockerhub {
namespace {

constexpr std::chrono::seconds kLockTime{10};
constexpr std::string_view kAccountsPath = "/accounts/";

std::string_view text_in_bytes(const SecretBytes& bytes) {
  return {bytes.data(), bytes.size()};
}

std::filesystem::path docker_config_file(const Configuration& configuration) {
  if (configuration.has("credentials.docker_config"))
    return std::filesystem::path(configuration.text("credentials.docker_config")) / "config.json";
  const std::filesystem::path home = named_folder(configuration.impl(), "HOME");
  return home.empty() ? home : home / ".docker" / "config.json";
}

// Whoever reads the shelf's name later may stand in another folder.
LoginShelf config_json_shelf(const std::filesystem::path& file, const std::string& server) {
  std::error_code problem;
  const std::filesystem::path path = std::filesystem::absolute(file, problem);
  return {LoginShelf::Kind::config_json,
          {},
          server,
          file.empty() || problem ? std::string() : path.lexically_normal().string()};
}

LoginFileKind form_of(LoginShelf::Kind kind) {
  return kind == LoginShelf::Kind::own ? LoginFileKind::own : LoginFileKind::config_json;
}

// Its version is looked for where what stands beside it is wiped again.
Result<SecretBytes> own_text(const std::filesystem::path& path) {
  const PrivateFile file(path, kOwnLoginFormat);
  auto text = file.read_unjudged(kLoginFileLimit);
  if (!text) return Failure(text.error());
  if (!*text) return SecretBytes();
  SecretBytes bytes((*text)->begin(), (*text)->end());
  wipe((*text)->data(), (*text)->size());
  if (auto known = file.judge_version(own_login_version(text_in_bytes(bytes))); !known)
    return Failure(known.error());
  return bytes;
}

Failure no_place() {
  return refused("there is no place for a log-in: neither XDG_CONFIG_HOME nor HOME is set",
                 "Set HOME, or DOCKERHUB_CREDENTIALS_DIR.");
}

}  // namespace

std::string docker_server_name(const http::Origin& registry) {
  return is_docker_registry(registry) ? "https://index.docker.io/v1/" : registry.authority();
}

std::string account_server_name(const http::Origin& hub, std::string_view account) {
  return hub.text().append(kAccountsPath).append(account);
}

bool is_account_server(std::string_view server) {
  return server.find(kAccountsPath) != std::string_view::npos;
}

LoginStore::LoginStore(const Configuration& configuration)
    : configuration_(configuration), docker_file_(docker_config_file(configuration)) {
  const std::filesystem::path folder = login_folder(configuration);
  if (!folder.empty()) own_file_ = folder / "logins.json";
}

std::filesystem::path LoginStore::file_of(const LoginShelf& shelf) const {
  if (shelf.kind == LoginShelf::Kind::own) return own_file_;
  return shelf.file.empty() ? docker_file_ : std::filesystem::path(shelf.file);
}

std::string LoginStore::name_of(const LoginShelf& shelf) const {
  return shelf.kind == LoginShelf::Kind::helper ? "docker-credential-" + shelf.helper
                                                : file_of(shelf).string();
}

HelperQuestion LoginStore::question(const LoginShelf& shelf) const {
  return {shelf.helper, shelf.server, helper_environment(configuration_)};
}

Result<SecretBytes> LoginStore::text_of(const LoginShelf& shelf) const {
  const std::filesystem::path file = file_of(shelf);
  if (file.empty() || is_missing(file)) return SecretBytes();
  if (shelf.kind == LoginShelf::Kind::own) return own_text(file);
  Result<FileText> text = read_file(file, kLoginFileLimit);
  if (!text) return Failure(text.error());
  SecretBytes bytes(text->text.begin(), text->text.end());
  wipe(text->text.data(), text->text.size());
  if (text->only_ours()) return bytes;
  return refused(file.string() + ": another user owns it or may write it",
                 "Check its content, then make it yours alone: chown to you and chmod 600.");
}

Result<LoginShelf> LoginStore::shelf_for(const LoginTarget& target, const std::string& server,
                                         std::optional<LoginShelf::Kind> wanted) const {
  const LoginShelf own{LoginShelf::Kind::own, {}, server};
  const LoginShelf dockers = config_json_shelf(docker_file_, server);
  if (wanted == LoginShelf::Kind::own) return own;
  if (wanted == LoginShelf::Kind::config_json) return dockers;
  const auto text = text_of(dockers);
  if (!text) return Failure(text.error());
  if (text->empty()) return own;
  const auto helper = helper_for(text_in_bytes(*text), target, docker_file_.string());
  if (!helper) return Failure(helper.error());
  if (!helper->empty()) return LoginShelf{LoginShelf::Kind::helper, *helper, server};
  return dockers;
}

Result<std::shared_ptr<const Login>> LoginStore::read(const LoginShelf& shelf,
                                                      const http::Control& control) const {
  SecretBook& book = *configuration_.impl().book;
  if (shelf.kind == LoginShelf::Kind::helper) return ask_helper(question(shelf), book, control);
  const auto text = text_of(shelf);
  if (!text) return Failure(text.error());
  if (text->empty()) return nullptr;
  return login_under(text_in_bytes(*text), shelf.server, file_of(shelf).string(), book);
}

Result<void> LoginStore::save(const LoginShelf& shelf, std::string_view user,
                              std::string_view secret, const http::Control& control) const {
  if (shelf.kind == LoginShelf::Kind::helper)
    return store_in_helper(question(shelf), user, secret, control);
  return edit(shelf, user, secret, control);
}

Result<void> LoginStore::erase(const LoginShelf& shelf, const http::Control& control) const {
  if (shelf.kind == LoginShelf::Kind::helper) return erase_in_helper(question(shelf), control);
  return edit(shelf, {}, {}, control);
}

Result<void> LoginStore::edit(const LoginShelf& shelf, std::string_view user,
                              std::string_view secret, const http::Control& control) const {
  const std::filesystem::path file = file_of(shelf);
  if (file.empty()) return no_place();
  const bool own = shelf.kind == LoginShelf::Kind::own;
  const PrivateFile private_file(file, kOwnLoginFormat);
  // Of Docker's folder as well: two of our programs do not lose each other's change.
  const auto lock = private_file.lock(kLockTime, control.stop);
  if (!lock) return Failure(lock.error());
  const auto text = text_of(shelf);
  if (!text) return Failure(text.error());
  if (text->empty() && secret.empty()) return {};
  const auto changed = edited_logins(text_in_bytes(*text), form_of(shelf.kind),
                                     {shelf.server, user, secret}, file.string());
  if (!changed) return Failure(changed.error());
  if (own) return private_file.write(text_in_bytes(*changed));
  std::error_code problem;
  const std::filesystem::path real = std::filesystem::weakly_canonical(file, problem);
  return write_file(problem ? file : real, text_in_bytes(*changed));
}

Result<std::map<std::string, std::string>> LoginStore::own_users() const {
  const auto text = text_of({LoginShelf::Kind::own, {}, {}});
  if (!text) return Failure(text.error());
  if (text->empty()) return std::map<std::string, std::string>();
  return users_of_logins(text_in_bytes(*text), own_file_.string());
}

}  // namespace dockerhub
