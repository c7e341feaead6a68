# Writes OUT, a header with the commit that the source in SOURCE is of: "+" behind it where files were changed, "unknown" outside of a
# repository. Run at every build; a header that stays the same is not touched.
execute_process(COMMAND git -C ${SOURCE} describe --always --exclude=* --dirty=+ --abbrev=12
  OUTPUT_VARIABLE commit ERROR_QUIET OUTPUT_STRIP_TRAILING_WHITESPACE RESULT_VARIABLE problem)
if(problem)
  set(commit unknown)
endif()
file(CONFIGURE OUTPUT ${OUT} CONTENT "#define SOFTANSWER_COMMIT \"${commit}\"\n" @ONLY)
