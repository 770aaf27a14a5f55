#include "yaml/yaml_library.hpp"

#include "conversions.hpp"
#include "dockerhub/build_info.hpp"

extern "C" __attribute__((visibility("default"))) const dockerhub::yaml::Library dh_yaml_library = {
    dockerhub::kVersion, dockerhub::yaml::nodes_of, dockerhub::yaml::json_of,
    dockerhub::yaml::text_of};
