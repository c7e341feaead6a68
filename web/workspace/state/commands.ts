/*
 * Everything that can be done with a key: one table for the handlers, the list of shortcuts and the palette.
 *
 * Single keys never act while somebody types, composes with an input method, or has turned them off.
 */
import { sections } from '../parts/admin/sections';
import { a } from '../parts/admin/texts';
import type { Chat, Status } from '../../client/api';
import { w } from '../texts';
import { has_seat } from './duty.svelte';
import { route_path, router, type ChatView } from './route.svelte';
import { ui } from './ui.svelte';
import { workspace } from './workspace.svelte';

export interface Command {
	id: string;
	/* As KeyboardEvent.key; "Mod+" is Ctrl, or Cmd on a Mac. Null: by the palette only. */
	key: string | null;
	label: () => string;
	is_possible?: () => boolean;
	run: () => void;
}

const is_mac = /Mac|iP(hone|ad)/.test(navigator.platform);
const on_chat = (): boolean => router.now.page === 'chats' && ui.chat !== undefined;
const may_move = (): boolean => on_chat() && ui.may_move;
const answers = (): boolean => workspace.can_answer;
const view = (view: ChatView, key: string | null, label: () => string): Command => ({ id: view, key, label, is_possible: answers,
	run: () => router.go(route_path(view)) });

/* What one may become, in the order of the switch. */
export const status_commands: (Command & { status: Exclude<Status, 'line' | 'winding'> })[] = [
	{ id: 'online', status: 'online', key: null, label: () => w.do_online, run: () => void workspace.set_status('online') },
	{ id: 'away', status: 'away', key: null, label: () => w.do_away_more, is_possible: () => has_seat(workspace.duty.mine), run: () => { ui.layer = 'away'; } },
	{ id: 'phone', status: 'phone', key: null, label: () => w.do_phone, run: () => ui.leave('phone') },
	{ id: 'offline', status: 'offline', key: null, label: () => w.do_offline, run: () => ui.leave('offline') },
];
const offered = (): boolean => workspace.offers.open.length > 0;

