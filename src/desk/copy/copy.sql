-- Whole tables, for moving a desk from one store to another (app/copy.c). The key of each comes first.

-- :settings(name text, max int) -> many (name text, value text, by int?, at int)
SELECT name, value, changed_by, changed_at FROM setting WHERE name > :name AND name <> 'copy.unfinished' ORDER BY name LIMIT :max;
-- :put_setting(name text, value text, by int?, at int)
INSERT INTO setting (name, value, changed_by, changed_at) VALUES (:name, :value, :by, :at)
ON CONFLICT (name) DO UPDATE SET value = excluded.value, changed_by = excluded.changed_by, changed_at = excluded.changed_at;

-- :people(id int, max int) -> many (id int, email text, name text, role text, password text?, created_at int, disabled_at int?, cap
--	int?, status text)
SELECT id, email, name, role, password, created_at, disabled_at, cap, status FROM person
WHERE id > :id ORDER BY id LIMIT :max;
-- :put_person(id int, email text, name text, role text, password text?, created_at int, disabled_at int?, cap int?, status text)
INSERT INTO person (id, email, name, role, password, created_at, disabled_at, cap, status)
VALUES (:id, :email, :name, :role, :password, :created_at, :disabled_at, :cap, :status);
-- :last_person() -> id int
SELECT COALESCE(max(id), 0) FROM person;

-- :sessions(id int, max int) -> many (id int, token blob, person int, address text, agent text, created int, seen int, ended int?)
SELECT id, token_digest, person_id, address, agent, created_at, seen_at, ended_at FROM session WHERE id > :id ORDER BY id LIMIT :max;
-- :put_session(id int, token blob, person int, address text, agent text, created int, seen int, ended int?)
INSERT INTO session (id, token_digest, person_id, address, agent, created_at, seen_at, ended_at)
VALUES (:id, :token, :person, :address, :agent, :created, :seen, :ended);
-- :last_session() -> id int
SELECT COALESCE(max(id), 0) FROM session;

-- :pushes(id int, max int) -> many (id int, session int, endpoint text, p256dh blob, auth blob, language text, created int)
SELECT id, session_id, endpoint, p256dh, auth, language, created_at FROM push WHERE id > :id ORDER BY id LIMIT :max;
-- :put_push(id int, session int, endpoint text, p256dh blob, auth blob, language text, created int)
INSERT INTO push (id, session_id, endpoint, p256dh, auth, language, created_at)
VALUES (:id, :session, :endpoint, :p256dh, :auth, :language, :created);
-- :last_push() -> id int
SELECT COALESCE(max(id), 0) FROM push;

-- :passes(id int, max int) -> many (id int, kind text, token blob, person int?, email text?, name text?, role text?, by int?,
--	at int, expires int, used int?)
SELECT id, kind, token_digest, person_id, email, name, role, made_by, made_at, expires_at, used_at FROM pass
WHERE id > :id ORDER BY id LIMIT :max;
-- :put_pass(id int, kind text, token blob, person int?, email text?, name text?, role text?, by int?, at int, expires int, used int?)
INSERT INTO pass (id, kind, token_digest, person_id, email, name, role, made_by, made_at, expires_at, used_at)
VALUES (:id, :kind, :token, :person, :email, :name, :role, :by, :at, :expires, :used);
-- :last_pass() -> id int
SELECT COALESCE(max(id), 0) FROM pass;

-- :visitors(id int, max int) -> many (id int, public_id text, name text?, email text?, created_at int, site_id int?,
--	external_id text?, is_name_signed int, is_email_signed int, verified_at int?, language text?)
SELECT id, public_id, name, email, created_at, site_id, external_id, is_name_signed, is_email_signed, verified_at, language FROM visitor
WHERE id > :id ORDER BY id LIMIT :max;
-- :put_visitor(id int, public_id text, name text?, email text?, created_at int, site_id int?, external_id text?,
--	is_name_signed int, is_email_signed int, verified_at int?, language text?)
INSERT INTO visitor (id, public_id, name, email, created_at, site_id, external_id, is_name_signed, is_email_signed,
	verified_at, language)
VALUES (:id, :public_id, :name, :email, :created_at, :site_id, :external_id, :is_name_signed, :is_email_signed, :verified_at,
	:language);
-- :last_visitor() -> id int
SELECT COALESCE(max(id), 0) FROM visitor;

