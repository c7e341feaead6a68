# What is made from other files at build time: queries from .sql files, and the embedded pages and migrations.

add_executable(sqlgen tools/sqlgen.c tools/sqlgen_read.c tools/sqlgen_declaration.c tools/sqlgen_text.c)
target_link_libraries(sqlgen PRIVATE flags)
add_executable(embed tools/embed.c)
target_link_libraries(embed PRIVATE flags)
# They run for a moment and free nothing: a sanitizer need not mind.
set(briefly ${CMAKE_COMMAND} -E env ASAN_OPTIONS=detect_leaks=0)

# generate_queries(ROOM): typed C functions from every .sql file below src/ROOM, as gen/sql/NOUN_sql.h and .c, and
# gen/sql/queries.c with the table of all of them.
function(generate_queries room)
  file(GLOB_RECURSE files CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/src/${room}/*.sql)
  list(SORT files)
  set(made ${CMAKE_BINARY_DIR}/gen/sql/queries.c)
  set(headers)
  foreach(file IN LISTS files)
    # promise.sqlite.sql only adds an engine's own text to promise.sql.
    get_filename_component(name ${file} NAME)
    if(name MATCHES "^([a-z_0-9]+)\\.sql$")
      list(APPEND made ${CMAKE_BINARY_DIR}/gen/sql/${CMAKE_MATCH_1}_sql.c)
      list(APPEND headers ${CMAKE_BINARY_DIR}/gen/sql/${CMAKE_MATCH_1}_sql.h)
    endif()
  endforeach()
  add_custom_command(OUTPUT ${made} ${headers}
    COMMAND ${briefly} $<TARGET_FILE:sqlgen> ${CMAKE_BINARY_DIR}/gen/sql ${files}
    DEPENDS sqlgen ${files} VERBATIM)
  add_custom_target(queries DEPENDS ${made} ${headers})
  target_sources(room_${room} PRIVATE ${made})
  add_dependencies(room_${room} queries)
endfunction()

# generate_assets(ROOM): the migrations of sql/ (into the store) and the built pages (into ROOM), embedded.
function(generate_assets room)
  file(GLOB migrations CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/sql/*.sql)
  list(SORT migrations)
  set(migrations_made ${CMAKE_BINARY_DIR}/gen/embedded_migrations.S)
  add_custom_command(OUTPUT ${migrations_made}
    COMMAND ${briefly} $<TARGET_FILE:embed> ${migrations_made} migrations ${CMAKE_SOURCE_DIR}/sql ${migrations}
    DEPENDS embed ${migrations} VERBATIM)
  target_sources(room_store PRIVATE ${migrations_made})

  set(pages_made ${CMAKE_BINARY_DIR}/gen/embedded_pages.S)
  if(SOFTANSWER_WEB AND EXISTS ${CMAKE_SOURCE_DIR}/cmake/web.cmake)
    include(cmake/web.cmake)
    web_pages(pages_root pages_stamp)
    add_custom_command(OUTPUT ${pages_made}
      COMMAND ${briefly} $<TARGET_FILE:embed> --compress --tree ${pages_made} pages ${pages_root}
      DEPENDS embed ${pages_stamp} VERBATIM)
  else()
    add_custom_command(OUTPUT ${pages_made}
      COMMAND ${briefly} $<TARGET_FILE:embed> ${pages_made} pages ${CMAKE_SOURCE_DIR}
      DEPENDS embed VERBATIM)
  endif()
  target_sources(room_${room} PRIVATE ${pages_made})
endfunction()
