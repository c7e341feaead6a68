# The kit of the tests: a whole desk on a virtual clock (tests/kit/desk.h), with queries of its own: the set of kit.sql is called
# kit_queries. The fuzz targets use it too.

file(GLOB_RECURSE kit_sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/tests/kit/*.c)
set(kit_desk_sources ${kit_sources})
list(FILTER kit_desk_sources INCLUDE REGEX "/desk[a-z_]*\\.c$")
list(FILTER kit_desk_sources EXCLUDE REGEX "_test\\.c$")
list(FILTER kit_sources EXCLUDE REGEX "/desk[a-z_]*\\.c$")
list(FILTER kit_sources EXCLUDE REGEX "/database\\.c$")
file(GLOB kit_queries CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/tests/kit/*.sql ${CMAKE_SOURCE_DIR}/tests/sim/*.sql)
# Where the stores of the tests are: files, or schemas of a server.
add_library(kit_database STATIC ${CMAKE_SOURCE_DIR}/tests/kit/database.c)
target_include_directories(kit_database PUBLIC ${CMAKE_SOURCE_DIR})
target_link_libraries(kit_database PUBLIC room_store)
set(kit_sql ${CMAKE_BINARY_DIR}/gen/kit/sql)
file(MAKE_DIRECTORY ${kit_sql})
add_custom_command(OUTPUT ${kit_sql}/kit_sql.c ${kit_sql}/kit_sql.h ${kit_sql}/year_sql.c ${kit_sql}/year_sql.h ${kit_sql}/queries.c
  COMMAND ${briefly} $<TARGET_FILE:sqlgen> ${kit_sql} ${kit_queries}
  DEPENDS sqlgen ${kit_queries} VERBATIM)
add_library(kit_desk STATIC ${kit_desk_sources} ${kit_sql}/kit_sql.c ${kit_sql}/year_sql.c ${kit_sql}/queries.c)
set_source_files_properties(${kit_sql}/queries.c PROPERTIES COMPILE_DEFINITIONS desk_queries=kit_queries)
target_include_directories(kit_desk PUBLIC ${CMAKE_SOURCE_DIR} ${CMAKE_BINARY_DIR}/gen/kit)
target_link_libraries(kit_desk PUBLIC room_app kit_database)
