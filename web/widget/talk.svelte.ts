/*
 * A visitor's conversation with the desk: the log and its link, how the chat stands, what has been read, files on their way.
 *
 * The log tells how things stand: it is the same for every tab, and in order. Only the place in the line and whether the chat
 * may be opened again come from elsewhere: from line.moved, and from asking the desk.
 */
import type { Item, VisitorAnswer } from '../client/api';
import type { ChatReopenAnswer, LineMovedEvent } from '../client/api.gen';
import { Connection } from '../client/connection';
import { make_id } from '../client/ids';
import { ConversationLog } from '../client/log';
import { ReadingSignal } from '../client/reading';
import { TypingSignal } from '../client/typing';
import { Uploads } from '../client/upload';
import { problem_text } from '../kit/problem';
import { play } from './sound';
import type { Visit } from './visit.svelte';

export type Stand = 'waiting' | 'owned' | 'closed';

/* The place comes by itself while the link is up; without, it is asked for. */
const ask_every_ms = 10_000;
/* What calls somebody back to the panel: what is said, and that nobody said anything for long. */
const calls: string[] = ['message', 'file', 'warned'];

export class Talk {
	readonly log: ConversationLog;
	readonly connection: Connection;
	readonly uploads: Uploads;
	readonly typing: TypingSignal;

	stand = $state<Stand>('closed');
	advisor = $state<string | null>(null);
	place = $state<number | null>(null);
	wait_ms = $state(0);
	waiting_since = $state(0);
	/* Whoever waits is told when the desk stops answering. */
	is_desk_open = $state(true);
	can_reopen = $state(false);
	/* The last that happened was a form. */
	is_form = $state(false);
	/* Somebody answered in the last chat, so there is something to rate; its end's seq names it. */
	was_answered = $state(false);
	ended_seq = $state(0);
	seen = $state(0);

	readonly is_talking = $derived(this.stand !== 'closed');

	private readonly visit: Visit;
	private readonly reading: ReadingSignal;
	private readonly stops: (() => void)[] = [];
	private timer: ReturnType<typeof setTimeout> | undefined;
	private told = 0;

	constructor(visit: Visit, conversation: string) {
		this.visit = visit;
		this.log = new ConversationLog(conversation, { keep: visit.keep, owner: 'visitor', sees_every_seq: false,
			is_mine: (author) => author.kind === 'visitor' });
		this.connection = new Connection({ door: visit.door });
		this.uploads = new Uploads(visit.door, this.log);
		this.typing = new TypingSignal((on) => this.connection.typing(conversation, on));
		this.reading = new ReadingSignal((reading) => this.connection.tell_reading(conversation, reading));
		this.seen = Number(visit.keep.get(`softanswer.seen.${conversation}`) ?? 0);
		let was_up = false;
		this.stops.push(
			this.connection.link.subscribe((link) => {
				if (link.is_up && !was_up)
					this.reading.again();
				was_up = link.is_up;
				if (link.is_signed_out)
					this.lost();
			}),
			this.log.subscribe(({ entries, is_gone, is_loaded, cursor }) => {
				for (const entry of entries)
					if (entry.item && entry.item.seq > this.told)
						this.happened(entry.item, is_loaded);
				this.reading.delivered(cursor);
				this.report();
				if (is_gone)
					this.lost();
			}),
			this.log.listen((event) => event.event === 'line.moved' && this.moved(event as unknown as LineMovedEvent)),
			this.connection.watch(this.log),
		);
		this.connection.start();
	}

	stop(): void {
		clearTimeout(this.timer);
		for (const stop of this.stops)
			stop();
		this.connection.stop();
	}

	/* What GET /visitor says of it. */
	know(answer: VisitorAnswer): void {
		this.stand = answer.state === 'offered' ? 'waiting' : answer.state ?? 'closed';
		this.advisor = answer.advisor ?? null;
		this.place = answer.place ?? null;
		this.wait_ms = answer.wait_ms;
		this.can_reopen = answer.can_reopen;
		this.report();
		this.ask_later();
	}

	wait_at(place: number, wait_ms: number): void {
		this.stand = 'waiting';
		this.place = place;
		this.wait_ms = wait_ms;
		this.report();
		this.ask_later();
	}