export const commands: Command[] = [
	{ id: 'accept', key: 'y', label: () => w.do_accept(first_offered()), is_possible: offered, run: () => void workspace.accept(workspace.offers.open[0]!) },
	{ id: 'decline', key: 'x', label: () => w.do_decline(first_offered()), is_possible: offered, run: () => void workspace.decline(workspace.offers.open[0]!) },
	{ id: 'palette', key: 'Mod+k', label: () => w.do_palette, run: () => { ui.layer = 'palette'; } },
	{ id: 'shortcuts', key: '?', label: () => w.do_shortcuts, run: () => { ui.layer = 'shortcuts'; } },
	{ id: 'next', key: 'j', label: () => w.do_next, is_possible: answers, run: () => ui.step(1) },
	{ id: 'previous', key: 'k', label: () => w.do_previous, is_possible: answers, run: () => ui.step(-1) },
	{ id: 'take', key: 't', label: () => w.do_take, is_possible: () => on_chat() && is_waiting(ui.chat!) && workspace.why_not_take(ui.chat!) === '', run: () => void workspace.take(ui.chat!) },
	{ id: 'write', key: 'r', label: () => w.do_write, is_possible: () => on_chat() && ui.can_speak, run: () => ui.write('message') },
	{ id: 'note', key: 'n', label: () => w.do_note, is_possible: on_chat, run: () => ui.write('note') },
	{ id: 'whisper', key: 'w', label: () => w.do_whisper, is_possible: () => on_chat() && ui.can_whisper, run: () => ui.write('whisper') },
	{ id: 'file', key: 'f', label: () => w.do_file, is_possible: () => on_chat() && ui.ask_for_files !== null, run: () => ui.ask_for_files?.() },
	{ id: 'hand', key: 'h', label: () => w.do_hand, is_possible: may_move, run: () => { ui.layer = 'hand'; } },
	{ id: 'invite', key: 'a', label: () => w.do_invite, is_possible: may_move, run: () => { ui.layer = 'invite'; } },
	{ id: 'leave', key: 'l', label: () => w.do_leave, is_possible: () => on_chat() && workspace.is_guest(ui.chat), run: () => void workspace.leave(ui.chat!) },
	{ id: 'release', key: 'b', label: () => w.do_release, is_possible: may_move, run: () => void workspace.release(ui.chat!) },
	{ id: 'end', key: 'e', label: () => w.do_end, is_possible: may_move, run: () => { ui.layer = 'end'; } },
	{ id: 'keep', key: 'p', label: () => w.do_keep, is_possible: () => on_chat() && ui.owed.length > 0, run: () => workspace.keep_promise(ui.owed[0]!.promise) },
	{ id: 'undo', key: 'z', label: () => w.undo, is_possible: () => workspace.notice.action !== null, run: () => workspace.take_notice() },
	{ id: 'priority', key: null, label: () => (ui.chat!.priority > 0 ? w.do_in_turn : w.do_first), is_possible: () => on_chat() && is_waiting(ui.chat!) && workspace.can_lead,
		run: () => void workspace.prioritise(ui.chat!) },
	{ id: 'block', key: null, label: () => w.do_block, is_possible: on_chat, run: () => { ui.layer = 'block'; } },
	{ id: 'details', key: 'i', label: () => w.do_details, is_possible: on_chat, run: () => { ui.is_detail_open = !ui.is_detail_open; } },
	{ id: 'status', key: 'o', label: () => w.do_status, is_possible: answers, run: () => ui.open_status?.() },
	...status_commands.map((command): Command => ({ ...command, is_possible: () => answers() && workspace.me?.status !== command.status && (command.is_possible?.() ?? true) })),
	{ id: 'board', key: '6', label: () => w.go_board, is_possible: answers, run: () => router.go('/w/board') },
	{ id: 'wall', key: '7', label: () => w.go_wall, is_possible: () => workspace.can_lead, run: () => router.go('/w/wall') },
	{ id: 'planner', key: '8', label: () => w.go_planner, is_possible: answers, run: () => router.go('/w/planner') },
	view('inbox', '1', () => w.go_inbox),
	view('team', '5', () => w.go_team),
	view('all', '2', () => w.go_all),
	view('owed', '4', () => w.go_owed),
	view('closed', '3', () => w.go_closed),
	view('waiting', null, () => w.go_waiting),
	view('mine', null, () => w.go_mine),
	{ id: 'sound', key: null, label: () => (workspace.choices.has_sound ? w.do_mute : w.do_unmute), is_possible: answers,
		run: () => workspace.choices.choose_sound(!workspace.choices.has_sound) },
	{ id: 'people', key: null, label: () => w.go_people, is_possible: answers, run: () => router.go('/w/people') },
	{ id: 'audit', key: null, label: () => w.go_audit, is_possible: () => workspace.can_lead, run: () => router.go('/w/audit') },
	{ id: 'settings', key: null, label: () => w.go_settings, is_possible: answers, run: () => router.go('/w/settings') },
	/* Their words come a moment after the page (Frame.svelte). */
	...sections.filter((section) => section.load).map((section): Command => ({ id: `settings-${section.id}`, key: null,
		label: () => a.go(a.hub[section.id].title), is_possible: () => a !== undefined && section.may(), run: () => router.go(section.path) })),
	{ id: 'account', key: null, label: () => w.go_account, run: () => router.go('/w/account') },
	{ id: 'sign-out', key: null, label: () => w.sign_out, run: () => ui.sign_out() },
];

/* While nothing is offered the list of keys still names them. */
function first_offered(): string {
	const chat = workspace.offers.open[0];
	return chat ? workspace.name_of(chat) : '';
}

function is_waiting(chat: Chat): boolean {
	return chat.state === 'waiting' || chat.state === 'offered';
}

export function key_name(key: string): string {
	return key.replace('Mod+', is_mac ? '⌘' : 'Ctrl ').replace(/[a-z]$/, (letter) => letter.toUpperCase());
}

export function key_pressed(event: KeyboardEvent): void {
	if (event.isComposing || event.keyCode === 229 || event.defaultPrevented || is_covered())
		return;
	const is_mod = (is_mac ? event.metaKey : event.ctrlKey) && !event.altKey;
	const is_plain = !event.ctrlKey && !event.metaKey && !event.altKey;
	if (is_plain && (!ui.has_single_keys || is_writing(event.target)))
		return;
	const pressed = is_mod ? `Mod+${event.key.toLowerCase()}` : is_plain ? event.key : '';
	const command = commands.find((each) => each.key === pressed && (each.is_possible?.() ?? true));
	if (!command)
		return;
	event.preventDefault();
	command.run();
}

/* Pages have dialogs of their own, which are no layer. */
function is_covered(): boolean {
	return ui.layer !== null || document.querySelector('dialog[open]') !== null;
}

function is_writing(target: EventTarget | null): boolean {
	return target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));
}
