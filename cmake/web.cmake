# The pages: npm packages by the lock file, then Vite. Both run only when something that they read has changed.
#
# web_pages(ROOT STAMP): sets ROOT to the folder of the built pages (workspace/, widget/, demo/, widget.js, assets/) and STAMP to
# the file that stands for them all.
function(web_pages root_variable stamp_variable)
  set(web ${CMAKE_SOURCE_DIR}/web)
  set(root ${CMAKE_BINARY_DIR}/web)
  set(stamp ${CMAKE_BINARY_DIR}/web.stamp)
  set(installed ${web}/node_modules/.package-lock.json)
  find_program(NPM npm REQUIRED)

  file(GLOB_RECURSE sources CONFIGURE_DEPENDS
    ${web}/client/* ${web}/kit/* ${web}/widget/* ${web}/workspace/* ${web}/demo/*)
  list(FILTER sources EXCLUDE REGEX "\\.test\\.ts$")

  add_custom_command(OUTPUT ${installed}
    COMMAND ${NPM} ci --ignore-scripts --no-audit --no-fund --loglevel=error
    COMMAND ${CMAKE_COMMAND} -E touch ${installed}
    DEPENDS ${web}/package.json ${web}/package-lock.json ${web}/.npmrc
    WORKING_DIRECTORY ${web} COMMENT "Installing the pages' packages" VERBATIM)
  add_custom_command(OUTPUT ${stamp}
    COMMAND ${CMAKE_COMMAND} -E env SOFTANSWER_DIST=${root} ${NPM} run --silent build
    COMMAND ${CMAKE_COMMAND} -E touch ${stamp}
    DEPENDS ${installed} ${sources} ${web}/vite.config.ts ${web}/vite.panel.config.ts ${web}/vite.loader.config.ts ${web}/vite.worker.config.ts
      ${web}/svelte.config.js ${web}/tsconfig.json ${web}/tsconfig.messages.json ${web}/sizes.mjs
    WORKING_DIRECTORY ${web} COMMENT "Building the pages" VERBATIM)

  set(${root_variable} ${root} PARENT_SCOPE)
  set(${stamp_variable} ${stamp} PARENT_SCOPE)
endfunction()