-- :conversations(id int, max int) -> many (id int, public_id text, visitor_id int, last_seq int, created_at int, changed_at int,
--	unread int, unanswered_since int?, revision int)
SELECT id, public_id, visitor_id, last_seq, created_at, changed_at, unread, unanswered_since, revision FROM conversation
WHERE id > :id ORDER BY id LIMIT :max;
-- :put_conversation(id int, public_id text, visitor_id int, last_seq int, created_at int, changed_at int, unread int,
--	unanswered_since int?, revision int)
INSERT INTO conversation (id, public_id, visitor_id, last_seq, created_at, changed_at, unread, unanswered_since, revision)
VALUES (:id, :public_id, :visitor_id, :last_seq, :created_at, :changed_at, :unread, :unanswered_since, :revision);
-- :last_conversation() -> id int
SELECT COALESCE(max(id), 0) FROM conversation;

-- :items(id int, max int) -> many (id int, conversation_id int, seq int, kind text, is_internal int, author_kind text,
--	author_id int?, about_id int?, body text?, caller_id text?, at int, about_kind text?)
SELECT id, conversation_id, seq, kind, is_internal, author_kind, author_id, about_id, body, caller_id, at, about_kind FROM item
WHERE id > :id ORDER BY id LIMIT :max;
-- :put_item(id int, conversation_id int, seq int, kind text, is_internal int, author_kind text, author_id int?, about_id int?,
--	body text?, caller_id text?, at int, about_kind text?)
INSERT INTO item (id, conversation_id, seq, kind, is_internal, author_kind, author_id, about_id, body, caller_id, at, about_kind)
VALUES (:id, :conversation_id, :seq, :kind, :is_internal, :author_kind, :author_id, :about_id, :body, :caller_id, :at,
	:about_kind);
-- :last_item() -> id int
SELECT COALESCE(max(id), 0) FROM item;

-- :chats(id int, max int) -> many (id int, conversation_id int, state text, owner_id int?, topic text?, page text?, caller_id text,
--	started_at int, waiting_since int, taken_at int?, ended_at int?, ended_by text?, channel text, site_id int?, team_id int?,
--	address text?, agent text?, language text?, outcome text?, reopened_at int?, pool_id int?, priority int, offered_to int?,
--	asked_after int, is_quiet int, spoke_at int?, warned_at int?, alerted_at int?)
SELECT id, conversation_id, state, owner_id, topic, page, caller_id, started_at, waiting_since, taken_at, ended_at, ended_by,
	channel, site_id, team_id, address, agent, language, outcome, reopened_at, pool_id, priority, offered_to, asked_after, is_quiet,
	spoke_at, warned_at, alerted_at FROM chat
WHERE id > :id ORDER BY id LIMIT :max;
-- :put_chat(id int, conversation_id int, state text, owner_id int?, topic text?, page text?, caller_id text, started_at int,
--	waiting_since int, taken_at int?, ended_at int?, ended_by text?, channel text, site_id int?, team_id int?, address text?, agent
--	text?, language text?, outcome text?, reopened_at int?, pool_id int?, priority int, offered_to int?, asked_after int, is_quiet
--	int, spoke_at int?, warned_at int?, alerted_at int?)
INSERT INTO chat (id, conversation_id, state, owner_id, topic, page, caller_id, started_at, waiting_since, taken_at, ended_at,
	ended_by, channel, site_id, team_id, address, agent, language, outcome, reopened_at, pool_id, priority, offered_to, asked_after,
	is_quiet, spoke_at, warned_at, alerted_at)
VALUES (:id, :conversation_id, :state, :owner_id, :topic, :page, :caller_id, :started_at, :waiting_since, :taken_at, :ended_at,
	:ended_by, :channel, :site_id, :team_id, :address, :agent, :language, :outcome, :reopened_at, :pool_id, :priority, :offered_to,
	:asked_after, :is_quiet, :spoke_at, :warned_at, :alerted_at);
-- :last_chat() -> id int
SELECT COALESCE(max(id), 0) FROM chat;

-- :notes(id int, max int) -> many (id int, item int, conversation int, seq int, author int, corrects int?, text text, at int,
--	salt blob, content blob, hash blob)
SELECT id, item_id, conversation_id, seq, author_id, corrects_seq, text, at, salt, content, hash FROM note
WHERE id > :id ORDER BY id LIMIT :max;
-- :put_note(id int, item int, conversation int, seq int, author int, corrects int?, text text, at int, salt blob, content blob, hash blob)
INSERT INTO note (id, item_id, conversation_id, seq, author_id, corrects_seq, text, at, salt, content, hash)
VALUES (:id, :item, :conversation, :seq, :author, :corrects, :text, :at, :salt, :content, :hash);
-- :last_note() -> id int
SELECT COALESCE(max(id), 0) FROM note;

