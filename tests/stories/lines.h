/*
 * What the lines of stories do: one function for each kind of line in the table of lines.c. `words` is what the braces of its
 * pattern stand for. Each is false after play_wrong().
 */
#pragma once

#include "tests/stories/play.h"

typedef bool line_function(struct play *play, char **words);

/* lines_do.c: the world, the link and the commands. */
line_function line_desk_at, line_enter, line_wait_for, line_killed, line_restarted, line_jobs, line_crowd, line_at_once,
    line_that_was_at_once, line_cut, line_come_back, line_reload, line_again, line_start, line_start_with, line_say,
    line_say_to, line_note, line_correct, line_take, line_take_all, line_put_back, line_hand, line_end, line_end_of,
    line_read_chat, line_read_waiting, line_read_people, line_read_audit, line_go_away, line_come_online, line_log_in,
    line_log_out, line_make_role, line_disable, line_enable;

/* lines_site.c: sites, teams, known customers, trails. */
line_function line_site_add, line_site_archive, line_site_read, line_site_seen, line_team_make, line_team_archive,
    line_team_is, line_go_to, line_sees_on, line_is_customer;

/* lines_crowd.c: what colleagues do together. */
line_function line_hand_with, line_hand_to_team, line_hand_to_team_with, line_ask_in, line_ask_out, line_leave,
    line_whisper, line_keep_answer, line_sees_whisper_in, line_guest_of, line_waits_for_team, line_finds_answers;
/* lines_file.c: files, how far each side has come, drafts. */
line_function line_send_file, line_send_file_to, line_opens_file, line_gets_all, line_looks_at_all, line_words_are,
    line_unread, line_is_answered, line_waits_for_a_word, line_begin_to_write, line_save_late, line_send_draft,
    line_finds_begun, line_finds_nothing_begun;

/* lines_push.c: what a browser of staff tells while no page is open. */
line_function line_wants_push, line_tells, line_tells_of, line_tells_of_several, line_tells_nothing;

/* lines_see.c: what is seen, and how things stand. */
line_function line_sees_message, line_sees_deed, line_sees_nothing, line_sees_message_in, line_sees_note_in,
    line_sees_correction_in, line_sees_deed_in, line_sees_nothing_in, line_waits_at, line_is_with, line_is_closed,
    line_waiting_are, line_nobody_waits, line_chats_are, line_no_chats, line_signed_out;

/* lines_line.c: who waits, forms, promises, ratings and blocks. */
line_function line_answers_from, line_may_wait, line_holds_well, line_come_from, line_vanish, line_leave_form,
    line_reopen, line_rate, line_end_as, line_end_owing, line_end_owing_to, line_keep, line_block, line_block_address,
    line_lift, line_desk_is_open, line_desk_is_closed, line_opens_at, line_expects, line_are_owed, line_are_overdue;
/* lines_shift.c: who works when. */
line_function line_clocks, line_share_seats, line_plan, line_give_off, line_give_extra, line_call_holiday,
    line_import_of, line_works_until, line_works_not, line_works_again, line_gap, line_no_gap, line_crowd_on,
    line_no_crowd_on, line_suggests;

/* lines_routing.c: who is offered which chat, caps, and chats in which nobody speaks. */
line_function line_offers, line_pick, line_strict, line_warned_after, line_closed_after, line_pool_holds, line_holds,
    line_knows, line_speaks, line_start_about, line_start_in, line_decline, line_is_offered, line_is_not_offered,
    line_counts, line_counts_not, line_is_called, line_is_not_called;

/* lines_seat.c: seats, the line for them, the board and the log. */
line_function line_go_away_until, line_go_offline, line_go_to_phone, line_free_seat, line_handover_seats,
    line_read_seat_log, line_is_status, line_stands_in_line, line_seat_expected, line_is_away_until, line_winds_down,
    line_has_seat, line_seats_taken, line_log_says;

/* A number of a line; and false after play_wrong() where an answer is a refusal. */
int line_number(const char *text);
bool line_is_done(struct play *play, const struct kit_answer *answer);

/* The administrator changes a setting, or the first pool; `value` and `change` are taken over. */
bool line_set(struct play *play, const char *setting, json_t *value);
bool line_pool(struct play *play, json_t *change);

/* A command about the conversation of a visitor, with one more field where `field` is not NULL. */
bool line_about(
    struct play *play, const char *name, const char *command, const char *visitor, const char *field, const char *text);

/* `name` sees `wanted`, in the conversation of `visitor`, or in the one that is meant where `speaker` speaks. */
bool line_sees_in(struct play *play, const char *visitor, const char *name, const char *speaker, const char *wanted);

/* The seq of the newest note with that text as the member finds it; 0: there is none. */
int64_t seq_of_note(struct play *play, const struct member *member, const char *conversation, const char *text);
