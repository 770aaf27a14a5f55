# dockerhub_build_info: gives <dockerhub/build_info.hpp> with version and commit.
set(DOCKERHUB_COMMIT "" CACHE STRING "Commit that --version shows (empty: asked of git)")

set(DOCKERHUB_BUILD_COMMIT "${DOCKERHUB_COMMIT}")
if(NOT DOCKERHUB_BUILD_COMMIT)
  find_package(Git QUIET)
  if(GIT_FOUND)
    execute_process(
      COMMAND "${GIT_EXECUTABLE}" rev-parse --short HEAD
      WORKING_DIRECTORY "${PROJECT_SOURCE_DIR}"
      OUTPUT_VARIABLE DOCKERHUB_BUILD_COMMIT OUTPUT_STRIP_TRAILING_WHITESPACE
      ERROR_QUIET RESULT_VARIABLE git_status)
    if(NOT git_status EQUAL 0)
      set(DOCKERHUB_BUILD_COMMIT "")
    endif()
    # This file grows with every commit and checkout.
    if(EXISTS "${PROJECT_SOURCE_DIR}/.git/logs/HEAD")
      set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS
        "${PROJECT_SOURCE_DIR}/.git/logs/HEAD")
    endif()
  endif()
endif()
if(NOT DOCKERHUB_BUILD_COMMIT)
  set(DOCKERHUB_BUILD_COMMIT "unknown")
endif()

configure_file("${PROJECT_SOURCE_DIR}/cmake/build_info.hpp.in"
  "${PROJECT_BINARY_DIR}/generated/dockerhub/build_info.hpp" @ONLY)
configure_file("${PROJECT_SOURCE_DIR}/cmake/build_commit.cpp.in"
  "${PROJECT_BINARY_DIR}/generated/build_commit.cpp" @ONLY)
add_library(dockerhub_build_info STATIC "${PROJECT_BINARY_DIR}/generated/build_commit.cpp")
target_include_directories(dockerhub_build_info PUBLIC "${PROJECT_BINARY_DIR}/generated")
target_link_libraries(dockerhub_build_info PRIVATE dockerhub_build_options)
