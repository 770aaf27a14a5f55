# Install rules of what does not belong to one folder, and the CMake package that
# find_package(DockerHub) finds. Nothing in it holds an absolute path.
include(CMakePackageConfigHelpers)

install(TARGETS dockerhub dockerhub_abi dockerhub_sdk EXPORT DockerHubTargets
  LIBRARY DESTINATION "${DOCKERHUB_LIBDIR}"
  INCLUDES DESTINATION "${DOCKERHUB_INCLUDEDIR}")
install(DIRECTORY "${PROJECT_SOURCE_DIR}/kernel/include/dockerhub"
  DESTINATION "${DOCKERHUB_INCLUDEDIR}" FILES_MATCHING PATTERN "*.h" PATTERN "*.hpp")
install(DIRECTORY "${PROJECT_SOURCE_DIR}/kernel/share/" DESTINATION "${DOCKERHUB_DATADIR}")
install(FILES README.md LICENSE CHANGELOG.md SECURITY.md DESTINATION "${DOCKERHUB_DOCDIR}")
install(DIRECTORY docs DESTINATION "${DOCKERHUB_DOCDIR}")

install(EXPORT DockerHubTargets NAMESPACE DockerHub:: DESTINATION "${DOCKERHUB_CMAKEDIR}")
configure_package_config_file(
  "${PROJECT_SOURCE_DIR}/cmake/DockerHubConfig.cmake.in"
  "${PROJECT_BINARY_DIR}/generated/DockerHubConfig.cmake"
  INSTALL_DESTINATION "${DOCKERHUB_CMAKEDIR}"
  NO_SET_AND_CHECK_MACRO)
# Before 1.0 a minor version may change interfaces.
write_basic_package_version_file("${PROJECT_BINARY_DIR}/generated/DockerHubConfigVersion.cmake"
  COMPATIBILITY SameMinorVersion)
install(FILES
  "${PROJECT_BINARY_DIR}/generated/DockerHubConfig.cmake"
  "${PROJECT_BINARY_DIR}/generated/DockerHubConfigVersion.cmake"
  "${PROJECT_SOURCE_DIR}/cmake/DockerHubModule.cmake"
  "${PROJECT_SOURCE_DIR}/cmake/module.map"
  DESTINATION "${DOCKERHUB_CMAKEDIR}")

# The last rule: it starts the programs that the others install.
include(man_pages)