-- :audit(id int, max int) -> many (id int, at int, actor_kind text, actor int?, command text, object text, says text, hash blob)
SELECT id, at, actor_kind, actor_id, command, object, says, hash FROM audit WHERE id > :id ORDER BY id LIMIT :max;
-- :put_audit(id int, at int, actor_kind text, actor int?, command text, object text, says text, hash blob)
INSERT INTO audit (id, at, actor_kind, actor_id, command, object, says, hash)
VALUES (:id, :at, :actor_kind, :actor, :command, :object, :says, :hash);
-- :last_audit() -> id int
SELECT COALESCE(max(id), 0) FROM audit;

-- :chains(name text, max int) -> many (name text, length int, head blob)
SELECT name, length, head FROM chain WHERE name > :name ORDER BY name LIMIT :max;
-- :put_chain(name text, length int, head blob)
INSERT INTO chain (name, length, head) VALUES (:name, :length, :head)
ON CONFLICT (name) DO UPDATE SET length = excluded.length, head = excluded.head;

-- :receipts(caller text, id text, max int) -> many (caller text, id text, command text, answer text, at int)
SELECT caller, caller_id, command, answer, at FROM receipt WHERE (caller, caller_id) > (:caller, :id)
ORDER BY caller, caller_id LIMIT :max;
-- :put_receipt(caller text, id text, command text, answer text, at int)
INSERT INTO receipt (caller, caller_id, command, answer, at) VALUES (:caller, :id, :command, :answer, :at)
ON CONFLICT (caller, caller_id) DO UPDATE SET command = excluded.command, answer = excluded.answer, at = excluded.at;

-- :teams(id int, max int) -> many (id int, name text, created_at int, archived_at int?)
SELECT id, name, created_at, archived_at FROM team
WHERE id > :id ORDER BY id LIMIT :max;
-- :put_team(id int, name text, created_at int, archived_at int?)
INSERT INTO team (id, name, created_at, archived_at)
VALUES (:id, :name, :created_at, :archived_at);
-- :last_team() -> id int
SELECT COALESCE(max(id), 0) FROM team;

-- :sites(id int, max int) -> many (id int, public_id text, name text, team_id int?, language text, theme text, colour text,
--	side text, launcher text, ask_name text, ask_email text, ask_topic text, consent_url text?, max_waiting int,
--	is_inviting int, bulletin text?, identity_secret blob?, seen_at int?, seen_url text?, version int, created_at int,
--	archived_at int?)
SELECT id, public_id, name, team_id, language, theme, colour, side, launcher, ask_name, ask_email, ask_topic, consent_url,
	max_waiting, is_inviting, bulletin, identity_secret, seen_at, seen_url, version, created_at, archived_at FROM site
WHERE id > :id ORDER BY id LIMIT :max;
-- :put_site(id int, public_id text, name text, team_id int?, language text, theme text, colour text, side text, launcher text,
--	ask_name text, ask_email text, ask_topic text, consent_url text?, max_waiting int, is_inviting int, bulletin text?,
--	identity_secret blob?, seen_at int?, seen_url text?, version int, created_at int, archived_at int?)
INSERT INTO site (id, public_id, name, team_id, language, theme, colour, side, launcher, ask_name, ask_email, ask_topic,
	consent_url, max_waiting, is_inviting, bulletin, identity_secret, seen_at, seen_url, version, created_at, archived_at)
VALUES (:id, :public_id, :name, :team_id, :language, :theme, :colour, :side, :launcher, :ask_name, :ask_email, :ask_topic,
	:consent_url, :max_waiting, :is_inviting, :bulletin, :identity_secret, :seen_at, :seen_url, :version, :created_at,
	:archived_at);
-- :last_site() -> id int
SELECT COALESCE(max(id), 0) FROM site;

-- :site_origins(site_id int, position int, max int) -> many (site_id int, position int, origin text)
SELECT site_id, position, origin FROM site_origin
WHERE (site_id, position) > (:site_id, :position) ORDER BY site_id, position LIMIT :max;
-- :put_site_origin(site_id int, position int, origin text)
INSERT INTO site_origin (site_id, position, origin)
VALUES (:site_id, :position, :origin)
ON CONFLICT (site_id, position) DO NOTHING;

