/*
 * The logs that this page follows: one's own chats, the open one, and those with something unsent. So the last line, the unread
 * count and the waiting time of these are always true, and their visitors read "delivered" and "seen".
 */
import { SvelteMap } from 'svelte/reactivity';
import type { Author, Item } from '../../client/api';
import type { Connection } from '../../client/connection';
import type { Door } from '../../client/door';
import { ConversationLog, type LogView } from '../../client/log';
import { outbox_conversations } from '../../client/outbox';
import { ReadingSignal } from '../../client/reading';
import type { Keep } from '../../client/storage';
import { Uploads } from '../../client/upload';

/* What a row shows of a followed log. */
export interface Summary {
	unread: number;
	/* Since when the customer waits for an answer, ms; null: we have answered. */
	unanswered_since: number | null;
	last: { text: string; is_ours: boolean; is_file: boolean; at: number } | null;
	has_failed: boolean;
}

interface Followed {
	log: ConversationLog;
	uploads: Uploads;
	reading: ReadingSignal;
	/* Up to which seq it was told what came; null: what came first is old. */
	told: number | null;
	stop: () => void;
}

export interface FollowsSettings {
	connection: Connection;
	door: Door;
	keep: Keep;
	owner: () => string;
	is_me: (author: Author) => boolean;
	/* It came just now. */
	oncame: (conversation: string, item: Item) => void;
	/* One reads there for the desk: as its owner or a guest. */
	reads_for_desk: (conversation: string) => boolean;
}

export class Follows {
	readonly summaries = new SvelteMap<string, Summary>();
	private readonly settings: FollowsSettings;
	private readonly followed = new Map<string, Followed>();
	private readonly seen = new Map<string, number>();

	constructor(settings: FollowsSettings) {
		this.settings = settings;
	}

	start(): void {
		for (const conversation of outbox_conversations(this.settings.keep, this.settings.owner()))
			this.follow(conversation);
		this.settings.connection.link.subscribe((link) => {
			for (const { reading } of link.is_up ? this.followed.values() : [])
				reading.again();
		});
	}

	follow(conversation: string): Followed {
		const known = this.followed.get(conversation);
		if (known)
			return known;
		const { connection, door, keep, owner, is_me } = this.settings;
		const log = new ConversationLog(conversation, { keep, owner: owner(), sees_every_seq: true, is_mine: is_me });
		const followed: Followed = { log, uploads: new Uploads(door, log), told: null, stop: () => undefined,
			reading: new ReadingSignal((reading) => connection.tell_reading(conversation, reading)) };
		this.followed.set(conversation, followed);
		const stop_watching = connection.watch(log);
		const stop_summing = log.subscribe((view) => this.look(conversation, followed, view));
		followed.stop = () => { stop_watching(); stop_summing(); };
		return followed;
	}

	log(conversation: string): ConversationLog {
		return this.follow(conversation).log;
	}

	uploads(conversation: string): Uploads {
		return this.follow(conversation).uploads;
	}

	/* Follows no more what is not wanted and has nothing unsent. */
	let_go(is_wanted: (conversation: string) => boolean): void {
		for (const [conversation, followed] of this.followed) {
			const { log } = followed;
			if (is_wanted(conversation) || log.outbox.sendings.length > 0 || log.uploads.length > 0)
				continue;
			followed.stop();
			this.followed.delete(conversation);
			this.summaries.delete(conversation);
		}
	}

	/* A message of that generation of a draft is still on its way. */
	is_draft_under_way(conversation: string, mode: string, generation: number): boolean {
		return this.followed.get(conversation)?.log.outbox.sendings
			.some((sending) => sending.kind === mode && sending.draft === generation && sending.seq === undefined && sending.state === 'sending') ?? false;
	}

	seen_of(conversation: string): number {
		return this.seen.get(conversation) ?? Number(this.settings.keep.get(this.seen_key(conversation)) ?? 0);
	}

	/* It was on the screen of this page while somebody looked. */
	read(conversation: string, seq: number): void {
		const followed = this.followed.get(conversation);
		if (this.settings.reads_for_desk(conversation))
			followed?.reading.seen(seq);
		if (seq <= this.seen_of(conversation))
			return;
		this.seen.set(conversation, seq);
		this.settings.keep.set(this.seen_key(conversation), String(seq));
		if (followed)
			this.sum_up(conversation, followed.log.view());
	}

	private seen_key(conversation: string): string {
		return `softanswer.seen.${this.settings.owner()}.${conversation}`;
	}

	private look(conversation: string, followed: Followed, view: LogView): void {
		this.sum_up(conversation, view);
		if (!view.is_loaded || view.is_gone)
			return;
		const { told } = followed;
		followed.told = view.cursor;
		if (this.settings.reads_for_desk(conversation) && view.cursor > 0)
			followed.reading.delivered(view.cursor);
		for (const { item } of told === null ? [] : view.entries)
			if (item && item.seq > told!)
				this.settings.oncame(conversation, item);
	}

	private sum_up(conversation: string, view: LogView): void {
		const seen = Math.max(this.seen_of(conversation), view.readings.staff.seen);
		const summary: Summary = { unread: 0, unanswered_since: null, last: null, has_failed: false };
		for (const { item, sending } of view.entries) {
			if (sending?.state === 'failed')
				summary.has_failed = true;
			if (item?.kind !== 'message' && item?.kind !== 'file')
				continue;
			const at = Date.parse(item.at);
			const is_ours = item.author.kind === 'person';
			summary.last = { text: item.text ?? item.file?.name ?? '', is_ours, is_file: item.kind === 'file', at };
			summary.unanswered_since = is_ours ? null : summary.unanswered_since ?? at;
			/* Who has answered has read. */
			if (is_ours)
				summary.unread = 0;
			else if (item.seq > seen)
				summary.unread++;
		}
		this.summaries.set(conversation, summary);
	}
}
