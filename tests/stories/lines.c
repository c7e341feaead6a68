/*
 * The lines that a story is made of: a table of patterns (grammar.h) and what each does. README.md lists them for those who
 * write stories; the player checks that it lists them all.
 *
 * A line with a verb that has an ending is a command: it may be bent into "ben cannot take vera's chat because "…"" (refused,
 * with these words, and without a trace), or end with ", but the answer is lost" or ", but the commit fails".
 */
#include <stdio.h>
#include <string.h>

#include "tests/stories/lines.h"

/* ---- The table ---- */

/* A line that is a command can be refused; {s} or {es} stands in its pattern. */
static const struct line {
	const char *pattern;
	line_function *play;
	const char *says;
} lines[] = {
	{ "desk at {word} {rest}", line_desk_at, "sets the clock, in UTC: desk at 2026-03-30 09:00" },
	{ "{names} is a {word}", line_enter,
	    "a visitor, lead or consultant comes on the scene; staff is signed in and online" },
	{ "{names} is an {word}", line_enter, "the same for an advisor" },
	{ "{names} are {word}", line_enter, "the same for several" },
	{ "wait {n} {word}", line_wait_for, "s, min, hours, days; costs nothing" },
	{ "the desk is killed and started again", line_killed, "as by kill -9: only what was on disk is left" },
	{ "the desk is stopped and started again", line_restarted, "in an orderly way" },
	{ "the desk does its rounds", line_jobs, "what the program does by itself every few minutes" },
	{ "{n} other visitors start a chat", line_crowd, "each a chat of their own" },
	{ "at once:", line_at_once, "the commands up to \"that was at once\" share one commit" },
	{ "that was at once", line_that_was_at_once, "here they are answered" },

	{ "{who} loses the link", line_cut, "what they do from here on stays in their page" },
	{ "{who} comes back", line_come_back, "their page sends whatever was not answered, with the same ids" },
	{ "{who} reloads the page", line_reload, "their page forgets what it has shown" },
	{ "{who} send{s} it again", line_again, "the last command once more, with the same id, by the other way in" },

	{ "{who} start{s} a chat", line_start, "" },
	{ "{who} start{s} a chat: {text}", line_start_with, "" },
	{ "{who} say{s}: {text}", line_say, "a visitor, in their own chat" },
	{ "{who} say{s} to {visitor}: {text}", line_say_to, "staff" },
	{ "{who} note{s} in {visitor}'s chat: {text}", line_note, "" },
	{ "{who} correct{s} {text} in {visitor}'s chat: {text}", line_correct, "a new note that names the old one" },
	{ "{who} take{s} {visitor}'s chat", line_take, "" },
	{ "{who} takes all that wait but {visitor}", line_take_all, "" },
	{ "{who} put{s} {visitor}'s chat back", line_put_back, "" },
	{ "{who} hand{s} {visitor}'s chat to the team {word}: {text}", line_hand_to_team_with, "with a note" },
	{ "{who} hand{s} {visitor}'s chat to the team {word}", line_hand_to_team, "back to the line, for them" },
	{ "{who} hand{s} {visitor}'s chat to {person}: {text}", line_hand_with, "with a note" },
	{ "{who} hand{s} {visitor}'s chat to {person}", line_hand, "" },
	{ "{who} ask{s} {person} into {visitor}'s chat", line_ask_in, "as a guest" },
	{ "{who} ask{s} {person} out of {visitor}'s chat", line_ask_out, "a guest" },
	{ "{who} leave{s} {visitor}'s chat", line_leave, "a guest" },
	{ "{who} whisper{s} in {visitor}'s chat: {text}", line_whisper, "to colleagues, inside an open chat" },
	{ "{who} keep{s} the answer {word}: {text}", line_keep_answer, "for oneself, by its shortcut" },
	{ "{who} end{s} the chat", line_end, "a visitor, their own" },
	{ "{who} end{s} {visitor}'s chat", line_end_of, "staff" },
	{ "{who} read{s} {visitor}'s chat", line_read_chat, "from the beginning" },
	{ "{who} read{s} the waiting list", line_read_waiting, "" },
	{ "{who} read{s} the list of people", line_read_people, "" },
	{ "{who} read{s} the audit log", line_read_audit, "" },
	{ "{who} go{es} away", line_go_away, "" },
	{ "{who} come{s} online", line_come_online, "" },
	{ "{who} sign{s} in", line_log_in, "with e-mail and password" },
	{ "{who} sign{s} out", line_log_out, "" },
	{ "{who} make{s} {person} a {word}", line_make_role, "gives a role, by its name in the API" },
	{ "{who} make{s} {person} an {word}", line_make_role, "" },
	{ "{who} disable{s} {person}", line_disable, "" },
	{ "{who} enable{s} {person}", line_enable, "" },

	{ "{who} add{s} the site {word}", line_site_add, "its pages are at https://WORD.example" },
	{ "{who} archive{s} the site {word}", line_site_archive, "" },
	{ "{who} read{s} the site {word}", line_site_read, "" },
	{ "the page {text} shows the widget of {word}", line_site_seen, "and the desk has noted it" },
	{ "{word} says that {visitor} is customer {word}", line_is_customer, "a page of the site, signed" },
	{ "{who} make{s} the team {word} of {names}", line_team_make, "" },
	{ "{who} archive{s} the team {word}", line_team_archive, "" },
	{ "the team {word} is {names}", line_team_is, "" },
	{ "{who} go{es} to {text}", line_go_to, "a visitor, to a page" },
	{ "{who} sees {visitor} on {text}", line_sees_on, "staff: the newest page that the visitor went to" },

	{ "{who} send{s} the file {text}", line_send_file,
	    "a visitor, in their own chat; a picture where the name ends so" },
	{ "{who} send{s} {visitor} the file {text}", line_send_file_to, "staff" },
	{ "{who} open{s} {visitor}'s file {text}", line_opens_file, "one that was sent in that chat, by either" },
	{ "{who} get{s} all of {visitor}'s chat", line_gets_all, "their page has it; nobody looked yet" },
	{ "{who} look{s} at all of {visitor}'s chat", line_looks_at_all, "it is on a screen that is looked at" },
	{ "the last words of {who} in {visitor}'s chat are {word}", line_words_are,
	    "sent, delivered or seen by the other side" },
	{ "of {visitor}'s words {n} are unread", line_unread, "not seen by staff" },
	{ "{visitor} waits {n} s for a word", line_waits_for_a_word, "since the first one that was not answered" },
	{ "{visitor} has been answered", line_is_answered, "" },
	{ "{who} begin{s} to write to {visitor}: {text}", line_begin_to_write, "their page saves a draft" },
	{ "{who} save{s} late what was begun for {visitor}: {text}", line_save_late, "as it was before it was sent" },
	{ "{who} send{s} {visitor} what was begun", line_send_draft, "" },
	{ "{who} finds {text} begun for {visitor}", line_finds_begun, "" },
	{ "{who} finds nothing begun for {visitor}", line_finds_nothing_begun, "" },

	{ "{who} want{s} to be told by push", line_wants_push, "staff, in the browser in which they are signed in" },
	{ "{who}'s browser tells of {visitor}: {word}", line_tells_of,
	    "the next push: waiting, offer, passed, handed or message" },
	{ "{who}'s browser tells: {word}", line_tells, "the same, about no chat: seat or backup" },
	{ "{who}'s browser tells of {visitor}: {word}, {n} chats", line_tells_of_several,
	    "the most urgent of several" },
	{ "{who}'s browser tells nothing", line_tells_nothing, "no push since the last one" },
	{ "{who} sees {word}: {text}", line_sees_message,
	    "the next thing in the chat that is new to them and not their own" },
	{ "{who} sees that {word} {rest}", line_sees_deed,
	    "started the chat, took the chat, put the chat back, handed the chat to NAME (to the team NAME), joined, left, ended the chat" },
	{ "{who} sees nothing new", line_sees_nothing, "a visitor" },
	{ "in {visitor}'s chat, {who} sees {word}: {text}", line_sees_message_in,
	    "the same where the chat has to be named" },
	{ "in {visitor}'s chat, {who} sees a note by {word}: {text}", line_sees_note_in, "" },
	{ "in {visitor}'s chat, {who} sees a note by {word} that corrects {text}: {text}", line_sees_correction_in,
	    "" },
	{ "in {visitor}'s chat, {who} sees a whisper by {word}: {text}", line_sees_whisper_in, "" },
	{ "in {visitor}'s chat, {who} sees that {word} {rest}", line_sees_deed_in, "" },
	{ "in {visitor}'s chat, {who} sees nothing new", line_sees_nothing_in, "" },

	{ "{visitor} waits at place {n}", line_waits_at, "as their page shows it" },
	{ "{visitor} is with {person}", line_is_with, "as their page shows it" },
	{ "{visitor}'s chat is closed", line_is_closed, "" },
	{ "{names} wait", line_waiting_are, "who waits: the highest priority first, then longest first" },
	{ "only {names} waits", line_waiting_are, "" },
	{ "nobody waits", line_nobody_waits, "" },
	{ "{visitor} waits for the team {word}", line_waits_for_team, "as the waiting list shows it" },
	{ "{person} is a guest of {visitor}", line_guest_of, "as the list of their own chats shows it" },
	{ "{person} finds the answers {names}", line_finds_answers, "by their shortcuts, the newest change first" },
	{ "{person} has {names}", line_chats_are, "whose chats they have, the newest first" },
	{ "{person} has no chats", line_no_chats, "" },
	{ "the clocks are those of {text}", line_clocks, "the desk's time zone" },
	{ "everybody shares {n} seats", line_share_seats, "the pool of everybody" },
	{ "{who} plan{s} {person} on {word} from {n} to {n}", line_plan, "every week: on Mondays from 22 to 6" },
	{ "{who} give{s} {person} {word} off", line_give_off, "a day, such as 2026-04-06" },
	{ "{who} give{s} {person} an extra shift on {word} from {n} to {n}", line_give_extra, "" },
	{ "{who} call{s} {word} a holiday", line_call_holiday, "" },
	{ "{who} import{s} the calendar of {person} for {person}", line_import_of, "what is exported of the one" },
	{ "{person} works {n} hours, until {rest}", line_works_until, "by the shifts, now; in UTC" },
	{ "{person} does not work now", line_works_not, "by the shifts" },
	{ "{person} works again at {rest}", line_works_again, "by the shifts, in UTC" },
	{ "nobody is there on {word} from {n} to {n}", line_gap, "and somebody should be, in UTC" },
	{ "there is no gap on {word}", line_no_gap, "" },
	{ "there is a crowd on {word} from {n} to {n}", line_crowd_on, "more people on shift than seats, in UTC" },
	{ "there is no crowd on {word}", line_no_crowd_on, "" },
	{ "the desk suggests that {person} begins at {n}", line_suggests, "and nobody else otherwise" },
	{ "the desk answers from {n} to {n}", line_answers_from, "the hours of Monday to Friday, of its own pages" },
	{ "at most {n} may wait", line_may_wait, "on its own pages" },
	{ "everybody holds {n} chats well", line_holds_well, "what the estimates go by" },
	{ "{names} come from {rest}", line_come_from, "their address" },
	{ "{who} vanishes", line_vanish, "of staff: no page of theirs is there any more, and nothing says so" },
	{ "{who} leave{s} a form: {text}", line_leave_form, "with the address WHO@home.example" },
	{ "{who} reopen{s} the chat", line_reopen, "" },
	{ "{who} rate{s} the chat {n}: {text}", line_rate, "" },
	{ "{who} end{s} {visitor}'s chat as {word}", line_end_as, "with an outcome" },
	{ "{who} end{s} {visitor}'s chat owing {text}", line_end_owing, "" },
	{ "{who} end{s} {visitor}'s chat owing {text} to {rest}", line_end_owing_to,
	    "with the address that was asked for" },
	{ "{who} keep{s} what is owed to {visitor}", line_keep, "" },
	{ "{who} block{s} {visitor} for {n} hours: {text}", line_block, "" },
	{ "{who} block{s} the address of {visitor}: {text}", line_block_address, "" },
	{ "{who} lift{s} the block of {visitor}", line_lift, "" },
	{ "the desk is open", line_desk_is_open, "as a visitor's page learns it" },
	{ "the desk is closed because of {word}", line_desk_is_closed, "hours, nobody or full" },
	{ "the desk opens at {rest}", line_opens_at, "" },
	{ "{visitor} expects to wait {n} min", line_expects, "0 is soon" },
	{ "{n} answers are owed", line_are_owed, "" },
	{ "{n} answers are overdue", line_are_overdue, "" },
	{ "the desk offers chats", line_offers, "from here on, after every line; the administrator is not on duty" },
	{ "advisors pick from the line", line_pick, "nothing is offered" },
	{ "nobody may exceed a cap", line_strict, "and what is offered is for who is asked" },
	{ "the pool has {n} seats and holds {n} chats", line_pool_holds, "that of everybody" },
	{ "{person} holds {n} chats", line_holds, "at most, by a lead" },
	{ "{person} knows only {text}", line_knows, "a topic; by a lead" },
	{ "{person} speaks only {word}", line_speaks, "a language; by a lead" },
	{ "visitors are warned after {n} min of silence", line_warned_after, "" },
	{ "chats are closed after {n} min of silence", line_closed_after, "" },
	{ "{who} start{s} a chat about {text}", line_start_about, "a topic" },
	{ "{who} start{s} a chat in {word}", line_start_in, "a language" },
	{ "{who} decline{s} {visitor}'s chat", line_decline, "which they were asked to take" },
	{ "{visitor}'s chat is offered to nobody", line_is_not_offered, "" },
	{ "{visitor}'s chat is offered to {person}", line_is_offered, "as colleagues see it" },
	{ "{visitor}'s chat counts", line_counts, "" },
	{ "{visitor}'s chat does not count", line_counts_not, "nobody said a word for a while" },
	{ "help is called", line_is_called, "once since the last such line: the back-ups are alerted" },
	{ "no help is called", line_is_not_called, "" },
	{ "{who} go{es} away for {text} until {rest}", line_go_away_until, "with a reason, in UTC" },
	{ "{who} go{es} offline", line_go_offline, "gives seat and chats back" },
	{ "{who} go{es} to the phone", line_go_to_phone, "gives the seat and the chats back, and keeps the place" },
	{ "{who} free{s} the seat of {person}: {text}", line_free_seat, "a lead, with a reason" },
	{ "{who} read{s} the log of seats", line_read_seat_log, "" },
	{ "there may be {n} hand-over seats", line_handover_seats, "extra seats of a pool" },
	{ "the board shows {person} as {word}", line_is_status, "online, away, winding, line, phone or offline" },
	{ "{person} stands at place {n} for a seat", line_stands_in_line, "as the board shows it" },
	{ "a seat for {person} is expected at {rest}", line_seat_expected, "by the shifts, in UTC" },
	{ "{person} is away for {text} until {rest}", line_is_away_until, "as the board shows it" },
	{ "{person} winds down with {n} chats left, until {rest}", line_winds_down, "as the board shows it" },
	{ "the seat of {person} is {word}", line_has_seat, "own, backup or handover" },
	{ "{n} of {n} seats are taken", line_seats_taken, "everybody's" },
	{ "the log of seats says of {person}: {text}", line_log_says, "the newest that happened to them, and why" },
	{ "{person} is signed out", line_signed_out, "their session has ended" },
};

