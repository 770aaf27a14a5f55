// The repository that a clean-up is about, and its requests. Texts of a request live as long as the place.
#pragma once

#include <dockerhub/sdk/context.hpp>
#include <string>
#include <string_view>

namespace dockerhub::repos::cleanup {

class Place {
 public:
  // Of the parameters of the call.
  explicit Place(sdk::Context& ctx);

  const std::string& name_space() const { return name_space_; }
  const std::string& repository() const { return repository_; }
  std::string name() const { return name_space_ + "/" + repository_; }

  sdk::Request tag_page(std::uint64_t number, std::uint64_t size) const;
  sdk::Request tag(std::string_view method, std::string_view name) const;
  // At Docker's registry; `reference` is a tag or a digest.
  sdk::Request manifest(std::string_view method, std::string_view reference) const;

 private:
  std::string name_space_, repository_, host_;
};

}  // namespace dockerhub::repos::cleanup
