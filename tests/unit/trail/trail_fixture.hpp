// A trail in a folder of one test, and its files.
#pragma once

#include <gtest/gtest.h>

#include <fstream>
#include <memory>
#include <sstream>
#include <string>

#include "../temporary_folder.hpp"
#include "trail/trail.hpp"

namespace dockerhub {

class TrailTest : public testing::Test {
 protected:
  Trail trail(std::string_view key = {}) const {
    return {folder(), key.empty() ? nullptr : book_->learn(key), book_};
  }

  static std::string members(std::uint64_t number) {
    return "\"n\":" + std::to_string(number) + ",\"what\":\"test\"";
  }

  void record(int entries, std::string_view key = {}) const {
    Trail kept = trail(key);
    for (int i = 0; i < entries; ++i) {
      const auto done = kept.append(members);
      ASSERT_TRUE(done) << done.error().message;
    }
  }

  // "N entries", then faults and remarks; or the error.
  std::string verified(std::string_view key = {}) const {
    const auto report = trail(key).verify({});
    if (!report) return "error: " + report.error().message;
    std::string text = std::to_string(report->entries) + " entries";
    for (const std::string& fault : report->faults) text += "; fault: " + fault;
    for (const std::string& remark : report->remarks) text += "; remark: " + remark;
    return text;
  }

  std::filesystem::path folder() const { return folder_.path() / "trail"; }
  std::filesystem::path file(const std::string& name) const { return folder() / name; }

  std::string read(const std::string& name) const {
    std::ostringstream text;
    text << std::ifstream(file(name), std::ios::binary).rdbuf();
    return text.str();
  }
  void write(const std::string& name, std::string_view text) const {
    folder_.write("trail/" + name, text);
  }

  TemporaryFolder folder_;
  std::shared_ptr<SecretBook> book_ = std::make_shared<SecretBook>();
};

}  // namespace dockerhub
