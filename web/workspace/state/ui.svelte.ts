/* What is open on the page and where one writes: of this page only, kept nowhere but for the choices. */
import type { Chat } from '../../client/api';
import { route_path, router } from './route.svelte';
import { workspace } from './workspace.svelte';

export type Layer = 'palette' | 'shortcuts' | 'hand' | 'end' | null;
export type Mode = 'message' | 'note';

class Ui {
	layer = $state<Layer>(null);
	mode = $state<Mode>('message');
	is_detail_open = $state(false);
	is_menu_open = $state(false);
	has_single_keys = $state(workspace.keep.get('softanswer.single-keys') !== 'off');
	/* The rows of the list as they stand, for stepping. */
	listed: string[] = [];
	/* Set by the composer that is on the page. */
	focus_composer: (() => void) | null = null;

	chat = $derived<Chat | undefined>(router.now.conversation ? workspace.chats.get(router.now.conversation)
		?? workspace.closed.find((chat) => chat.conversation === router.now.conversation) : undefined);

	choose_single_keys(on: boolean): void {
		this.has_single_keys = on;
		if (on)
			workspace.keep.remove('softanswer.single-keys');
		else
			workspace.keep.set('softanswer.single-keys', 'off');
	}

	write(mode: Mode): void {
		this.mode = mode;
		setTimeout(() => this.focus_composer?.(), 0);
	}

	step(by: 1 | -1): void {
		const at = this.listed.indexOf(router.now.conversation ?? '');
		const next = at < 0 ? (by > 0 ? 0 : this.listed.length - 1) : at + by;
		const conversation = this.listed[next];
		if (conversation)
			router.go(route_path(router.now.page === 'chats' ? router.now.view : 'inbox', conversation));
	}

	async sign_out(): Promise<void> {
		if (!(await workspace.act(() => workspace.door.delete('/session'))))
			return;
		workspace.connection.stop();
		location.assign('/sign-in');
	}
}

export const ui = new Ui();
