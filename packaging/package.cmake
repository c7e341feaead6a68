# What `cmake --install` puts where, and the Debian package that `cpack` makes of it (script/package).
include(GNUInstallDirs)

install(TARGETS softanswer RUNTIME DESTINATION bin)
install(FILES ${CMAKE_SOURCE_DIR}/packaging/softanswer.service DESTINATION lib/systemd/system)
install(FILES ${CMAKE_SOURCE_DIR}/LICENSE RENAME copyright DESTINATION share/doc/softanswer)
file(GLOB manual_pages ${CMAKE_SOURCE_DIR}/packaging/*.1)
install(FILES ${manual_pages} DESTINATION share/man/man1)

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_PACKAGE_DIRECTORY ${CMAKE_BINARY_DIR}/package)
set(CPACK_PACKAGE_CONTACT "Softanswer authors <softanswer@localhost>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "contact desk: live chat between a shop's customers and its advisors")
set(CPACK_STRIP_FILES ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION web)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_DEPENDS "adduser, ca-certificates, tzdata")
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)
set(CPACK_DEBIAN_PACKAGE_CONTROL_EXTRA
  ${CMAKE_SOURCE_DIR}/packaging/debian/postinst ${CMAKE_SOURCE_DIR}/packaging/debian/prerm)
include(CPack)
