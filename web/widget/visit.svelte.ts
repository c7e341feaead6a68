/*
 * One visitor's visit: who they are to the desk, their conversation, and how it stands.
 *
 * A visitor becomes known to the desk with the first message, not before. The id of a chat that is being started is kept until the
 * desk has answered, so that a lost answer, a reload or a second tab never starts two.
 */
import type { Desk, Item, Started, VisitorAnswer } from '../client/api';
import { Connection } from '../client/connection';
import { Door, Lost, Refusal } from '../client/door';
import { make_id } from '../client/ids';
import { ConversationLog } from '../client/log';
import { keep_in_browser } from '../client/storage';
import { TypingSignal } from '../client/typing';
import { problem_text } from '../kit/problem';
import type { LoaderSays, PanelSays } from './frame';

export type Stand = 'none' | 'waiting' | 'owned' | 'closed';

interface Starting {
	id: string;
	text: string;
	name?: string;
	email?: string;
	page?: string;
}

export class Visit {
	readonly keep = keep_in_browser();
	readonly door = new Door({ as_visitor: true, token: () => this.token });
	readonly connection = new Connection({ door: this.door });
	readonly typing = new TypingSignal((on) => this.log && this.connection.typing(this.log.conversation, on));

	is_loading = $state(true);
	desk = $state<Desk | null>(null);
	log = $state.raw<ConversationLog | null>(null);
	stand = $state<Stand>('none');
	advisor = $state<string | null>(null);
	place = $state<number | null>(null);
	name = $state('');
	email = $state('');
	/* The first message of a chat, on its way. */
	starting = $state.raw<Starting | null>(null);
	is_lost = $state(false);
	problem = $state<string | null>(null);
	/* The text of a chat that could not be started, for the composer to take back. */
	returned = $state<string | null>(null);
	is_open = $state(window.parent === window);
	seen = $state(0);

	private token: string | null = this.keep.get('softanswer.token');
	private page: string | undefined;
	private parent_origin: string | null = null;
	private others: BroadcastChannel | null = null;
	private stop_watching: (() => void) | null = null;
	private place_timer: ReturnType<typeof setTimeout> | undefined;

	constructor() {
		window.addEventListener('message', (event) => this.hear(event));
		window.parent.postMessage({ softanswer: 'ready' } satisfies PanelSays, '*');
		try {
			this.others = new BroadcastChannel('softanswer.visit');
			this.others.onmessage = () => void this.resume();
		} catch { /* other tabs find out when they are used */ }
		this.connection.link.subscribe((link) => link.is_signed_out && this.forget());
		void this.begin();
	}

	/* Starts a chat with this text, or writes it into the one that is open. */
	send(text: string): void {
		this.typing.stop();
		this.problem = null;
		if (this.log && (this.stand === 'waiting' || this.stand === 'owned')) {
			this.log.write('message', text);
			this.connection.push(this.log);
			return;
		}
		const starting: Starting = { id: make_id('c'), text };
		if (this.name.trim())
			starting.name = this.name.trim();
		if (this.email.trim())
			starting.email = this.email.trim();
		if (this.page)
			starting.page = this.page;
		this.keep.set('softanswer.starting', JSON.stringify(starting));
		void this.start(starting);
	}

	async end(): Promise<void> {
		if (!this.log)
			return;
		try {
			await this.door.post(`/conversations/${this.log.conversation}/end`);
		} catch (reason) {
			this.problem = problem_text(reason);
		}
	}

	read(seq: number): void {
		if (!this.log || seq <= this.seen)
			return;
		this.seen = seq;
		this.keep.set(`softanswer.seen.${this.log.conversation}`, String(seq));
		this.report();
	}

	is_watched = (): boolean => this.is_open && document.visibilityState === 'visible';

	ask_close(): void {
		this.say({ softanswer: 'close' });
	}

	/* ---- beginning ---- */

	private async begin(): Promise<void> {
		await Promise.all([this.ask_desk(), this.resume()]);
		this.is_loading = false;
		const starting = this.keep.get('softanswer.starting');
		if (starting)
			void this.start(JSON.parse(starting) as Starting);
	}

	private async ask_desk(): Promise<void> {
		this.desk = await this.door.get<Desk>('/desk').catch(() => null);
		if (!this.desk)
			setTimeout(() => void this.ask_desk(), 5000);
	}

	/* Takes up the conversation that this browser has, if any. */
	private async resume(): Promise<void> {
		this.token = this.keep.get('softanswer.token') ?? this.token;
		try {
			this.know(await this.door.get<VisitorAnswer>('/visitor'));
		} catch (reason) {
			if (reason instanceof Lost || (reason as Refusal).is_retryable)
				setTimeout(() => void this.resume(), 3000);
		}
	}

	private know(answer: VisitorAnswer): void {
		this.name ||= answer.name ?? '';
		this.email ||= answer.email ?? '';
		this.place = answer.place || null;
		this.advisor = answer.advisor ?? null;
		if (answer.conversation) {
			this.stand = answer.state === 'offered' ? 'waiting' : answer.state ?? 'closed';
			this.follow(answer.conversation);
		}
		this.ask_place_later();
	}

