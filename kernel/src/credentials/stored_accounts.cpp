#include "credentials/stored_accounts.hpp"

#include <algorithm>
#include <array>

#include "base/json.hpp"
#include "config/environment.hpp"
#include "config/values.hpp"

namespace dockerhub {
namespace {

constexpr int kAccountFormat = 1;
constexpr std::size_t kAccountFileLimit = 256 * 1024;
constexpr std::array<std::string_view, 3> kShelfNames = {"helper", "config.json", "logins.json"};

std::string owned(std::string_view text) {
  return std::string(text);
}

LoginShelf shelf_of(const json::Value& row) {
  LoginShelf shelf;
  const auto found =
      std::find(kShelfNames.begin(), kShelfNames.end(), json::text_of(row, "kept_in"));
  if (found != kShelfNames.end())
    shelf.kind = static_cast<LoginShelf::Kind>(found - kShelfNames.begin());
  shelf.helper = owned(json::text_of(row, "helper"));
  shelf.server = owned(json::text_of(row, "server"));
  shelf.file = owned(json::text_of(row, "file"));
  return shelf;
}

StoredAccount account_of(const json::Value& row) {
  StoredAccount account;
  account.name = owned(json::text_of(row, "name"));
  account.user = owned(json::text_of(row, "user"));
  account.kind = owned(json::text_of(row, "kind"));
  account.shelf = shelf_of(row);
  const json::Value* const urls = json::find(row, "urls");
  if (urls == nullptr || !urls->IsObject()) return account;
  for (const char* const key : {"hub.url", "scout.url", "registry.url"}) {
    const std::string_view url = json::text_of(*urls, key);
    if (!url.empty()) account.urls.emplace(key, url);
  }
  return account;
}

void put_account(json::Writer& writer, const StoredAccount& account) {
  writer.StartObject();
  json::put_filled(writer, "name", account.name);
  json::put_filled(writer, "user", account.user);
  json::put_filled(writer, "kind", account.kind);
  json::put_filled(writer, "kept_in", kShelfNames[static_cast<std::size_t>(account.shelf.kind)]);
  json::put_filled(writer, "helper", account.shelf.helper);
  json::put_filled(writer, "server", account.shelf.server);
  json::put_filled(writer, "file", account.shelf.file);
  json::put_key(writer, "urls");
  writer.StartObject();
  for (const auto& [key, url] : account.urls) json::put_filled(writer, key, url);
  writer.EndObject();
  writer.EndObject();
}

}  // namespace

const StoredAccount* AccountList::find(std::string_view name) const {
  const auto found =
      std::find_if(accounts.begin(), accounts.end(),
                   [&](const StoredAccount& account) { return account.name == name; });
  return found == accounts.end() ? nullptr : &*found;
}

void AccountList::put(StoredAccount account) {
  for (StoredAccount& known : accounts) {
    if (known.name != account.name) continue;
    known = std::move(account);
    return;
  }
  accounts.push_back(std::move(account));
}

bool AccountList::remove(std::string_view name) {
  if (current == name) current.clear();
  return std::erase_if(accounts,
                       [&](const StoredAccount& account) { return account.name == name; }) != 0;
}

std::filesystem::path login_folder(const Configuration& configuration) {
  if (configuration.has("credentials.folder")) return configuration.text("credentials.folder");
  return xdg_folder(named_folder(configuration.impl(), "XDG_CONFIG_HOME").native(),
                    named_folder(configuration.impl(), "HOME").native(), ".config");
}

bool is_account_name(std::string_view name) {
  constexpr std::string_view kLetters =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-";
  constexpr std::size_t kLongestName = 100;
  return !name.empty() && name.size() <= kLongestName && name.front() != '-' &&
         name.find_first_not_of(kLetters) == std::string_view::npos;
}

AccountFile::AccountFile(const std::filesystem::path& folder)
    : file_(folder.empty() ? folder : folder / "accounts.json", kAccountFormat) {}

Result<AccountList> AccountFile::read() const {
  AccountList list;
  if (path().empty()) return list;
  const auto text = file_.read(kAccountFileLimit);
  if (!text) return Failure(text.error());
  if (!*text) return list;
  const auto document = json::parse(**text);
  if (!document) {
    return refused(path().string() + ": " + document.error().message,
                   "Correct the file, or move it away and log in again.");
  }
  list.current = owned(json::text_of(*document, "current"));
  const json::Value* const rows = json::find(*document, "accounts");
  if (rows == nullptr || !rows->IsArray()) return list;
  for (rapidjson::SizeType i = 0; i < rows->Size(); ++i) {
    StoredAccount account = account_of((*rows)[i]);
    if (is_account_name(account.name)) list.put(std::move(account));
  }
  return list;
}

Result<void> AccountFile::write(const AccountList& list) const {
  if (path().empty()) {
    return refused("there is no place for accounts: neither XDG_CONFIG_HOME nor HOME is set",
                   "Set HOME, or DOCKERHUB_CREDENTIALS_DIR.");
  }
  json::Buffer buffer;
  json::Writer writer(buffer);
  writer.StartObject();
  json::put_key(writer, "version");
  writer.Int(kAccountFormat);
  json::put_filled(writer, "current", list.current);
  json::put_key(writer, "accounts");
  writer.StartArray();
  for (const StoredAccount& account : list.accounts) put_account(writer, account);
  writer.EndArray();
  writer.EndObject();
  return file_.write(std::string(buffer.GetString(), buffer.GetSize()) + "\n");
}

}  // namespace dockerhub
