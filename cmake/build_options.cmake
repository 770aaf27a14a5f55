# dockerhub_build_options: linked PRIVATE by every target of this project. Everything is hidden unless
# it is marked for export. -fno-gnu-unique: g++ would otherwise make templates and inline statics
# STB_GNU_UNIQUE symbols, which keep a library mapped after dlclose (clang has no such option).
add_library(dockerhub_visibility INTERFACE)
target_compile_options(dockerhub_visibility INTERFACE
  -fvisibility=hidden
  $<$<COMPILE_LANGUAGE:CXX>:-fvisibility-inlines-hidden>
  $<$<COMPILE_LANG_AND_ID:CXX,GNU>:-fno-gnu-unique>)

add_library(dockerhub_build_options INTERFACE)
target_link_libraries(dockerhub_build_options INTERFACE
  dockerhub_warnings dockerhub_visibility dockerhub_sanitizers dockerhub_hardening
  dockerhub_coverage)

# Built before any analysis that only needs the sources, not the programs.
add_custom_target(generated_sources)
