/*
 * Drafts: in the browser with every stroke (kit/Composer.svelte), on the desk within two seconds, so that another machine goes on
 * with them.
 *
 * A draft has a *generation* that rises when it is sent: what is saved late under an older one is passed over by the desk, so
 * a sent draft never comes back. Beside each kept text stands its generation and what the desk has of it (`meta`): a text that
 * the desk has gives way to what the desk says; one that it has not is ours and is saved there.
 */
import { SvelteMap } from 'svelte/reactivity';
import { Refusal, type Door } from '../../client/door';
import type { Keep } from '../../client/storage';

export type DraftMode = 'message' | 'note' | 'whisper';
export const draft_modes: readonly DraftMode[] = ['message', 'note', 'whisper'];
export const save_after_ms = 800;
const retry_ms = 5000;

interface Draft {
	conversation: string;
	mode: DraftMode;
	generation: number;
	text: string;
}

interface Meta {
	generation: number;
	/* What the desk has under that generation, and what was asked to be saved without an answer yet. */
	known: string;
	tried?: string;
}

export class Drafts {
	private readonly door: Door;
	private readonly keep: Keep;
	private readonly owner: () => string;
	/* Whether a message of that generation is still on its way: the next draft waits for it. */
	private readonly is_under_way: (conversation: string, mode: DraftMode, generation: number) => boolean;
	private readonly timers = new Map<string, ReturnType<typeof setTimeout>>();
	private readonly saving = new Set<string>();
	/* For rows: conversations in which something is begun. */
	readonly begun = new SvelteMap<string, boolean>();
	/* What came from elsewhere: the composer that shows it looks again. */
	changed = $state({ key: '', count: 0 });

	constructor(door: Door, keep: Keep, owner: () => string, is_under_way: Drafts['is_under_way']) {
		this.door = door;
		this.keep = keep;
		this.owner = owner;
		this.is_under_way = is_under_way;
	}

	key(conversation: string, mode: DraftMode): string {
		return `softanswer.draft.${this.owner()}.${conversation}.${mode}`;
	}

	text(conversation: string, mode: DraftMode): string {
		return this.keep.get(this.key(conversation, mode)) ?? '';
	}

	has(conversation: string): boolean {
		return this.begun.get(conversation) ?? this.is_begun(conversation);
	}

	/* It was written on. */
	write(conversation: string, mode: DraftMode): void {
		this.look(conversation);
		if (this.is_unsaved(conversation, mode))
			this.plan(conversation, mode, save_after_ms);
	}

	/* It is being sent as the generation that is answered: the desk forgets it with the message. */
	sent(conversation: string, mode: DraftMode): number {
		const key = this.key(conversation, mode);
		const generation = Math.max(1, this.meta(conversation, mode).generation);
		clearTimeout(this.timers.get(key));
		this.timers.delete(key);
		this.put_meta(conversation, mode, { generation: generation + 1, known: '' });
		this.keep.remove(key);
		this.look(conversation);
		return generation;
	}

	/* Looks what the desk has: of one conversation, or of all that are begun. What was not saved from here is saved. */
	async read(conversation?: string): Promise<void> {
		try {
			const drafts = await this.list(conversation);
			for (const draft of drafts)
				this.take(draft);
			if (!conversation)
				this.drop_others(drafts);
		} catch { /* the link is going, or it is not ours to see: what is here stays */ }
		for (const mode of conversation ? draft_modes : [])
			if (this.is_unsaved(conversation!, mode))
				this.plan(conversation!, mode, 0);
	}

	private async list(conversation?: string): Promise<Draft[]> {
		const all: Draft[] = [];
		for (let query = conversation ? `?conversation=${conversation}` : '', more = true; more;) {
			const page = await this.door.get<{ drafts: Draft[]; more: boolean }>(`/me/drafts${query}`), last = page.drafts.at(-1);
			all.push(...page.drafts);
			more = page.more && last !== undefined;
			query = `?before=${last?.conversation}&before_mode=${last?.mode}`;
		}
		return all;
	}

	/* Everything that is not there yet, at once: the page goes. */
	flush(): void {
		for (const [key, timer] of [...this.timers]) {
			clearTimeout(timer);
			this.timers.delete(key);
			const [conversation, mode] = key.split('.').slice(-2) as [string, DraftMode];
			void this.save(conversation, mode);
		}
	}

