# dockerhub_add_module(<name> SOURCES <file>...
#                      [OUTPUT_DIRECTORY <dir>] [NO_INSTALL] [ALLOW_UNDEFINED])
#
# Makes <name>.so, a module for the kernel, from C (C99) and C++ (C++20) sources. It is built against
# headers only: DockerHub::abi, and DockerHub::sdk when there is a C++ source. It shows what module.map
# beside this file says and nothing else.
#
# In the project's own tree it is built into lib/dockerhub/plugins and installed there; with NO_INSTALL
# or OUTPUT_DIRECTORY (for modules of tests) it is not installed. Elsewhere, after
# find_package(DockerHub), it is built into OUTPUT_DIRECTORY or the current binary directory, and
# install rules are the caller's. ALLOW_UNDEFINED leaves unresolved symbols to the loader.

function(dockerhub_add_module name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "NO_INSTALL;ALLOW_UNDEFINED" "OUTPUT_DIRECTORY" "SOURCES")
  if(NOT arg_SOURCES)
    message(FATAL_ERROR "dockerhub_add_module(${name}): name the sources with SOURCES")
  endif()
  if(arg_UNPARSED_ARGUMENTS)
    message(FATAL_ERROR "dockerhub_add_module(${name}): unknown arguments ${arg_UNPARSED_ARGUMENTS}")
  endif()

  add_library(${name} MODULE ${arg_SOURCES})
  set_target_properties(${name} PROPERTIES
    PREFIX "" OUTPUT_NAME "${name}"
    C_STANDARD 99 C_STANDARD_REQUIRED ON C_EXTENSIONS OFF
    CXX_STANDARD 20 CXX_STANDARD_REQUIRED ON CXX_EXTENSIONS OFF
    POSITION_INDEPENDENT_CODE ON
    INSTALL_RPATH "")
  # Without these flags g++ makes unique symbols, and the library stays mapped after an unload.
  target_compile_options(${name} PRIVATE
    -fvisibility=hidden
    $<$<COMPILE_LANGUAGE:CXX>:-fvisibility-inlines-hidden>
    $<$<COMPILE_LANG_AND_ID:CXX,GNU>:-fno-gnu-unique>)

  target_link_libraries(${name} PRIVATE DockerHub::abi)
  if(arg_SOURCES MATCHES "\\.(cpp|cc|cxx)(;|$)")
    target_link_libraries(${name} PRIVATE DockerHub::sdk)
  endif()
  set(exports "${CMAKE_CURRENT_FUNCTION_LIST_DIR}/module.map")
  target_link_options(${name} PRIVATE "-Wl,--version-script=${exports}")
  set_property(TARGET ${name} APPEND PROPERTY LINK_DEPENDS "${exports}")
  # Sanitizer runtimes live in the program, so their symbols are unresolved in a module.
  if(NOT arg_ALLOW_UNDEFINED AND NOT DOCKERHUB_SANITIZE AND
     NOT "${CMAKE_C_FLAGS} ${CMAKE_CXX_FLAGS} ${CMAKE_MODULE_LINKER_FLAGS}" MATCHES "-fsanitize=")
    target_link_options(${name} PRIVATE -Wl,--no-undefined)
  endif()

  if(TARGET dockerhub_build_options)
    dockerhub_place_own_module(${name})
  elseif(arg_OUTPUT_DIRECTORY)
    set_target_properties(${name} PROPERTIES LIBRARY_OUTPUT_DIRECTORY "${arg_OUTPUT_DIRECTORY}")
  endif()
endfunction()

# The part of dockerhub_add_module that only the project's own tree has; sees its variables.
macro(dockerhub_place_own_module name)
  target_link_libraries(${name} PRIVATE dockerhub_build_options)
  if(arg_OUTPUT_DIRECTORY)
    set_target_properties(${name} PROPERTIES LIBRARY_OUTPUT_DIRECTORY "${arg_OUTPUT_DIRECTORY}")
  else()
    set_target_properties(${name} PROPERTIES
      LIBRARY_OUTPUT_DIRECTORY "${PROJECT_BINARY_DIR}/${DOCKERHUB_PLUGINDIR}")
    if(NOT arg_NO_INSTALL)
      install(TARGETS ${name} LIBRARY DESTINATION "${DOCKERHUB_PLUGINDIR}")
    endif()
  endif()
endmacro()
