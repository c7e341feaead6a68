/*
 * The one reconnect logic, for workspace and widget (docs/protocol.md, 4).
 *
 * Ticket, socket, watch every log with its cursor, send what is not acknowledged. After a loss: wait 0.5 s doubling up to
 * 30 s, times a random factor, for ever. When sockets fail twice without opening (a proxy that knows none), the logs
 * are polled with the same cursors and written to over HTTP meanwhile; sockets are still tried.
 *
 * Of each conversation one sending is under way at a time: so they arrive in the order of writing whatever breaks, and a
 * repeated one carries its same id. Nothing here gives up and nothing asks people to reload.
 */
import type { DeskEvent, Item, Items, Problem, Sent } from './api';
import { Door, Lost, Refusal } from './door';
import { Cell } from './cell';
import type { ConversationLog, Reading, Readings } from './log';
import type { Sending } from './outbox';

export const backoff_ms_min = 500;
export const backoff_ms_max = 30_000;
export const poll_ms = 2000;
export const answer_ms_max = 15_000;
const silence_ms_max = 20_000;
const open_ms_max = 10_000;
const wake_ms_max = 4000;
const failures_before_poll = 2;

/* How things stand between this page and the desk. A store; see Connection.link. */
export interface Link {
	/* Everything that was committed has come, and new things come as they happen. */
	is_up: boolean;
	/* Since when it is not, ms. */
	down_since: number | null;
	/* When it tries again; null while it is trying. */
	retry_at: number | null;
	/* How many items of others came in when it was last made good. */
	missed: number;
	is_signed_out: boolean;
	is_polling: boolean;
}

export interface Socket {
	send(text: string): void;
	close(): void;
	onopen: ((event: never) => void) | null;
	onmessage: ((event: { data: unknown }) => void) | null;
	onclose: ((event: { code: number }) => void) | null;
	onerror: ((event: never) => void) | null;
}

export interface DeskListener {
	/* Events are coming from now on: read the lists. Also after every gap, and at every poll. */
	ready(): void;
	event(event: DeskEvent): void;
}

export interface ConnectionSettings {
	door: Door;
	make_socket?: (protocols: string[]) => Socket;
	random?: () => number;
}

interface Asked {
	answered: (ok: unknown, problem: Problem | null) => void;
	timer: ReturnType<typeof setTimeout>;
}

interface Watched {
	log: ConversationLog;
	watchers: number;
	/* The id that is under way. */
	sending: string | null;
	/* Until when the desk asked us to hold back. */
	held: ReturnType<typeof setTimeout> | null;
	holds: number;
	/* The cursor at which a gap was seen once. */
	gap_at: number | null;
}

export class Connection {
	readonly link: Cell<Link>;
	private readonly door: Door;
	private readonly make_socket: (protocols: string[]) => Socket;
	private readonly random: () => number;
	private readonly watched = new Map<string, Watched>();
	private readonly desks = new Set<DeskListener>();
	private readonly asked = new Map<string, Asked>();
	private is_started = false;
	private socket: Socket | null = null;
	private is_open = false;
	/* Rises with every try: what an older try still answers is passed over. */
	private round = 0;
	private losses = 0;
	private failures = 0;
	private catching_up = 0;
	private missed = 0;
	private asked_count = 0;
	private is_polling_now = false;
	private retry_timer: ReturnType<typeof setTimeout> | undefined;
	private open_timer: ReturnType<typeof setTimeout> | undefined;
	private silence_timer: ReturnType<typeof setTimeout> | undefined;
	private poll_timer: ReturnType<typeof setTimeout> | undefined;

	constructor(settings: ConnectionSettings) {
		this.door = settings.door;
		this.make_socket = settings.make_socket ?? make_browser_socket;
		this.random = settings.random ?? Math.random;
		this.link = new Cell<Link>({ is_up: false, down_since: null, retry_at: null, missed: 0, is_signed_out: false, is_polling: false });
	}

