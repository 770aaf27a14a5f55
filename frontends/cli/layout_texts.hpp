// The two files of an OCI image layout beside its blobs, for stores that show another form as one (OCI image-spec
// 1.1.1, image-layout.md). Pure; any thread.
#pragma once

#include <nettle/sha2.h>

#include <cstdint>
#include <string>
#include <string_view>

namespace dockerhub::cli {

inline constexpr std::string_view kLayoutFile = "oci-layout";
inline constexpr std::string_view kLayoutIndex = "index.json";
inline constexpr std::string_view kLayoutBlobs = "blobs/sha256/";
inline constexpr std::string_view kLayoutVersion = R"({"imageLayoutVersion":"1.0.0"})";

// Of a store that has room for one image.
inline constexpr std::string_view kOneImageLayout =
    R"({"imageLayoutVersion":"1.0.0","mostImages":1})";

// Of bytes that come in pieces. hex(): 64 digits in lower case, once.
class Sha256 {
 public:
  Sha256();
  void update(std::string_view bytes);
  std::string hex();

 private:
  sha256_ctx state_;
};
std::string sha256_of(std::string_view bytes);
bool is_sha256(std::string_view text);

// A descriptor, JSON. `hex`: of its digest; `name`: its tag, empty for none.
std::string layout_entry(std::string_view media_type, std::string_view hex, std::uint64_t size,
                         std::string_view name = {});

// `entries`: descriptors with commas between them.
std::string layout_index(std::string_view entries);

}  // namespace dockerhub::cli