static bool
is_command(const struct line *line)
{
	return strstr(line->pattern, "{s}") != NULL || strstr(line->pattern, "{es}") != NULL;
}

static const struct line *
find(const char *text, bool is_bare, struct words *words)
{
	for (size_t i = 0; i < G_N_ELEMENTS(lines); i++) {
		if (is_bare && !is_command(&lines[i]))
			continue;
		if (grammar_matches(lines[i].pattern, text, is_bare, words))
			return &lines[i];
	}
	return NULL;
}

/* Takes "cannot " and " because "…"" out of the line. True when it is a refusal. */
static bool
take_refusal(char *line, char **because)
{
	char *cannot = strstr(line, " cannot "), *reason = g_strrstr(line, " because \"");
	size_t length = strlen(line);

	if (cannot == NULL || reason == NULL || line[length - 1] != '"' || strchr(line, '"') < cannot)
		return false;
	*because =
	    g_strndup(reason + strlen(" because \""), length - (size_t)(reason - line) - strlen(" because \"") - 1);
	*reason = '\0';
	memmove(cannot + 1, cannot + strlen(" cannot "), strlen(cannot + strlen(" cannot ")) + 1);
	return true;
}

/* What the line wishes for its command; the rest of the line is the command. */
static void
take_wish(struct play *play, char *line)
{
	struct wish *wish = &play->wish;

	g_clear_pointer(&wish->because, g_free);
	*wish = (struct wish) { .fate = FATE_DONE, .line = play->line };
	if (take_refusal(line, &wish->because))
		wish->fate = FATE_REFUSED;
	else if (g_str_has_suffix(line, ", but the answer is lost"))
		wish->fate = FATE_UNANSWERED;
	else if (g_str_has_suffix(line, ", but the commit fails"))
		wish->fate = FATE_LOST;
	if (wish->fate == FATE_UNANSWERED || wish->fate == FATE_LOST)
		*g_strrstr(line, ", but the ") = '\0';
}

bool
line_play(struct play *play, char *text)
{
	struct words words;
	const struct line *line;
	bool is_right;

	take_wish(play, text);
	line = find(text, play->wish.fate == FATE_REFUSED, &words);
	if (line == NULL)
		return play_wrong(play, "no line is like this: %s", text);
	is_right = line->play(play, words.texts);
	words_clear(&words);
	if (is_right && play->is_routed && !play->is_at_once)
		kit_route(play->desk);
	return is_right;
}

char *
line_missing_in(const char *readme)
{
	for (size_t i = 0; i < G_N_ELEMENTS(lines); i++) {
		g_autofree char *row = g_strdup_printf("| `%s` |", lines[i].pattern);

		if (strstr(readme, row) == NULL)
			return g_steal_pointer(&row);
	}
	return NULL;
}

void
line_print_grammar(void)
{
	for (size_t i = 0; i < G_N_ELEMENTS(lines); i++)
		printf("| `%s` | %s |\n", lines[i].pattern, lines[i].says);
}