	start(): void {
		if (this.is_started)
			return;
		this.is_started = true;
		window.addEventListener('online', this.wake);
		window.addEventListener('offline', this.sleep);
		document.addEventListener('visibilitychange', this.look);
		void this.try_now();
	}

	/* Ends the link for good: signed out, or the page goes. */
	stop(): void {
		this.is_started = false;
		this.round++;
		window.removeEventListener('online', this.wake);
		window.removeEventListener('offline', this.sleep);
		document.removeEventListener('visibilitychange', this.look);
		this.drop_socket();
		clearTimeout(this.retry_timer);
		clearTimeout(this.poll_timer);
	}

	/* Tries at once instead of at link.retry_at; "now" of the offline pill, and after signing in again. */
	retry_now(): void {
		if (!this.is_started || this.socket)
			return;
		this.tell({ is_signed_out: false });
		void this.try_now();
	}

	/* Follows a conversation until the returned function is called (and what it has unsent is sent). */
	watch(log: ConversationLog): () => void {
		const found = this.watched.get(log.conversation);
		const watched = found?.log === log ? found : { log, watchers: 0, sending: null, held: null, holds: 0, gap_at: null };
		watched.watchers++;
		if (found !== watched) {
			this.watched.set(log.conversation, watched);
			if (this.is_open)
				this.ask_watch(watched);
			else if (this.link.value.is_polling)
				void this.poll_log(watched).catch(() => undefined);
			this.pump(watched);
		}
		let is_over = false;
		return () => {
			if (is_over)
				return;
			is_over = true;
			watched.watchers--;
			this.let_go(watched);
		};
	}

	watch_desk(listener: DeskListener): () => void {
		this.desks.add(listener);
		if (this.is_open)
			this.ask_watch_desk();
		return () => void this.desks.delete(listener);
	}

	/* Something was written into this log, or a failed sending was made ready again: sends it. */
	push(log: ConversationLog): void {
		const watched = this.watched.get(log.conversation);
		if (watched)
			this.pump(watched);
	}

	typing(conversation: string, on: boolean): void {
		if (this.is_open)
			this.socket?.send(JSON.stringify({ do: 'typing', conversation, on }));
	}

	/* Staff: which conversation is on the screen (null: none), whether something is being written in it, and whether the page is seen at all. */
	viewing(conversation: string | null, composing: boolean, visible: boolean): void {
		if (this.is_open)
			this.socket?.send(JSON.stringify(conversation ? { do: 'viewing', conversation, composing, visible } : { do: 'viewing', visible }));
	}

	/* Says how far this page has come; false: the link is down, say it again when it is up. */
	tell_reading(conversation: string, reading: Reading): boolean {
		if (this.is_open)
			this.ask({ do: 'reading.set', conversation, ...reading }, () => undefined);
		else if (this.link.value.is_polling)
			void this.door.post(`/conversations/${conversation}/reading`, reading).catch(() => undefined);
		else
			return false;
		return true;
	}

	/* ---- one try ---- */

	private async try_now(): Promise<void> {
		const round = ++this.round;
		clearTimeout(this.retry_timer);
		this.tell({ retry_at: null });
		try {
			const { ticket } = await this.door.post<{ ticket: string }>('/tickets');
			if (round === this.round)
				this.open_socket(ticket, round);
		} catch (reason) {
			if (round !== this.round)
				return;
			if (reason instanceof Refusal && reason.kind === 'sign-in')
				this.sign_out();
			else
				this.lose(reason instanceof Refusal ? reason.retry_after_ms : null);
		}
	}

	private open_socket(ticket: string, round: number): void {
		const socket = this.make_socket(['softanswer.v1', `ticket.${ticket}`]);
		this.socket = socket;
		this.open_timer = setTimeout(() => this.lose_socket(round), open_ms_max);
		socket.onopen = () => round === this.round && this.opened();
		socket.onmessage = (event) => round === this.round && this.hear(event.data);
		socket.onclose = () => this.lose_socket(round);
		socket.onerror = () => undefined; /* a close follows */
	}