-- :site_texts(site_id int, language text, name text, max int) -> many (site_id int, language text, name text, text text)
SELECT site_id, language, name, text FROM site_text
WHERE (site_id, language, name) > (:site_id, :language, :name) ORDER BY site_id, language, name LIMIT :max;
-- :put_site_text(site_id int, language text, name text, text text)
INSERT INTO site_text (site_id, language, name, text)
VALUES (:site_id, :language, :name, :text)
ON CONFLICT (site_id, language, name) DO NOTHING;

-- :site_hours(site_id int, position int, max int) -> many (site_id int, position int, weekday int, from_minute int,
--	to_minute int)
SELECT site_id, position, weekday, from_minute, to_minute FROM site_hours
WHERE (site_id, position) > (:site_id, :position) ORDER BY site_id, position LIMIT :max;
-- :put_site_hours(site_id int, position int, weekday int, from_minute int, to_minute int)
INSERT INTO site_hours (site_id, position, weekday, from_minute, to_minute)
VALUES (:site_id, :position, :weekday, :from_minute, :to_minute)
ON CONFLICT (site_id, position) DO NOTHING;

-- :site_fields(site_id int, position int, max int) -> many (site_id int, position int, label text, kind text, choices text?,
--	is_required int)
SELECT site_id, position, label, kind, choices, is_required FROM site_field
WHERE (site_id, position) > (:site_id, :position) ORDER BY site_id, position LIMIT :max;
-- :put_site_field(site_id int, position int, label text, kind text, choices text?, is_required int)
INSERT INTO site_field (site_id, position, label, kind, choices, is_required)
VALUES (:site_id, :position, :label, :kind, :choices, :is_required)
ON CONFLICT (site_id, position) DO NOTHING;

-- :site_invites(site_id int, position int, max int) -> many (site_id int, position int, path text, seconds int,
--	is_returning int)
SELECT site_id, position, path, seconds, is_returning FROM site_invite
WHERE (site_id, position) > (:site_id, :position) ORDER BY site_id, position LIMIT :max;
-- :put_site_invite(site_id int, position int, path text, seconds int, is_returning int)
INSERT INTO site_invite (site_id, position, path, seconds, is_returning)
VALUES (:site_id, :position, :path, :seconds, :is_returning)
ON CONFLICT (site_id, position) DO NOTHING;

-- :team_members(team_id int, person_id int, max int) -> many (team_id int, person_id int)
SELECT team_id, person_id FROM team_member
WHERE (team_id, person_id) > (:team_id, :person_id) ORDER BY team_id, person_id LIMIT :max;
-- :put_team_member(team_id int, person_id int)
INSERT INTO team_member (team_id, person_id)
VALUES (:team_id, :person_id)
ON CONFLICT (team_id, person_id) DO NOTHING;

-- :chat_answers(chat_id int, position int, max int) -> many (chat_id int, position int, label text, value text)
SELECT chat_id, position, label, value FROM chat_answer
WHERE (chat_id, position) > (:chat_id, :position) ORDER BY chat_id, position LIMIT :max;
-- :put_chat_answer(chat_id int, position int, label text, value text)
INSERT INTO chat_answer (chat_id, position, label, value)
VALUES (:chat_id, :position, :label, :value)
ON CONFLICT (chat_id, position) DO NOTHING;

-- :chat_guests(chat_id int, person_id int, max int) -> many (chat_id int, person_id int, invited_by int, at int, left_at int?)
SELECT chat_id, person_id, invited_by, at, left_at FROM chat_guest
WHERE (chat_id, person_id) > (:chat_id, :person_id) ORDER BY chat_id, person_id LIMIT :max;
-- :put_chat_guest(chat_id int, person_id int, invited_by int, at int, left_at int?)
INSERT INTO chat_guest (chat_id, person_id, invited_by, at, left_at)
VALUES (:chat_id, :person_id, :invited_by, :at, :left_at)
ON CONFLICT (chat_id, person_id) DO NOTHING;

