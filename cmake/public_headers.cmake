# DockerHub::abi (the C header) and DockerHub::sdk (the C++ SDK over it): header targets that modules
# are built against, in this tree and from the installed package.
add_library(dockerhub_abi INTERFACE)
add_library(DockerHub::abi ALIAS dockerhub_abi)
set_target_properties(dockerhub_abi PROPERTIES EXPORT_NAME abi)
target_include_directories(dockerhub_abi INTERFACE
  "$<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}/kernel/include>"
  "$<INSTALL_INTERFACE:${DOCKERHUB_INCLUDEDIR}>")

add_library(dockerhub_sdk INTERFACE)
add_library(DockerHub::sdk ALIAS dockerhub_sdk)
set_target_properties(dockerhub_sdk PROPERTIES EXPORT_NAME sdk)
target_link_libraries(dockerhub_sdk INTERFACE dockerhub_abi)
# A manifest is made by constant evaluation, which the compilers' defaults cut off too early.
target_compile_options(dockerhub_sdk INTERFACE
  $<$<COMPILE_LANG_AND_ID:CXX,GNU>:-fconstexpr-ops-limit=500000000>
  $<$<COMPILE_LANG_AND_ID:CXX,Clang>:-fconstexpr-steps=50000000>)
