/* What facts expect to be heard on a socket of the kit. */
#pragma once

#include "tests/kit/desk_socket.h"

/* The next message is that; NULL: none has come. */
void kit_assert_heard(struct kit_client *client, const char *expected);

/* The next message refuses what was asked under that id (NULL: it had none), as urn:softanswer:TYPE, for that field (NULL: for none). */
void kit_assert_problem(struct kit_client *client, const char *re, const char *type, const char *field);

/* The desk has closed the socket with that code; 0: it has not. */
void kit_assert_closed(struct kit_client *client, unsigned code);

/* The desk still answers on it. */
void kit_assert_alive(struct kit_client *client);