-- :ratings(chat_id int, max int) -> many (chat_id int, score int, comment text?, at int)
SELECT chat_id, score, comment, at FROM rating
WHERE chat_id > :chat_id ORDER BY chat_id LIMIT :max;
-- :put_rating(chat_id int, score int, comment text?, at int)
INSERT INTO rating (chat_id, score, comment, at)
VALUES (:chat_id, :score, :comment, :at)
ON CONFLICT (chat_id) DO NOTHING;

-- :readings(conversation_id int, side text, max int) -> many (conversation_id int, side text, delivered_seq int, seen_seq int,
--	changed_at int)
SELECT conversation_id, side, delivered_seq, seen_seq, changed_at FROM reading
WHERE (conversation_id, side) > (:conversation_id, :side) ORDER BY conversation_id, side LIMIT :max;
-- :put_reading(conversation_id int, side text, delivered_seq int, seen_seq int, changed_at int)
INSERT INTO reading (conversation_id, side, delivered_seq, seen_seq, changed_at)
VALUES (:conversation_id, :side, :delivered_seq, :seen_seq, :changed_at)
ON CONFLICT (conversation_id, side) DO NOTHING;

-- :files(id int, max int) -> many (id int, public_id text, conversation_id int, seq int?, caller_id text, author_kind text,
--	author_id int, name text, size int, type text?, width int?, height int?, digest blob?, created_at int, finished_at int?)
SELECT id, public_id, conversation_id, seq, caller_id, author_kind, author_id, name, size, type, width, height, digest,
	created_at, finished_at FROM file
WHERE id > :id ORDER BY id LIMIT :max;
-- :put_file(id int, public_id text, conversation_id int, seq int?, caller_id text, author_kind text, author_id int, name text,
--	size int, type text?, width int?, height int?, digest blob?, created_at int, finished_at int?)
INSERT INTO file (id, public_id, conversation_id, seq, caller_id, author_kind, author_id, name, size, type, width, height,
	digest, created_at, finished_at)
VALUES (:id, :public_id, :conversation_id, :seq, :caller_id, :author_kind, :author_id, :name, :size, :type, :width, :height,
	:digest, :created_at, :finished_at);
-- :last_file() -> id int
SELECT COALESCE(max(id), 0) FROM file;

-- :file_parts(file_id int, number int, max int) -> many (file_id int, number int, size int, digest blob, bytes blob)
SELECT file_id, number, size, digest, bytes FROM file_part
WHERE (file_id, number) > (:file_id, :number) ORDER BY file_id, number LIMIT :max;
-- :put_file_part(file_id int, number int, size int, digest blob, bytes blob)
INSERT INTO file_part (file_id, number, size, digest, bytes)
VALUES (:file_id, :number, :size, :digest, :bytes)
ON CONFLICT (file_id, number) DO NOTHING;

-- :page_views(id int, max int) -> many (id int, conversation_id int, url text, title text?, at int)
SELECT id, conversation_id, url, title, at FROM page_view
WHERE id > :id ORDER BY id LIMIT :max;
-- :put_page_view(id int, conversation_id int, url text, title text?, at int)
INSERT INTO page_view (id, conversation_id, url, title, at)
VALUES (:id, :conversation_id, :url, :title, :at);
-- :last_page_view() -> id int
SELECT COALESCE(max(id), 0) FROM page_view;

-- :drafts(person_id int, conversation_id int, mode text, max int) -> many (person_id int, conversation_id int, mode text,
--	generation int, text text, changed_at int)
SELECT person_id, conversation_id, mode, generation, text, changed_at FROM draft
WHERE (person_id, conversation_id, mode) > (:person_id, :conversation_id, :mode) ORDER BY person_id, conversation_id, mode LIMIT :max;
-- :put_draft(person_id int, conversation_id int, mode text, generation int, text text, changed_at int)
INSERT INTO draft (person_id, conversation_id, mode, generation, text, changed_at)
VALUES (:person_id, :conversation_id, :mode, :generation, :text, :changed_at)
ON CONFLICT (person_id, conversation_id, mode) DO NOTHING;

-- :answers(id int, max int) -> many (id int, shortcut text, title text, text text, scope text, owner_id int, team_id int?,
--	folded text, changed_by int, changed_at int, archived_at int?)
SELECT id, shortcut, title, text, scope, owner_id, team_id, folded, changed_by, changed_at, archived_at FROM answer
WHERE id > :id ORDER BY id LIMIT :max;
-- :put_answer(id int, shortcut text, title text, text text, scope text, owner_id int, team_id int?, folded text,
--	changed_by int, changed_at int, archived_at int?)
INSERT INTO answer (id, shortcut, title, text, scope, owner_id, team_id, folded, changed_by, changed_at, archived_at)
VALUES (:id, :shortcut, :title, :text, :scope, :owner_id, :team_id, :folded, :changed_by, :changed_at, :archived_at);
-- :last_answer() -> id int
SELECT COALESCE(max(id), 0) FROM answer;

