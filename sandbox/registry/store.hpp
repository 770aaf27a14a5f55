// What one registry holds, in memory: repositories with manifests, tags and blobs, and uploads that are
// under way. Repositories also carry what the Hub's management API tells of them. Not thread-safe: used
// under the lock of the reception.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "encoding/times.hpp"
#include "registry/manifest.hpp"

namespace dockerhub::sandbox {

struct Tag {
  std::uint64_t id = 0;
  std::string digest;
  UnixTime pushed = 0;
  std::optional<UnixTime> pulled;
};

struct Repository {
  std::uint64_t id = 0;
  std::string name;  // with its namespace
  bool is_private = false;
  std::string description, full_description;
  bool active = true;              // what the Hub calls its status
  bool immutable_tags = false;     // tags that a rule fits cannot be moved or deleted
  std::vector<std::string> rules;  // regular expressions (PCRE) for whole tags; none: every tag
  UnixTime registered = 0, updated = 0;
  std::uint64_t pulls = 0;
  std::map<std::string, Manifest, std::less<>> manifests;  // by digest
  std::map<std::string, Tag, std::less<>> tags;
  std::map<std::string, Body, std::less<>> blobs;  // by the digest that they were pushed with

  // By tag or digest.
  const Manifest* manifest(std::string_view reference) const;
  std::vector<std::string> tags_of(std::string_view digest) const;
  // Whether the tag is there and stays as it is.
  bool keeps(std::string_view tag) const;
  // Whether an index names the digest.
  bool has_parent(std::string_view digest) const;
  std::uint64_t size() const;  // bytes of all blobs
};

struct Upload {
  std::string repository;
  std::string bytes;
  std::uint64_t number = 0;  // in the order of their beginnings
  std::uint64_t state = 0;   // changes with each chunk
  bool last_chunk = false;   // one came that was too short to be followed by another
};

class Store {
 public:
  Repository* find(std::string_view name);
  const Repository* find(std::string_view name) const;
  // The repository, made where it is not there.
  Repository& get_or_add(const std::string& name);
  const std::map<std::string, Repository, std::less<>>& repositories() const {
    return repositories_;
  }

  // Puts a manifest and, where `tag` is not empty, the tag.
  void put_manifest(Repository& repository, Manifest manifest, const std::string& tag);
  void put_tag(Repository& repository, const std::string& tag, const std::string& digest);
  // Also takes away every tag of it.
  static void remove_manifest(Repository& repository, const std::string& digest);

  // Gives the upload's name. With `most` (0: no bound) under way the oldest ends.
  std::string begin_upload(const std::string& repository, std::size_t most);
  Upload* upload(std::string_view repository, std::string_view name);
  void end_upload(std::string_view name);

 private:
  std::map<std::string, Repository, std::less<>> repositories_;
  std::map<std::string, Upload, std::less<>> uploads_;
  std::uint64_t last_id_ = 0;
};

}  // namespace dockerhub::sandbox
