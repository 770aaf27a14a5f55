// A ModuleTable over two places in a folder of the test: `installed` and `configured`, both empty
// at first. Modules are copied there from the built test modules.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "../temporary_folder.hpp"
#include "modules/module_table.hpp"

namespace dockerhub {

class TableFixture : public testing::Test {
 protected:
  TableFixture();

  // Puts a test module there, replacing a file of that name at once.
  std::filesystem::path put(const std::string& module, const std::string& folder,
                            std::string as = {});
  std::filesystem::path install(const std::string& module) { return put(module, "installed"); }

  // The table, which has looked at its places.
  ModuleTable& table();
  ModuleTable::Options options();

  // What became of the file of that name.
  ModuleInfo info(const std::string& file_name);
  std::string reason(const std::string& file_name) { return info(file_name).reason; }
  std::vector<std::string> tools();

  // The changes that were told since the last time.
  std::vector<Change::Kind> told();

  TemporaryFolder folder_;
  std::function<Result<bool>(const std::vector<std::string>&)> toggle_;
  std::function<Result<void>(const Manifest&)> accept_;
  MakeHost make_host_;

 private:
  std::mutex mutex_;
  std::vector<Change::Kind> told_;
  std::unique_ptr<ModuleTable> table_;
};

}  // namespace dockerhub
