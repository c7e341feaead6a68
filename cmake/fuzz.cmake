# Fuzzing. Every tests/fuzz/NAME_fuzz.c has one LLVMFuzzerTestOneInput(). With SOFTANSWER_FUZZ (clang) it becomes a libFuzzer
# program, fuzz_NAME; in every other build it replays what is kept in tests/fuzz/corpus/NAME, and CTest runs that as
# fuzz/NAME: a crash that was found once is tested for ever.

if(NOT TARGET kit_desk)
  include(cmake/kit.cmake)
endif()

file(GLOB fuzz_sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/tests/fuzz/*_fuzz.c)
foreach(source IN LISTS fuzz_sources)
  get_filename_component(name ${source} NAME_WE)
  string(REGEX REPLACE "_fuzz$" "" name ${name})
  add_executable(fuzz_${name} ${source})
  target_link_libraries(fuzz_${name} PRIVATE kit_desk)
  target_include_directories(fuzz_${name} PRIVATE ${CMAKE_SOURCE_DIR})
  if(SOFTANSWER_FUZZ)
    target_link_options(fuzz_${name} PRIVATE -fsanitize=fuzzer)
  else()
    target_sources(fuzz_${name} PRIVATE ${CMAKE_SOURCE_DIR}/tests/fuzz/replay.c)
    add_test(NAME fuzz/${name} COMMAND fuzz_${name} ${CMAKE_SOURCE_DIR}/tests/fuzz/corpus/${name})
    set_tests_properties(fuzz/${name} PROPERTIES LABELS fuzz TIMEOUT 120)
    add_dependencies(facts fuzz_${name})
  endif()
endforeach()
