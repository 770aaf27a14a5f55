#include "table_fixture.hpp"

#include <utility>

namespace dockerhub {
namespace {

namespace fs = std::filesystem;

const void* no_extension(const dh_host*, dh_str) {
  return nullptr;
}

std::shared_ptr<const dh_host> bare_host(const Manifest&) {
  return std::make_shared<const dh_host>(
      dh_host{sizeof(dh_host), DH_ABI_MAJOR, DH_ABI_MINOR, nullptr, no_extension});
}

}  // namespace

TableFixture::TableFixture() : make_host_(bare_host) {
  fs::create_directory(folder_.path() / "installed");
  fs::create_directory(folder_.path() / "configured");
}

fs::path TableFixture::put(const std::string& module, const std::string& folder, std::string as) {
  if (as.empty()) as = module + ".so";
  fs::path file = folder_.path() / folder / as;
  const fs::path fresh = folder_.path() / "new";
  fs::copy_file(fs::path(DOCKERHUB_TEST_MODULES_DIR) / (module + ".so"), fresh);
  fs::permissions(fresh, static_cast<fs::perms>(0755));
  fs::rename(fresh, file);
  return file;
}

ModuleTable::Options TableFixture::options() {
  ModuleTable::Options options;
  options.places = {{folder_.path() / "configured", "configured"},
                    {folder_.path() / "installed", "installed"}};
  options.trust_file = folder_.path() / "user" / "trusted-modules.json";
  options.known_manifests = {folder_.path() / "cache" / "manifest-outlines",
                             folder_.path() / "state" / "kept-key.json"};
  options.host_extensions = {"call/1", "ask/1", "identity/1", "log/1", "emit/1"};
  options.features = {"request/1"};
  options.toggle = toggle_;
  options.accept = accept_;
  options.make_host = make_host_;
  options.changed = [this](const Change& change) {
    const std::lock_guard lock(mutex_);
    told_.push_back(change.kind);
  };
  return options;
}

ModuleTable& TableFixture::table() {
  if (table_ == nullptr) {
    table_ = std::make_unique<ModuleTable>(options());
    const auto found = table_->rescan();
    EXPECT_TRUE(found) << found.error().message;
  }
  return *table_;
}

ModuleInfo TableFixture::info(const std::string& file_name) {
  for (const ModuleInfo& info : table().list()) {
    if (info.file.filename() == file_name) return info;
  }
  ADD_FAILURE() << file_name << " is not in the list";
  return {};
}

std::vector<std::string> TableFixture::tools() {
  std::vector<std::string> names;
  for (const Tool& tool : table().snapshot()->catalogue.tools) names.push_back(tool.name);
  return names;
}

std::vector<Change::Kind> TableFixture::told() {
  const std::lock_guard lock(mutex_);
  return std::exchange(told_, {});
}

}  // namespace dockerhub
