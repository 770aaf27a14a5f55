// A kernel for tests: its own home, its own settings, the modules of the build tree. What the
// process's environment holds does not matter to it.
#pragma once

#include <gtest/gtest.h>
#include <rapidjson/document.h>
#include <rapidjson/writer.h>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <memory>
#include <string>

#include "dockerhub/kernel.hpp"

namespace dockerhub::test {

class TemporaryHome {
 public:
  TemporaryHome() {
    std::string pattern =
        (std::filesystem::temp_directory_path() / "dockerhub-test-XXXXXX").string();
    path_ = mkdtemp(pattern.data());
  }
  ~TemporaryHome() { std::filesystem::remove_all(path_); }
  TemporaryHome(const TemporaryHome&) = delete;
  TemporaryHome& operator=(const TemporaryHome&) = delete;
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

class TestKernel {
 public:
  using Variables = std::map<std::string, std::string>;

  explicit TestKernel(Variables variables = {}, Hooks hooks = {}) {
    variables.emplace("HOME", home_.path().string());
    variables.emplace("XDG_CONFIG_HOME", (home_.path() / "config").string());
    variables.emplace("XDG_DATA_HOME", (home_.path() / "data").string());
    variables.emplace("DOCKERHUB_PLUGIN_PATH", modules().string());
    share_cache(variables);
    std::filesystem::create_directory(modules());
    ConfigurationSources sources;
    sources.system_file.clear();
    sources.environment = std::move(variables);
    if (!hooks.log) hooks.log = [](LogLevel, std::string_view) {};
    auto configuration = Configuration::load(sources);
    if (!configuration) throw std::runtime_error(configuration.error().message);
    auto kernel = Kernel::create(*configuration, std::move(hooks));
    if (!kernel) throw std::runtime_error(kernel.error().message);
    kernel_ = std::move(*kernel);
  }

  // Installs one of the test modules in the kernel's own folder, and trusts it.
  void trust(const std::string& file) {
    std::filesystem::copy_file(std::filesystem::path(DOCKERHUB_TEST_MODULES) / file,
                               modules() / file);
    const auto trusted = kernel_->trust(modules() / file);
    if (!trusted) throw std::runtime_error(trusted.error().message);
    kernel_->rescan();
  }

  Kernel& operator*() { return *kernel_; }
  Kernel* operator->() { return kernel_.get(); }

 private:
  // That the modules of the build tree keep all rules is the longest part of making a kernel: install.known_manifests
  // leaves it behind, sealed with a key that has to be there, too.
  void share_cache(Variables& variables) const {
    namespace fs = std::filesystem;
    const fs::path shared = DOCKERHUB_BUILD_DIR "/test-cache";
    const fs::path key = shared / "dockerhub" / "kept-key.json";
    if (!fs::exists(key) || variables.count("XDG_STATE_HOME") > 0) return;
    const fs::path state = home_.path() / ".local" / "state" / "dockerhub";
    fs::create_directories(state);
    fs::copy_file(key, state / key.filename(), fs::copy_options::skip_existing);
    variables.emplace("XDG_CACHE_HOME", shared.string());
  }

  std::filesystem::path modules() const { return home_.path() / "modules"; }

  TemporaryHome home_;
  std::unique_ptr<Kernel> kernel_;
};

using Variables = TestKernel::Variables;

inline CallRequest request(std::string tool, std::string action, std::string params = "{}") {
  CallRequest request;
  request.tool = std::move(tool);
  request.action = std::move(action);
  request.params = std::move(params);
  return request;
}

inline rapidjson::Document parsed(const std::string& json) {
  rapidjson::Document document;
  document.Parse(json.data(), json.size());
  EXPECT_FALSE(document.HasParseError()) << json;
  return document;
}

// The data of a call that went well.
inline std::string data_of(const CallResult& result) {
  EXPECT_FALSE(result.error) << result.envelope;
  const rapidjson::Document envelope = parsed(result.envelope);
  rapidjson::StringBuffer buffer;
  rapidjson::Writer<rapidjson::StringBuffer> writer(buffer);
  envelope["data"].Accept(writer);
  return buffer.GetString();
}

}  // namespace dockerhub::test