-- :promises(id int, max int) -> many (id int, conversation_id int, chat_id int?, source text, what text, owner_id int?,
--	made_at int, due_at int, kept_at int?, kept_by int?)
SELECT id, conversation_id, chat_id, source, what, owner_id, made_at, due_at, kept_at, kept_by FROM promise
WHERE id > :id ORDER BY id LIMIT :max;
-- :put_promise(id int, conversation_id int, chat_id int?, source text, what text, owner_id int?, made_at int, due_at int,
--	kept_at int?, kept_by int?)
INSERT INTO promise (id, conversation_id, chat_id, source, what, owner_id, made_at, due_at, kept_at, kept_by)
VALUES (:id, :conversation_id, :chat_id, :source, :what, :owner_id, :made_at, :due_at, :kept_at, :kept_by);
-- :last_promise() -> id int
SELECT COALESCE(max(id), 0) FROM promise;

-- :blocks(id int, max int) -> many (id int, visitor_id int?, address text?, reason text, made_by int, made_at int, until int?,
--	lifted_at int?, lifted_by int?)
SELECT id, visitor_id, address, reason, made_by, made_at, until, lifted_at, lifted_by FROM block
WHERE id > :id ORDER BY id LIMIT :max;
-- :put_block(id int, visitor_id int?, address text?, reason text, made_by int, made_at int, until int?, lifted_at int?,
--	lifted_by int?)
INSERT INTO block (id, visitor_id, address, reason, made_by, made_at, until, lifted_at, lifted_by)
VALUES (:id, :visitor_id, :address, :reason, :made_by, :made_at, :until, :lifted_at, :lifted_by);
-- :last_block() -> id int
SELECT COALESCE(max(id), 0) FROM block;

-- New rows go on behind the newest that came over. SQLite does that by itself.
-- :go_on() -> at int
SELECT 0;

-- Whether there is anything in the store that a copy would mix with.
-- :is_used() -> is_used bool
SELECT CASE WHEN EXISTS (SELECT 1 FROM person) OR EXISTS (SELECT 1 FROM visitor) OR EXISTS (SELECT 1 FROM audit) THEN 1 ELSE 0 END;

-- Says where a copy into this store comes from, until it is whole.
-- :unfinished() -> one (origin text)
SELECT value FROM setting WHERE name = 'copy.unfinished';
-- :begin(origin text, at int)
INSERT INTO setting (name, value, changed_at) VALUES ('copy.unfinished', :origin, :at)
ON CONFLICT (name) DO UPDATE SET value = excluded.value, changed_at = excluded.changed_at;
-- :finish()
DELETE FROM setting WHERE name = 'copy.unfinished';

-- :pools(id int, max int) -> many (id int, team_id int?, size int, cap int, used int, extra int, chats int, removed_at int?)
SELECT id, team_id, size, cap, used, extra, chats, removed_at FROM pool
WHERE id > :id ORDER BY id LIMIT :max;
-- :put_pool(id int, team_id int?, size int, cap int, used int, extra int, chats int, removed_at int?)
INSERT INTO pool (id, team_id, size, cap, used, extra, chats, removed_at)
VALUES (:id, :team_id, :size, :cap, :used, :extra, :chats, :removed_at)
ON CONFLICT (id) DO UPDATE SET team_id = excluded.team_id, size = excluded.size, cap = excluded.cap, used = excluded.used, extra =
	excluded.extra, chats = excluded.chats, removed_at = excluded.removed_at;

-- :duties(person_id int, max int) -> many (person_id int, pool_id int, state text, seat text, since int, line_since int?, reason
--	text?, back_at int?, gone_since int?, cap int, load int, free_since int, is_able int, ends_at int?, look_at int?, stays_past
--	int?)
SELECT person_id, pool_id, state, seat, since, line_since, reason, back_at, gone_since, cap, load, free_since, is_able, ends_at,
	look_at, stays_past FROM duty
