# Counts which lines ran, for gcovr.
option(DOCKERHUB_COVERAGE "Instrument for gcovr" OFF)
add_library(dockerhub_coverage INTERFACE)
if(DOCKERHUB_COVERAGE)
  target_compile_options(dockerhub_coverage INTERFACE --coverage -fprofile-update=atomic)
  target_link_options(dockerhub_coverage INTERFACE --coverage)
endif()