	private take(draft: Draft): void {
		const { conversation, mode, generation, text: known } = draft;
		const meta = this.meta(conversation, mode), text = this.text(conversation, mode);
		if (generation < meta.generation)
			return;
		/* Written on here while the desk's is of another machine, or was sent from there: what one sees stays. */
		const is_ours = this.is_unsaved(conversation, mode) && (generation === meta.generation || (text !== '' && text !== meta.tried));
		this.put_meta(conversation, mode, { generation, known });
		if (!is_ours)
			this.put_text(draft);
	}

	private put_text(draft: Draft): void {
		const key = this.key(draft.conversation, draft.mode);
		if ((this.keep.get(key) ?? '') === draft.text)
			return;
		if (draft.text === '')
			this.keep.remove(key);
		else
			this.keep.set(key, draft.text);
		this.look(draft.conversation);
		this.changed = { key, count: this.changed.count + 1 };
	}

	/* What the desk had and lists no more was sent or emptied elsewhere. */
	private drop_others(drafts: Draft[]): void {
		const listed = new Set(drafts.map((draft) => draft.conversation));
		const prefix = this.key('', 'message').replace(/\.message$/, '');
		const kept = this.keep.keys(prefix).map((key) => key.slice(prefix.length).split('.')[0]!);
		for (const conversation of new Set(kept))
			if (!listed.has(conversation))
				void this.read(conversation);
	}

	private plan(conversation: string, mode: DraftMode, wait_ms: number): void {
		const key = this.key(conversation, mode);
		if (this.timers.has(key))
			return;
		this.timers.set(key, setTimeout(() => {
			this.timers.delete(key);
			void this.save(conversation, mode);
		}, wait_ms));
	}

	private async save(conversation: string, mode: DraftMode): Promise<void> {
		const key = this.key(conversation, mode);
		const meta = this.meta(conversation, mode), generation = Math.max(1, meta.generation);
		if (this.saving.has(key) || this.is_under_way(conversation, mode, generation - 1))
			return this.plan(conversation, mode, save_after_ms);
		const text = this.text(conversation, mode);
		this.saving.add(key);
		this.put_meta(conversation, mode, { ...meta, tried: text });
		try {
			const draft = await this.door.post<Draft>(`/conversations/${conversation}/draft`, { mode, generation, ...(text ? { text } : {}) });
			this.saved({ ...draft, conversation, mode }, text);
		} catch (reason) {
			if (!(reason instanceof Refusal) || reason.is_retryable)
				this.plan(conversation, mode, retry_ms);
		} finally {
			this.saving.delete(key);
		}
	}

	private saved(draft: Draft, text: string): void {
		const { conversation, mode, generation, text: known } = draft;
		if (generation < this.meta(conversation, mode).generation)
			return; /* it was sent meanwhile */
		this.put_meta(conversation, mode, { generation, known });
		if (this.text(conversation, mode) !== text)
			this.plan(conversation, mode, save_after_ms);
		else if (full(known) !== full(text))
			this.put_text(draft); /* it had been sent from elsewhere */
	}

	private is_unsaved(conversation: string, mode: DraftMode): boolean {
		return full(this.text(conversation, mode)) !== this.meta(conversation, mode).known;
	}

	private is_begun(conversation: string): boolean {
		return draft_modes.some((mode) => full(this.text(conversation, mode)) !== '');
	}

	private look(conversation: string): void {
		const is_begun = this.is_begun(conversation);
		if ((this.begun.get(conversation) ?? false) !== is_begun)
			this.begun.set(conversation, is_begun);
	}

	private meta(conversation: string, mode: DraftMode): Meta {
		try {
			const meta = JSON.parse(this.keep.get(this.meta_key(conversation, mode)) ?? '') as Meta;
			return { generation: Number(meta.generation) || 0, known: String(meta.known ?? ''), tried: meta.tried };
		} catch {
			return { generation: 0, known: '' };
		}
	}

	private put_meta(conversation: string, mode: DraftMode, meta: Meta): void {
		this.keep.set(this.meta_key(conversation, mode), JSON.stringify(meta));
	}

	private meta_key(conversation: string, mode: DraftMode): string {
		return `softanswer.drafted.${this.owner()}.${conversation}.${mode}`;
	}
}

/* Blanks alone are nothing. */
function full(text: string): string {
	return text.trim() === '' ? '' : text;
}
