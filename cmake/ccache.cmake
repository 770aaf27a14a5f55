# Compiles through ccache where it is installed and nobody chose a launcher. Another checkout of the same sources
# finds in the cache what this one compiled. A precompiled header is taken into account only when ccache is told
# that the macros in it do not matter by themselves.
find_program(DOCKERHUB_CCACHE ccache)
mark_as_advanced(DOCKERHUB_CCACHE)
if(DOCKERHUB_CCACHE)
  set(launcher env "CCACHE_BASEDIR=${PROJECT_SOURCE_DIR}" CCACHE_NOHASHDIR=1)
  if(DOCKERHUB_PRECOMPILED_HEADERS)
    list(APPEND launcher CCACHE_SLOPPINESS=pch_defines,time_macros)
  endif()
  list(APPEND launcher "${DOCKERHUB_CCACHE}")
  foreach(language C CXX)
    if(NOT DEFINED CMAKE_${language}_COMPILER_LAUNCHER)
      set(CMAKE_${language}_COMPILER_LAUNCHER "${launcher}")
    endif()
  endforeach()
endif()
