#include "encoding/gzip.hpp"

#include <Poco/DeflatingStream.h>

#include <algorithm>
#include <sstream>

namespace dockerhub::sandbox {

std::string gzip(std::string_view bytes, std::size_t spaces) {
  constexpr std::size_t piece = 65'536;
  std::ostringstream packed;
  Poco::DeflatingOutputStream packing(packed, Poco::DeflatingStreamBuf::STREAM_GZIP);
  packing.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  const std::string blank(std::min(spaces, piece), ' ');
  while (spaces > 0) {
    const std::size_t size = std::min(spaces, blank.size());
    packing.write(blank.data(), static_cast<std::streamsize>(size));
    spaces -= size;
  }
  packing.close();
  return packed.str();
}

}  // namespace dockerhub::sandbox
