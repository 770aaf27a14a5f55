#include "dockerhub/abi.h"
#include "dockerhub/build_info.hpp"
#include "dockerhub/kernel.hpp"

namespace dockerhub {
namespace {

#define DOCKERHUB_TEXT_OF(number) #number
#define DOCKERHUB_DOTTED(major, minor) DOCKERHUB_TEXT_OF(major) "." DOCKERHUB_TEXT_OF(minor)
constexpr std::string_view kAbi = DOCKERHUB_DOTTED(DH_ABI_MAJOR, DH_ABI_MINOR);

}  // namespace

Version version() {
  return {kVersion, kAbi, commit()};
}

}  // namespace dockerhub