	private follow(conversation: string): void {
		if (this.log?.conversation === conversation)
			return;
		const log = new ConversationLog(conversation, { keep: this.keep, owner: 'visitor', sees_every_seq: false,
			is_mine: (author) => author.kind === 'visitor' });
		this.seen = Number(this.keep.get(`softanswer.seen.${conversation}`) ?? 0);
		this.log = log;
		let told = 0;
		log.subscribe((view) => {
			for (const entry of view.entries)
				if (entry.item && entry.item.seq > told) {
					told = entry.item.seq;
					this.happened(entry.item);
				}
			this.report();
			if (view.is_gone)
				this.forget();
		});
		this.stop_watching?.();
		this.stop_watching = this.connection.watch(log);
		this.connection.start();
		this.connection.retry_now();
	}

	/* The log tells how things stand: it is the same for every tab, and in order. */
	private happened(item: Item): void {
		if (item.kind === 'started' || item.kind === 'released') {
			this.stand = 'waiting';
			this.advisor = null;
			this.ask_place_later();
		} else if (item.kind === 'taken' || item.kind === 'handed') {
			this.stand = 'owned';
			this.advisor = (item.kind === 'handed' ? item.about?.name : item.author.name) ?? null;
		} else if (item.kind === 'ended') {
			this.stand = 'closed';
			this.advisor = null;
		}
	}

	private ask_place_later(): void {
		clearTimeout(this.place_timer);
		if (this.stand !== 'waiting')
			return;
		this.place_timer = setTimeout(async () => {
			const answer = await this.door.get<VisitorAnswer>('/visitor').catch(() => null);
			if (answer && this.stand === 'waiting')
				this.place = answer.place || null;
			this.ask_place_later();
		}, this.is_watched() ? 8000 : 30_000);
	}

	/* The desk does not know this visitor any more. */
	private forget(): void {
		this.token = null;
		this.keep.remove('softanswer.token');
		this.stop_watching?.();
		this.stop_watching = null;
		this.log = null;
		this.stand = 'none';
		this.report();
	}

	/* ---- starting a chat ---- */

	private async start(starting: Starting): Promise<void> {
		this.starting = starting;
		for (let wait = 1000; ; wait = Math.min(wait * 2, 15_000)) {
			try {
				await this.make_known();
				const started = await this.door.post<Started>('/chats', starting);
				this.stand = 'waiting';
				this.place = started.place ?? null;
				this.follow(started.conversation);
				this.others?.postMessage('started');
				this.ask_place_later();
				break;
			} catch (reason) {
				if (reason instanceof Refusal && !reason.is_retryable) {
					await this.start_refused(starting, reason);
					break;
				}
				this.is_lost = true;
				await new Promise((resolve) => setTimeout(resolve, (reason as Refusal).retry_after_ms ?? wait));
			}
		}
		this.is_lost = false;
		this.starting = null;
		this.keep.remove('softanswer.starting');
	}

	private async start_refused(starting: Starting, refusal: Refusal): Promise<void> {
		if (refusal.kind === 'state')
			await this.resume(); /* perhaps another tab has started one: then it goes there */
		if (this.log && (this.stand === 'waiting' || this.stand === 'owned')) {
			this.log.write('message', starting.text);
			this.connection.push(this.log);
			return;
		}
		this.problem = problem_text(refusal);
		this.returned = starting.text;
	}

	/* Gets an identity as a cookie; where the browser keeps none, as a token. */
	private async make_known(): Promise<void> {
		if (this.token || (await this.is_known()))
			return;
		await this.door.post('/visitors');
		if (await this.is_known())
			return;
		const { token } = await this.door.post<{ token: string }>('/visitors', { token: true });
		this.token = token;
		this.keep.set('softanswer.token', token);
	}

	private async is_known(): Promise<boolean> {
		try {
			await this.door.get<VisitorAnswer>('/visitor');
			return true;
		} catch (reason) {
			if (reason instanceof Refusal && (reason.kind === 'sign-in' || reason.kind === 'permission' || reason.kind === 'unknown'))
				return false;
			throw reason;
		}
	}

	/* ---- the page around ---- */

	private hear(event: MessageEvent): void {
		if (event.source !== window.parent || window.parent === window)
			return;
		const said = event.data as LoaderSays;
		if (said?.softanswer === 'hello') {
			this.parent_origin = event.origin;
			this.page = /^https?:/.test(said.page) ? said.page : undefined;
			this.is_open = said.is_open;
			this.report();
		} else if (event.origin === this.parent_origin && (said?.softanswer === 'open' || said?.softanswer === 'closed')) {
			this.is_open = said.softanswer === 'open';
		}
	}

	private say(message: PanelSays): void {
		if (this.parent_origin)
			window.parent.postMessage(message, this.parent_origin);
	}

	private report(): void {
		const unread = this.log?.view().entries.filter((entry) => entry.item?.kind === 'message' && entry.item.author.kind !== 'visitor'
			&& entry.item.seq > this.seen).length ?? 0;
		this.say({ softanswer: 'state', unread, has_chat: this.stand === 'waiting' || this.stand === 'owned' });
	}
}
