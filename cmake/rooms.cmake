# room(NAME BELOW...): src/NAME as a static library. *_test.c files are programs of their own and main.c is the program,
# with program_version.c: it knows the commit, and is all that is made anew for another one.
function(room name)
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/src/${name}/*.c ${CMAKE_SOURCE_DIR}/src/${name}/*.S)
  list(FILTER sources EXCLUDE REGEX "_test\\.c$|/(main|program_version)\\.c$")
  if(name STREQUAL "desk")
    list(FILTER sources EXCLUDE REGEX "_api\\.c$")
  endif()
  if(name STREQUAL "edge")
    # The doors of the nouns count as edge, wherever they lie (house.md, 3).
    file(GLOB_RECURSE doors CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/src/desk/*_api.c)
    list(APPEND sources ${doors})
  endif()
  if(NOT sources) # a library must have one
    file(MAKE_DIRECTORY ${CMAKE_BINARY_DIR}/gen)
    file(TOUCH ${CMAKE_BINARY_DIR}/gen/empty.c)
    set(sources ${CMAKE_BINARY_DIR}/gen/empty.c)
  endif()
  add_library(room_${name} STATIC ${sources})
  target_link_libraries(room_${name} PUBLIC flags)
  foreach(below IN LISTS ARGN)
    target_link_libraries(room_${name} PUBLIC room_${below})
  endforeach()
endfunction()
