/*
 * Speaking: who may say something in a conversation now, in words or by a file.
 *
 * The visitor and the owner of the open chat. The one rule for messages and files. Inside a tx.
 */
#pragma once

#include "desk/chat/chat.h"

/* Somebody is about to say something: a quiet chat counts again. REFUSED_STATE when the chat is closed (but for staff while a promise is open), waits (staff), or is another's. */
CHECKED gboolean chat_speak(struct tx *tx, const struct conversation *conversation, GError **error);