	private opened(): void {
		clearTimeout(this.open_timer);
		clearTimeout(this.poll_timer);
		this.is_open = true;
		this.failures = 0;
		this.missed = 0;
		this.tell({ is_polling: false });
		this.catching_up = 0;
		if (this.desks.size > 0)
			this.ask_watch_desk();
		for (const watched of this.watched.values())
			this.ask_watch(watched);
		/* Nothing to watch yet: this shows that the desk answers. */
		if (this.catching_up === 0)
			this.ask_caught_up({ do: 'ping' }, () => undefined);
		for (const watched of this.watched.values())
			this.pump(watched);
		this.listen();
	}

	private lose_socket(round: number): void {
		if (round !== this.round || !this.socket)
			return;
		if (!this.is_open)
			this.failures++;
		this.drop_socket();
		this.lose(null);
		if (this.failures >= failures_before_poll)
			this.start_polling();
	}

	private drop_socket(): void {
		const socket = this.socket;
		this.socket = null;
		this.is_open = false;
		clearTimeout(this.open_timer);
		clearTimeout(this.silence_timer);
		for (const asked of this.asked.values())
			clearTimeout(asked.timer);
		this.asked.clear();
		for (const watched of this.watched.values())
			watched.sending = null;
		if (socket) {
			socket.onopen = socket.onmessage = socket.onclose = null;
			socket.close();
		}
	}

	private lose(retry_after_ms: number | null): void {
		this.round++;
		const doubled = Math.min(backoff_ms_max, backoff_ms_min * 2 ** Math.min(this.losses++, 16));
		const wait = Math.max(doubled * (0.5 + this.random()), retry_after_ms ?? 0);
		clearTimeout(this.retry_timer);
		this.retry_timer = setTimeout(() => void this.try_now(), wait);
		const link = this.link.value;
		if (link.is_polling)
			this.tell({ retry_at: null });
		else
			this.tell({ is_up: false, down_since: link.down_since ?? Date.now(), retry_at: Date.now() + wait });
	}

	private sign_out(): void {
		this.drop_socket();
		clearTimeout(this.poll_timer);
		this.tell({ is_up: false, is_polling: false, is_signed_out: true, retry_at: null });
	}

	private readonly wake = (): void => {
		if (this.is_open)
			this.ask({ do: 'ping' }, () => undefined, wake_ms_max);
		else
			this.retry_now();
	};

	/* The browser says that the network went: the socket would only find out much later. */
	private readonly sleep = (): void => {
		if (this.socket)
			this.lose_socket(this.round);
	};

	private readonly look = (): void => {
		if (document.visibilityState === 'visible')
			this.wake();
	};

	/* ---- what the desk says ---- */

	private hear(data: unknown): void {
		let said: Record<string, unknown>;
		try {
			said = JSON.parse(String(data)) as Record<string, unknown>;
		} catch {
			return;
		}
		this.listen();
		if (typeof said['re'] === 'string')
			this.hear_answer(said['re'], said['ok'], (said['problem'] as Problem | undefined) ?? null);
		else if (typeof said['event'] === 'string')
			this.hear_event(said as DeskEvent);
	}

	private hear_answer(re: string, ok: unknown, problem: Problem | null): void {
		const asked = this.asked.get(re);
		if (!asked)
			return;
		this.losses = 0;
		clearTimeout(asked.timer);
		this.asked.delete(re);
		asked.answered(ok, problem);
	}

	private hear_event(said: DeskEvent): void {
		const watched = this.watched.get(String(said['conversation' as keyof DeskEvent]));
		if (said.event === 'item.added' && watched)
			this.hear_item(watched, said['item' as keyof DeskEvent] as unknown as Item);
		else if (said.event === 'typing' && watched) {
			const typing = said as Extract<DeskEvent, { event: 'typing' }>;
			watched.log.set_typing(typing.who, typing.on);
		} else if (said.event === 'reading.moved' && watched) {
			const moved = said as Extract<DeskEvent, { event: 'reading.moved' }>;
			watched.log.set_reading(moved.side, moved);
		} else {
			watched?.log.hear(said);
			for (const listener of [...this.desks])
				listener.event(said);
		}
	}

