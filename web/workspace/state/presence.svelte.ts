/*
 * Who looks at which conversation, and who writes there. Soft: nothing is kept, and after a lost link it is told anew.
 *
 * This page says that somebody looks at it and what is on the screen, again every ten seconds: whoever looks is told nothing by push.
 */
import { SvelteMap } from 'svelte/reactivity';
import type { Viewer } from '../../client/api';
import type { Connection } from '../../client/connection';

const again_ms = 10_000;
const composing_ms = 8000;

export class Presence {
	private readonly connection: Connection;
	private readonly me: () => number | undefined;
	private readonly viewers = new SvelteMap<string, Viewer[]>();
	private conversation: string | null = null;
	private told: string | null = null;
	private told_at = 0;
	private composed_at = 0;
	private timer: ReturnType<typeof setTimeout> | undefined;

	constructor(connection: Connection, me: () => number | undefined) {
		this.connection = connection;
		this.me = me;
	}

	start(): void {
		for (const happening of ['visibilitychange', 'focus', 'blur'] as const)
			(happening === 'visibilitychange' ? document : window).addEventListener(happening, () => this.say());
		this.connection.link.subscribe((link) => {
			if (!link.is_up)
				return;
			this.told = null;
			this.say();
		});
	}

	/* The others in a conversation. */
	others(conversation: string): Viewer[] {
		return (this.viewers.get(conversation) ?? []).filter((viewer) => viewer.id !== this.me());
	}

	hear(conversation: string, who: Viewer[]): void {
		if (who.length)
			this.viewers.set(conversation, who);
		else
			this.viewers.delete(conversation);
	}

	forget(): void {
		this.viewers.clear();
	}

	look_at(conversation: string | null): void {
		this.conversation = conversation;
		this.composed_at = 0;
		this.say();
	}

	compose(is_empty: boolean): void {
		this.composed_at = is_empty ? 0 : Date.now();
		this.say();
	}

	private say(): void {
		clearTimeout(this.timer);
		const is_looking = document.visibilityState === 'visible';
		const conversation = is_looking ? this.conversation : null;
		const composing = conversation !== null && Date.now() - this.composed_at < composing_ms;
		const news = `${conversation} ${composing} ${is_looking}`;
		if (news !== this.told || (is_looking && Date.now() - this.told_at >= again_ms - 100)) {
			this.connection.viewing(conversation, composing, is_looking);
			this.told = news;
			this.told_at = Date.now();
		}
		if (is_looking)
			this.timer = setTimeout(() => this.say(), composing ? composing_ms / 2 : again_ms);
	}
}
