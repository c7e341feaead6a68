/*
 * The log of one conversation as this page knows it: the desk's items in the order of seq, and behind them what is
 * being sent from here (the outbox).
 *
 * Invariants: items rise in seq and none is in twice; `cursor` is the newest seq that was shown or passed over; an item and the
 * sending that it came from are never both shown. A store in Svelte's sense (subscribe), without needing Svelte.
 */
import type { AuthorKind, DeskEvent, Item } from './api';
import { make_id } from './ids';
import { Outbox, type Sending, type SendingKind } from './outbox';
import type { Keep } from './storage';

const typing_fades_ms = 6000;
const tells_every_ms = 16;

export interface Entry {
	/* The same for a sending and the item that it becomes, so that the bubble stays the same one. */
	key: string;
	item: Item | null;
	sending: Sending | null;
}

export interface Typist {
	kind: AuthorKind;
	name?: string;
}

/* How far a side has come: its newest seq that a page has, and that somebody looked at. */
export interface Reading {
	delivered: number;
	seen: number;
}
export type ReadingSide = 'visitor' | 'staff';
export type Readings = Record<ReadingSide, Reading>;

export interface LogView {
	entries: Entry[];
	readings: Readings;
	/* All that existed when it was first watched has come. */
	is_loaded: boolean;
	/* The desk knows no such conversation, or it is not ours to see. */
	is_gone: boolean;
	typing: Typist[];
	cursor: number;
}

export interface LogSettings {
	keep: Keep;
	/* Whose outbox: "visitor" or "person-7". */
	owner: string;
	/* Staff see every seq; for a visitor the seq may skip internal items. */
	sees_every_seq: boolean;
	/* Who writes here: typing of one's own other tab is not shown, one's own messages do not count as new. */
	is_mine: (author: { kind: AuthorKind; id?: number; name?: string }) => boolean;
}

export type Added = 'added' | 'old' | 'gap';

export class ConversationLog {
	readonly conversation: string;
	readonly outbox: Outbox;
	readonly settings: LogSettings;
	cursor = 0;
	is_loaded = false;
	is_gone = false;
	private readonly items: Item[] = [];
	/* Files on their way from this page, shown among what is being sent; upload.ts keeps them. */
	readonly uploads: Sending[] = [];
	private readings: Readings = { visitor: { delivered: 0, seen: 0 }, staff: { delivered: 0, seen: 0 } };
	private readonly listeners = new Set<(event: DeskEvent) => void>();
	private readonly typists = new Map<string, { who: Typist; timer: ReturnType<typeof setTimeout> }>();
	private readonly subscribers = new Set<(view: LogView) => void>();
	private told_at = 0;
	private tell_timer: ReturnType<typeof setTimeout> | null = null;

	constructor(conversation: string, settings: LogSettings) {
		this.conversation = conversation;
		this.settings = settings;
		this.outbox = new Outbox(settings.keep, settings.owner, conversation);
	}

	/* Takes an item that the desk sent. 'gap': an item between is missing; ask again with the cursor. */
	add(item: Item, may_skip = false): Added {
		if (item.seq <= this.cursor)
			return 'old';
		if (this.settings.sees_every_seq && !may_skip && item.seq !== this.cursor + 1)
			return 'gap';

		this.items.push(item);
		this.cursor = item.seq;
		if (item.caller_id && this.settings.is_mine(item.author))
			this.forget_sending(item.caller_id);
		if (item.kind === 'ended')
			this.forget_typists();
		else
			this.forget_typist(item.author.kind, item.author.name);
		this.tell();
		return 'added';
	}

	/* Everything visible up to `head` has been given to add(). */
	catch_up(head: number): void {
		this.cursor = Math.max(this.cursor, head);
		this.is_loaded = true;
		this.is_gone = false;
		this.tell();
	}

	/* The desk has less than this page has shown: it was restored from a backup. What it has is shown again from the beginning. */
	start_over(): void {
		this.items.length = 0;
		this.cursor = 0;
		this.is_loaded = false;
		this.tell();
	}

	set_gone(): void {
		this.is_gone = true;
		this.is_loaded = true;
		this.tell();
	}

	write(kind: SendingKind, text: string, more: Pick<Sending, 'corrects' | 'draft'> = {}): Sending {
		const sending: Sending = { id: make_id(kind.charAt(0)), kind, text, at: Date.now(), state: 'sending', ...more };
		this.outbox.add(sending);
		this.tell();
		return sending;
	}