	write(text: string): void {
		this.typing.stop();
		this.log.write('message', text);
		this.connection.push(this.log);
	}

	async end(): Promise<void> {
		await this.door_do('end');
	}

	/* Undoes the end, within half an hour. */
	async reopen(): Promise<void> {
		if (await this.door_do<ChatReopenAnswer>('reopen', { id: make_id('r') }))
			await this.ask();
	}

	async rate(score: number, comment: string): Promise<boolean> {
		const rated = await this.door_do('rating', { id: make_id('rate'), score, ...(comment.trim() ? { comment: comment.trim() } : {}) });
		if (rated)
			this.visit.keep.set(`softanswer.rated.${this.log.conversation}`, String(this.ended_seq));
		return rated !== null;
	}

	get is_rated(): boolean {
		return this.visit.keep.get(`softanswer.rated.${this.log.conversation}`) === String(this.ended_seq);
	}

	/* Everything up to `seq` was on the screen of somebody who looked. */
	read(seq: number): void {
		this.reading.seen(seq);
		if (seq <= this.seen)
			return;
		this.seen = seq;
		this.visit.keep.set(`softanswer.seen.${this.log.conversation}`, String(seq));
		this.report();
	}

	private async door_do<T = object>(verb: string, body: object = {}): Promise<T | null> {
		this.visit.problem = null;
		try {
			return await this.visit.door.post<T>(`/conversations/${this.log.conversation}/${verb}`, body);
		} catch (reason) {
			this.visit.problem = problem_text(reason);
			return null;
		}
	}

	/* Not ours any more: signed out elsewhere, or the host page has said who the visitor is, with a conversation of its own. */
	private lost(): void {
		this.visit.forget();
		void this.visit.resume();
	}

	private happened(item: Item, is_new: boolean): void {
		this.told = item.seq;
		const kind: string = item.kind;
		if (kind === 'started' || kind === 'released') {
			this.wait(kind === 'started' ? Date.parse(item.at) : this.waiting_since || Date.parse(item.at));
			this.was_answered = kind === 'released';
			this.is_form = false;
		} else if (kind === 'taken' || kind === 'handed') {
			this.owned(kind === 'handed' ? item.about : item.author);
		} else if (kind === 'reopened') {
			if (item.about)
				this.owned(item.about);
			else
				this.wait(Date.parse(item.at));
		} else if (kind === 'ended' || kind === 'form') {
			this.stand = 'closed';
			this.advisor = null;
			this.is_form = kind === 'form';
			this.ended_seq = item.seq;
			this.can_reopen = kind === 'ended' && Date.now() - Date.parse(item.at) < 30 * 60_000;
			if (is_new)
				void this.ask();
		}
		if (is_new && calls.includes(kind) && item.author.kind !== 'visitor' && this.visit.is_sound_on && !this.visit.is_watched())
			play();
	}

	private wait(since: number): void {
		this.stand = 'waiting';
		this.advisor = null;
		this.waiting_since = since;
		this.ask_later();
	}

	private owned(by: { kind: string; name?: string } | undefined): void {
		this.was_answered = true;
		if (by?.kind === 'team')
			return this.wait(Date.now());
		this.stand = 'owned';
		this.advisor = by?.name ?? null;
		this.place = null;
	}

	private moved({ place, wait_ms, open }: LineMovedEvent): void {
		this.place = place;
		this.wait_ms = wait_ms;
		this.is_desk_open = open;
	}

	private async ask(): Promise<void> {
		const answer = await this.visit.door.get<VisitorAnswer>('/visitor').catch(() => null);
		if (answer?.conversation === this.log.conversation)
			this.know(answer);
		else
			this.ask_later();
	}

	private ask_later(): void {
		clearTimeout(this.timer);
		if (this.stand === 'waiting')
			this.timer = setTimeout(() => void (this.place === null || !this.connection.link.value.is_up || this.connection.link.value.is_polling
				? this.ask() : this.ask_later()), this.place === null ? 1000 : ask_every_ms);
	}

	private report(): void {
		const unread = this.log.view().entries.filter(({ item }) => item && calls.includes(item.kind) && item.author.kind !== 'visitor'
			&& item.seq > this.seen).length;
		this.visit.host.say('state', unread, this.is_talking ? 'chat' : '');
	}
}
