# dockerhub_embed_text(<target> <variable> <file>)
#
# Compiles the text of <file> into <target> as `extern const std::string_view <variable>` in namespace
# dockerhub. The declaration is in <embedded/NAME.hpp>, where NAME is the file's name without its last
# extension and with every character that no identifier has as `_`
# (manifest-1.schema.json: <embedded/manifest_1_schema.hpp>).
set(DOCKERHUB_EMBED_SCRIPT "${CMAKE_CURRENT_LIST_DIR}/write_embedded_text.cmake")

function(dockerhub_embed_text target variable file)
  cmake_path(ABSOLUTE_PATH file BASE_DIRECTORY "${CMAKE_CURRENT_SOURCE_DIR}" NORMALIZE)
  cmake_path(GET file STEM LAST_ONLY stem)
  string(MAKE_C_IDENTIFIER "${stem}" name)
  set(folder "${CMAKE_CURRENT_BINARY_DIR}/generated/${target}")
  set(source "${folder}/embedded/${name}.cpp")
  set(header "${folder}/embedded/${name}.hpp")
  add_custom_command(
    OUTPUT "${source}" "${header}"
    COMMAND "${CMAKE_COMMAND}"
      -D "INPUT=${file}" -D "SOURCE=${source}" -D "HEADER=${header}"
      -D "NAME=${name}" -D "VARIABLE=${variable}"
      -P "${DOCKERHUB_EMBED_SCRIPT}"
    DEPENDS "${file}" "${DOCKERHUB_EMBED_SCRIPT}"
    COMMENT "Embedding ${stem}"
    VERBATIM)
  target_sources(${target} PRIVATE "${source}" "${header}")
  target_include_directories(${target} PUBLIC "$<BUILD_INTERFACE:${folder}>")
  add_custom_target(${target}_${name}_text DEPENDS "${source}" "${header}")
  add_dependencies(${target} ${target}_${name}_text)
  add_dependencies(generated_sources ${target}_${name}_text)
endfunction()
