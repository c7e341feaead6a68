/*
 * What is owed to customers: the open promises, first due first. Keeping one can be undone for a moment: only then it is said to
 * the desk (a page that closes says it at once).
 */
import { SvelteMap } from 'svelte/reactivity';
import type { Owed } from '../../client/api';
import type { Door } from '../../client/door';
import { make_id } from '../../client/ids';

export const undo_ms = 6000;
const pages_max = 20;

export class Promises {
	private readonly door: Door;
	private readonly rows = new SvelteMap<number, Owed>();
	/* Kept here, and not yet said. */
	private readonly keeping = new SvelteMap<number, ReturnType<typeof setTimeout>>();
	private readonly failed: (reason: unknown) => void;

	open = $derived([...this.rows.values()].filter((row) => !row.kept_at && !this.keeping.has(row.promise))
		.sort((a, b) => (a.due_at < b.due_at ? -1 : a.due_at > b.due_at ? 1 : a.promise - b.promise)));
	is_loaded = $state(false);

	constructor(door: Door, failed: (reason: unknown) => void) {
		this.door = door;
		this.failed = failed;
	}

	of(conversation: string): Owed[] {
		return this.open.filter((row) => row.conversation === conversation);
	}

	async read(): Promise<void> {
		const rows: Owed[] = [];
		for (let pages = 0, more = true; more && pages < pages_max; pages++) {
			const last = rows.at(-1);
			const answer = await this.door.get<{ promises: Owed[]; more: boolean }>(`/promises?view=open&limit=200${last ? `&after=${last.promise}` : ''}`);
			rows.push(...answer.promises);
			more = answer.more && answer.promises.length > 0;
		}
		this.rows.clear();
		for (const row of rows)
			this.rows.set(row.promise, row);
		this.is_loaded = true;
	}

	hear(row: Owed): void {
		if (row.kept_at)
			this.rows.delete(row.promise);
		else
			this.rows.set(row.promise, row);
	}

	keep(promise: number): void {
		if (!this.keeping.has(promise))
			this.keeping.set(promise, setTimeout(() => void this.say(promise), undo_ms));
	}

	undo(promise: number): void {
		clearTimeout(this.keeping.get(promise));
		this.keeping.delete(promise);
	}

	/* The page goes: what can still be undone is said now. */
	flush(): void {
		for (const promise of [...this.keeping.keys()])
			void this.say(promise);
	}

	private async say(promise: number): Promise<void> {
		clearTimeout(this.keeping.get(promise));
		try {
			this.hear(await this.door.post<Owed>(`/promises/${promise}/keep`, { id: make_id('k') }));
		} catch (reason) {
			this.failed(reason);
		}
		this.keeping.delete(promise);
	}
}