	private hear_item(watched: Watched, item: Item): void {
		const added = watched.log.add(item, watched.gap_at === watched.log.cursor);
		if (added === 'gap') {
			watched.gap_at = watched.log.cursor;
			this.ask_watch(watched);
		} else if (added === 'added' && this.catching_up > 0 && !watched.log.settings.is_mine(item.author)) {
			this.missed++;
		}
	}

	/* After a silence the desk is asked whether it is there. */
	private listen(): void {
		clearTimeout(this.silence_timer);
		this.silence_timer = setTimeout(() => this.ask({ do: 'ping' }, () => undefined), silence_ms_max);
	}

	/* ---- asking over the socket ---- */

	private ask(message: Record<string, unknown>, answered: Asked['answered'], ms_max = answer_ms_max): void {
		const id = String(message['id'] ?? `${String(message['do'])}-${++this.asked_count}`);
		const round = this.round;
		/* An open socket that does not answer is a lost one. */
		const timer = setTimeout(() => this.lose_socket(round), ms_max);
		this.asked.set(id, { answered, timer });
		this.socket?.send(JSON.stringify({ ...message, id }));
	}

	private ask_caught_up(message: Record<string, unknown>, answered: Asked['answered']): void {
		const was_down = this.link.value.down_since !== null;
		this.catching_up++;
		this.ask(message, (ok, problem) => {
			answered(ok, problem);
			if (--this.catching_up === 0 && this.is_open)
				this.tell({ is_up: true, down_since: null, retry_at: null, missed: was_down ? this.missed : 0 });
		});
	}

	private ask_watch(watched: Watched): void {
		const { log } = watched;
		this.ask_caught_up({ do: 'watch', conversation: log.conversation, since: log.cursor }, (ok, problem) => {
			watched.gap_at = null;
			if (!problem) {
				log.set_readings((ok as { readings?: Readings }).readings);
				log.catch_up((ok as { head: number }).head);
			} else if (problem.type === 'urn:softanswer:sign-in')
				this.sign_out();
			else if (new Refusal(problem).is_retryable)
				setTimeout(() => this.is_open && this.watched.get(log.conversation) === watched && this.ask_watch(watched), 1000);
			else if (problem.field === 'since' && log.cursor > 0)
				this.start_over(watched);
			else
				log.set_gone();
		});
	}

	private start_over(watched: Watched): void {
		watched.log.start_over();
		this.ask_watch(watched);
	}

	private ask_watch_desk(): void {
		this.ask_caught_up({ do: 'watch', desk: true }, (_ok, problem) => {
			for (const listener of problem ? [] : [...this.desks])
				listener.ready();
		});
	}

	private let_go(watched: Watched): void {
		const { log } = watched;
		if (watched.watchers > 0 || log.outbox.next() || this.watched.get(log.conversation) !== watched)
			return;
		if (watched.held)
			clearTimeout(watched.held);
		this.watched.delete(log.conversation);
		if (this.is_open)
			this.ask({ do: 'unwatch', conversation: log.conversation }, () => undefined);
	}

	/* ---- sending ---- */

	private pump(watched: Watched): void {
		const sending = watched.log.outbox.next();
		if (!sending || watched.sending !== null || watched.held !== null || !this.is_started)
			return;
		if (this.is_open)
			this.send_by_socket(watched, sending);
		else if (this.link.value.is_polling)
			void this.send_by_http(watched, sending);
	}

	private send_by_socket(watched: Watched, sending: Sending): void {
		watched.sending = sending.id;
		this.ask({ do: sending_doors[sending.kind]!.name, conversation: watched.log.conversation, ...sending_fields(sending) },
			(ok, problem) => this.sent(watched, sending, ok as Sent, problem && new Refusal(problem)));
	}

