# Where things lie. The build tree has the layout of the installed tree (bin/, lib/,
# lib/dockerhub/plugins/, share/dockerhub/), so that programs find modules and data relative to
# libdockerhub in both. "lib" is fixed: a tree with lib/<architecture> could not be moved as one.
set(DOCKERHUB_BINDIR bin)
set(DOCKERHUB_LIBDIR lib)
# Programs that only programs start: none of them is a command.
set(DOCKERHUB_LIBEXECDIR libexec/dockerhub)
set(DOCKERHUB_PLUGINDIR lib/dockerhub/plugins)
set(DOCKERHUB_TLSDIR lib/dockerhub)
set(DOCKERHUB_INCLUDEDIR include)
set(DOCKERHUB_CMAKEDIR lib/cmake/DockerHub)
set(DOCKERHUB_DATADIR share/dockerhub)
set(DOCKERHUB_DOCDIR share/doc/dockerhub)
set(DOCKERHUB_MANDIR share/man)

set(CMAKE_RUNTIME_OUTPUT_DIRECTORY "${PROJECT_BINARY_DIR}/${DOCKERHUB_BINDIR}")
set(CMAKE_LIBRARY_OUTPUT_DIRECTORY "${PROJECT_BINARY_DIR}/${DOCKERHUB_LIBDIR}")
set(CMAKE_ARCHIVE_OUTPUT_DIRECTORY "${PROJECT_BINARY_DIR}/${DOCKERHUB_LIBDIR}")

# The same RPATH in both trees, so that also the build tree may be moved. (A separate one for the build
# tree is padded with an empty entry, which means the current directory.)
set(CMAKE_BUILD_WITH_INSTALL_RPATH ON)
set(CMAKE_INSTALL_RPATH "$ORIGIN/../${DOCKERHUB_LIBDIR}")

# Data that the kernel reads at run time lies in the build tree where it will be installed.
file(GLOB dockerhub_data CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/kernel/share/*")
foreach(file IN LISTS dockerhub_data)
  cmake_path(GET file FILENAME name)
  configure_file("${file}" "${PROJECT_BINARY_DIR}/${DOCKERHUB_DATADIR}/${name}" COPYONLY)
endforeach()