WHERE person_id > :person_id ORDER BY person_id LIMIT :max;
-- :put_duty(person_id int, pool_id int, state text, seat text, since int, line_since int?, reason text?, back_at int?, gone_since
--	int?, cap int, load int, free_since int, is_able int, ends_at int?, look_at int?, stays_past int?)
INSERT INTO duty (person_id, pool_id, state, seat, since, line_since, reason, back_at, gone_since, cap, load, free_since, is_able,
	ends_at, look_at, stays_past)
VALUES (:person_id, :pool_id, :state, :seat, :since, :line_since, :reason, :back_at, :gone_since, :cap, :load, :free_since,
	:is_able, :ends_at, :look_at, :stays_past)
ON CONFLICT (person_id) DO NOTHING;

-- :seat_logs(id int, max int) -> many (id int, at int, pool_id int, person_id int?, by_id int?, what text, why text?)
SELECT id, at, pool_id, person_id, by_id, what, why FROM seat_log
WHERE id > :id ORDER BY id LIMIT :max;
-- :put_seat_log(id int, at int, pool_id int, person_id int?, by_id int?, what text, why text?)
INSERT INTO seat_log (id, at, pool_id, person_id, by_id, what, why)
VALUES (:id, :at, :pool_id, :person_id, :by_id, :what, :why);
-- :last_seat_log() -> id int
SELECT COALESCE(max(id), 0) FROM seat_log;

-- :skills(person_id int, kind text, value text, max int) -> many (person_id int, kind text, value text)
SELECT person_id, kind, value FROM skill
WHERE (person_id, kind, value) > (:person_id, :kind, :value) ORDER BY person_id, kind, value LIMIT :max;
-- :put_skill(person_id int, kind text, value text)
INSERT INTO skill (person_id, kind, value)
VALUES (:person_id, :kind, :value)
ON CONFLICT (person_id, kind, value) DO NOTHING;

-- :offers(id int, max int) -> many (id int, chat_id int, person_id int, offered_at int, expires_at int, ended_at int?, outcome
--	text?)
SELECT id, chat_id, person_id, offered_at, expires_at, ended_at, outcome FROM offer
WHERE id > :id ORDER BY id LIMIT :max;
-- :put_offer(id int, chat_id int, person_id int, offered_at int, expires_at int, ended_at int?, outcome text?)
INSERT INTO offer (id, chat_id, person_id, offered_at, expires_at, ended_at, outcome)
VALUES (:id, :chat_id, :person_id, :offered_at, :expires_at, :ended_at, :outcome);
-- :last_offer() -> id int
SELECT COALESCE(max(id), 0) FROM offer;

-- :shifts(id int, max int) -> many (id int, person_id int, weekday int, from_minute int, minutes int, first_day text, last_day
--	text?)
SELECT id, person_id, weekday, from_minute, minutes, first_day, last_day FROM shift
WHERE id > :id ORDER BY id LIMIT :max;
-- :put_shift(id int, person_id int, weekday int, from_minute int, minutes int, first_day text, last_day text?)
INSERT INTO shift (id, person_id, weekday, from_minute, minutes, first_day, last_day)
VALUES (:id, :person_id, :weekday, :from_minute, :minutes, :first_day, :last_day);
-- :last_shift() -> id int
SELECT COALESCE(max(id), 0) FROM shift;

-- :shift_exceptions(id int, max int) -> many (id int, person_id int, day text, kind text, from_minute int?, minutes int?, reason
--	text?)
SELECT id, person_id, day, kind, from_minute, minutes, reason FROM shift_exception
WHERE id > :id ORDER BY id LIMIT :max;
-- An extra one may begin in the first minute of a day, and 0 is bound as null.
-- :put_shift_exception(id int, person_id int, day text, kind text, from_minute int?, minutes int?, reason text?)
INSERT INTO shift_exception (id, person_id, day, kind, from_minute, minutes, reason)
VALUES (:id, :person_id, :day, :kind, CASE WHEN :kind = 'extra' THEN COALESCE(:from_minute, 0) END, :minutes, :reason);
-- :last_shift_exception() -> id int
SELECT COALESCE(max(id), 0) FROM shift_exception;

-- :holidays(day text, max int) -> many (day text, name text)
SELECT day, name FROM holiday
WHERE day > :day ORDER BY day LIMIT :max;
-- :put_holiday(day text, name text)
INSERT INTO holiday (day, name)
VALUES (:day, :name)
ON CONFLICT (day) DO NOTHING;