	acknowledge(id: string, seq: number): void {
		const sending = this.outbox.find(id);
		if (!sending)
			return;
		this.outbox.acknowledge(sending, seq);
		if (seq <= this.cursor)
			this.outbox.remove(id);
		this.tell();
	}

	fail(id: string, problem: string): void {
		const sending = this.outbox.find(id);
		if (!sending || sending.seq !== undefined)
			return;
		sending.state = 'failed';
		sending.problem = problem;
		this.outbox.save(sending);
		this.tell();
	}

	/* Makes a failed sending ready to be sent again, with its same id. */
	revive(id: string): void {
		const sending = this.outbox.find(id);
		if (sending?.state !== 'failed')
			return;
		sending.state = 'sending';
		delete sending.problem;
		this.outbox.save(sending);
		this.tell();
	}

	/* Only what failed can be taken back: what is under way may be on the desk already. */
	discard(id: string): void {
		if (this.outbox.find(id)?.state === 'failed' && this.outbox.remove(id))
			this.tell();
	}

	/* Never back, whatever order the news come in. */
	set_reading(side: ReadingSide, reading: Partial<Reading>): void {
		const { delivered, seen } = this.readings[side];
		const next = { delivered: Math.max(delivered, reading.delivered ?? 0), seen: Math.max(seen, reading.seen ?? 0) };
		if (next.delivered === delivered && next.seen === seen)
			return;
		this.readings = { ...this.readings, [side]: next };
		this.tell();
	}

	set_readings(readings: Partial<Readings> | undefined): void {
		this.set_reading('visitor', readings?.visitor ?? {});
		this.set_reading('staff', readings?.staff ?? {});
	}

	/* What the desk tells of this conversation besides items, typing and readings. */
	listen(run: (event: DeskEvent) => void): () => void {
		this.listeners.add(run);
		return () => void this.listeners.delete(run);
	}

	hear(event: DeskEvent): void {
		for (const run of [...this.listeners])
			run(event);
	}

	/* For upload.ts: an upload was added, came on, or was taken away. */
	uploads_changed(): void {
		this.tell();
	}

	set_typing(who: Typist, on: boolean): void {
		this.forget_typist(who.kind, who.name);
		if (on && !this.settings.is_mine(who)) {
			const key = `${who.kind}.${who.name ?? ''}`;
			const timer = setTimeout(() => this.set_typing(who, false), typing_fades_ms);
			this.typists.set(key, { who, timer });
		}
		this.tell();
	}

	view(): LogView {
		const entries: Entry[] = this.items.map((item) => ({ key: item.caller_id || `s-${item.seq}`, item, sending: null }));
		for (const sending of [...this.outbox.sendings, ...this.uploads].sort((a, b) => a.at - b.at))
			entries.push({ key: sending.id, item: null, sending: { ...sending } });
		return {
			entries,
			readings: this.readings,
			is_loaded: this.is_loaded,
			is_gone: this.is_gone,
			typing: [...this.typists.values()].map((typist) => typist.who),
			cursor: this.cursor,
		};
	}

	subscribe(run: (view: LogView) => void): () => void {
		this.subscribers.add(run);
		run(this.view());
		return () => void this.subscribers.delete(run);
	}

	/* Its item is here. */
	private forget_sending(id: string): void {
		const index = this.uploads.findIndex((upload) => upload.id === id);
		if (index >= 0)
			this.uploads.splice(index, 1);
		else
			this.outbox.remove(id);
	}

	private forget_typist(kind: AuthorKind, name: string | undefined): void {
		const key = `${kind}.${name ?? ''}`;
		clearTimeout(this.typists.get(key)?.timer);
		this.typists.delete(key);
	}

	private forget_typists(): void {
		for (const typist of this.typists.values())
			clearTimeout(typist.timer);
		this.typists.clear();
	}

	/* At once, but not more often than the screen is drawn: ten thousand missed items are not ten thousand pictures. */
	private tell(): void {
		if (this.tell_timer !== null)
			return;
		const wait = this.told_at + tells_every_ms - Date.now();
		if (wait <= 0)
			this.tell_now();
		else
			this.tell_timer = setTimeout(() => this.tell_now(), wait);
	}

	private tell_now(): void {
		this.tell_timer = null;
		this.told_at = Date.now();
		const view = this.view();
		for (const run of [...this.subscribers])
			run(view);
	}
}
