/* What is open on the page and where one writes: of this page only, kept nowhere. */
import type { Chat } from '../../client/api';
import type { DraftMode } from './drafts.svelte';
import { route_path, router } from './route.svelte';
import { workspace } from './workspace.svelte';

/* page: a dialog of the page that is open, which draws it. */
export type Layer = 'palette' | 'shortcuts' | 'hand' | 'invite' | 'end' | 'block' | 'away' | 'leave' | 'page' | null;
/* Keys that a page has of its own, for the list of shortcuts. */
export interface PageKeys {
	title: string;
	keys: { label: string; keys: string[] }[];
}
/* What one does by giving the seat back. */
export type Leaving = 'phone' | 'offline' | 'sign-out';
export type Mode = DraftMode;

class Ui {
	private above = $state<Layer>(null);
	/* How often something was opened or closed: who comes back late with an answer closes only what it was asked in. */
	private turn = 0;
	mode = $state<Mode>('message');
	is_detail_open = $state(false);
	/* What is open has the whole screen. */
	is_bare = $state(false);
	has_single_keys = $derived(workspace.choices.has_single_keys);
	/* The rows of the list as they stand, for stepping. */
	listed: string[] = [];
	/* Asked before, since chats go back to the line. */
	leaving = $state<Leaving | null>(null);
	/* A chat that is handed on from elsewhere than its own page. */
	handing = $state.raw<Chat | null>(null);
	/* Set by the page that has some. */
	page_keys = $state.raw<PageKeys | null>(null);
	/* Set by the switch at the top. */
	open_status: (() => void) | null = null;
	/* Set by the composer that is on the page. */
	focus_composer: (() => void) | null = null;
	ask_for_files: (() => void) | null = null;

	chat = $derived<Chat | undefined>(router.now.conversation ? workspace.chats.get(router.now.conversation)
		?? workspace.closed.find((chat) => chat.conversation === router.now.conversation) : undefined);
	owed = $derived(router.now.conversation ? workspace.promises.of(router.now.conversation) : []);
	/* Owner, guests, and after the end whoever sees to what is owed speak to the visitor. */
	can_speak = $derived(workspace.has_part(this.chat) || (this.chat?.state === 'closed' && this.owed.length > 0));
	/* To who has the chat, by leads and guests; and back. */
	can_whisper = $derived(this.chat?.state === 'owned' && (workspace.can_lead || workspace.has_part(this.chat)));
	may_move = $derived(this.chat?.state === 'owned' && (workspace.is_mine(this.chat) || workspace.can_lead));

	modes = $derived<Mode[]>([...(this.can_speak ? ['message' as const] : []), 'note', ...(this.can_whisper ? ['whisper' as const] : [])]);
	/* Only what one may do there. */
	writes = $derived<Mode>(this.modes.includes(this.mode) ? this.mode : 'note');

	get layer(): Layer {
		return this.above;
	}

	set layer(layer: Layer) {
		this.above = layer;
		this.turn++;
	}

	choose_single_keys(on: boolean): void {
		workspace.choices.choose_single_keys(on);
	}

	/* The focus goes there at once: what is typed next must not act as single keys. */
	write(mode: Mode): void {
		this.mode = mode;
		this.focus_composer?.();
	}

	step(by: 1 | -1): void {
		const at = this.listed.indexOf(router.now.conversation ?? '');
		const next = at < 0 ? (by > 0 ? 0 : this.listed.length - 1) : at + by;
		const conversation = this.listed[next];
		if (conversation)
			router.go(route_path(router.now.page === 'chats' ? router.now.view : 'inbox', conversation));
	}

	/* Gives the seat back; asks first while one holds chats. */
	leave(to: Leaving): void {
		if (workspace.held.length === 0)
			return void this.leave_now(to);
		this.leaving = to;
		this.layer = 'leave';
	}

	/* True: it was done. */
	async leave_now(to: Leaving): Promise<boolean> {
		if (to !== 'sign-out')
			return workspace.set_status(to);
		if (workspace.can_answer && workspace.me?.status !== 'offline' && !(await workspace.set_status('offline')))
			return false;
		await this.sign_out_now();
		return true;
	}

	hand_on(chat: Chat): void {
		this.handing = chat;
		this.layer = 'hand';
	}

	/* What lies above; back to the question whether one leaves, where a chat was handed on from there. */
	close(): void {
		this.layer = this.leaving && this.layer === 'hand' ? 'leave' : null;
		this.handing = null;
		if (this.layer === null)
			this.leaving = null;
	}

	/* What is open now, for who comes back late. */
	sheet(): { is_open: () => boolean; close: () => void } {
		const { turn } = this;
		return { is_open: () => turn === this.turn, close: () => this.close() };
	}

	sign_out(): void {
		this.leave('sign-out');
	}

	private async sign_out_now(): Promise<void> {
		if (!(await workspace.act(() => workspace.door.delete('/session'))))
			return;
		workspace.connection.stop();
		location.assign('/sign-in');
	}
}

export const ui = new Ui();