	private async send_by_http(watched: Watched, sending: Sending): Promise<void> {
		watched.sending = sending.id;
		const body = sending_fields(sending);
		const path = `/conversations/${watched.log.conversation}/${sending_doors[sending.kind]!.path}`;
		try {
			const ok = await this.door.post<Sent>(path, body);
			this.sent(watched, sending, ok, null);
		} catch (reason) {
			if (reason instanceof Refusal)
				this.sent(watched, sending, null, reason);
			else if (watched.sending === sending.id)
				watched.sending = null; /* the next poll or socket sends it again */
		}
	}

	private sent(watched: Watched, sending: Sending, ok: Sent | null, refusal: Refusal | null): void {
		if (watched.sending === sending.id)
			watched.sending = null;
		if (refusal?.kind === 'sign-in') {
			if (!this.is_open)
				this.sign_out();
			return;
		}
		if (refusal?.is_retryable) {
			const wait = refusal.retry_after_ms ?? Math.min(backoff_ms_max, 1000 * 2 ** watched.holds++);
			watched.held = setTimeout(() => {
				watched.held = null;
				this.pump(watched);
			}, wait);
			return;
		}
		watched.holds = 0;
		if (refusal)
			watched.log.fail(sending.id, refusal.detail || refusal.message);
		else if (ok)
			watched.log.acknowledge(sending.id, ok.seq);
		this.pump(watched);
		this.let_go(watched);
	}

	/* ---- polling ---- */

	private start_polling(): void {
		if (this.is_polling_now || !this.is_started)
			return;
		clearTimeout(this.poll_timer);
		void this.poll();
	}

	private async poll(): Promise<void> {
		this.is_polling_now = true;
		try {
			this.missed = 0;
			const was_down = this.link.value.down_since !== null;
			for (const watched of [...this.watched.values()])
				await this.poll_log(watched);
			if (this.is_open || !this.is_started)
				return;
			for (const listener of [...this.desks])
				listener.ready();
			this.tell({ is_up: true, is_polling: true, down_since: null, retry_at: null, missed: was_down ? this.missed : 0 });
			for (const watched of this.watched.values())
				this.pump(watched);
		} catch (reason) {
			if (reason instanceof Refusal && reason.kind === 'sign-in')
				return this.sign_out();
			if (!this.is_open)
				this.tell({ is_up: false, is_polling: false, down_since: this.link.value.down_since ?? Date.now() });
		} finally {
			this.is_polling_now = false;
		}
		if (!this.is_open && this.is_started)
			this.poll_timer = setTimeout(() => this.start_polling(), poll_ms);
	}

	private async poll_log(watched: Watched): Promise<void> {
		const { log } = watched;
		for (let more = true; more;) {
			let answer: Items;
			try {
				answer = await this.door.get<Items>(`/conversations/${log.conversation}/items?since=${log.cursor}&limit=200`);
			} catch (reason) {
				if (reason instanceof Lost || (reason as Refusal).kind === 'sign-in' || (reason as Refusal).is_retryable)
					throw reason;
				if ((reason as Refusal).field !== 'since' || log.cursor === 0)
					return log.set_gone();
				log.start_over();
				continue;
			}
			for (const item of answer.items)
				if (log.add(item, true) === 'added' && !log.settings.is_mine(item.author))
					this.missed++;
			more = answer.more;
			if (!more) {
				log.set_readings((answer as { readings?: Readings }).readings);
				log.catch_up(answer.head);
			}
		}
	}

	private tell(change: Partial<Link>): void {
		this.link.set({ ...this.link.value, ...change });
	}
}

/* Files have a way of their own (upload.ts). */
const sending_doors: Record<string, { name: string; path: string }> = {
	message: { name: 'message.send', path: 'messages' },
	note: { name: 'note.add', path: 'notes' },
	whisper: { name: 'whisper.add', path: 'whispers' },
};

function sending_fields({ id, text, corrects, draft }: Sending): Record<string, unknown> {
	return { id, text, ...(corrects === undefined ? {} : { corrects }), ...(draft === undefined ? {} : { draft }) };
}

function make_browser_socket(protocols: string[]): Socket {
	const url = new URL('/api/v1/socket', location.href);
	url.protocol = url.protocol.replace('http', 'ws');
	return new WebSocket(url, protocols) as Socket;
}
