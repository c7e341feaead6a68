/*
 * A desk of docs/protocol.md in memory, for tests: one log per conversation, tickets, sockets, polling, and a link that
 * can be cut after any number of deliveries. It keeps no promise that the protocol does not make.
 */
import type { AuthorKind, Item } from './api';
import type { Socket } from './connection';

interface Ask {
	do: string;
	id?: string;
	conversation?: string;
	since?: number;
	text?: string;
	desk?: boolean;
	on?: boolean;
}

const beyond = { type: 'urn:softanswer:state', status: 409, field: 'since', detail: 'begin again at 0' };

export class FakeDesk {
	readonly logs = new Map<string, Item[]>();
	readonly sockets: FakeSocket[] = [];
	/* What arrived, for looking at: "ticket", "open", "message.send m-1", "GET …". */
	readonly heard: string[] = [];
	is_reachable = true;
	takes_sockets = true;
	is_signed_in = true;
	/* After so many more deliveries (either way) every link is cut once; null: never. */
	deliveries_left: number | null = null;
	delivered = 0;
	/* Refusals given to the next commands instead of doing them. */
	readonly refusals: { type: string; status: number; detail: string }[] = [];
	delay_ms = 5;
	private ticket_count = 0;

	add(conversation: string, kind: AuthorKind, text: string, caller_id: string | null = null, item_kind: Item['kind'] = 'message'): Item {
		const log = this.log(conversation);
		const known = caller_id && log.find((item) => item.caller_id === caller_id && item.author.kind === kind);
		if (known)
			return known;
		const item: Item = { seq: log.length + 1, kind: item_kind, author: { kind, name: kind === 'visitor' ? 'Vera' : 'Ann', id: 7 }, text,
			...(caller_id ? { caller_id } : {}), at: '2026-03-30T16:50:00.000Z' };
		log.push(item);
		for (const socket of this.sockets)
			if (socket.watches.has(conversation))
				socket.tell({ event: 'item.added', conversation, item });
		return item;
	}

	log(conversation: string): Item[] {
		let log = this.logs.get(conversation);
		if (!log)
			this.logs.set(conversation, log = []);
		return log;
	}

	texts(conversation: string): string[] {
		return this.log(conversation).map((item) => item.text ?? '');
	}

	cut(): void {
		for (const socket of [...this.sockets])
			socket.die(1006);
	}

	/* One thing crosses the link. False: the link was cut just before. */
	cross(): boolean {
		this.delivered++;
		if (this.deliveries_left === null)
			return true;
		if (this.deliveries_left-- > 0)
			return true;
		this.deliveries_left = null;
		this.cut();
		return false;
	}

	readonly make_socket = (protocols: string[]): Socket => new FakeSocket(this, protocols);

	readonly fetch = async (url: string, init: RequestInit): Promise<Response> => {
		const path = url.replace(/^.*\/api\/v1/, '');
		this.heard.push(`${init.method} ${path}`);
		await this.wait();
		if (!this.is_reachable || !this.cross())
			throw new TypeError('no network');
		const [status, body] = this.serve(String(init.method), path, init.body ? JSON.parse(String(init.body)) as Ask : null);
		await this.wait();
		if (!this.is_reachable || !this.cross())
			throw new TypeError('no network');
		return new Response(JSON.stringify(body), { status, headers: { 'Retry-After': status === 429 ? '2' : '' } });
	};

	wait(): Promise<void> {
		return new Promise((resolve) => setTimeout(resolve, this.delay_ms));
	}

	private serve(method: string, path: string, body: Ask | null): [number, object] {
		if (!this.is_signed_in)
			return [401, { type: 'urn:softanswer:sign-in', title: 'Signing in is needed', status: 401 }];
		if (path === '/tickets')
			return [200, { ticket: `t${++this.ticket_count}` }];
		const url = new URL(path, 'http://desk');
		const conversation = url.pathname.split('/')[2] ?? '';
		if (method === 'GET' && Number(url.searchParams.get('since')) > this.log(conversation).length)
			return [409, { ...beyond, title: '' }];
		if (method === 'GET')
			return [200, this.page(conversation, Number(url.searchParams.get('since')))];
		const refusal = this.refusals.shift();
		if (refusal)
			return [refusal.status, { ...refusal, type: `urn:softanswer:${refusal.type}`, title: '' }];
		const item = this.add(conversation, 'visitor', body?.text ?? '', body?.id ?? null);
		return [200, { seq: item.seq, at: item.at }];
	}

	private page(conversation: string, since: number): object {
		const log = this.log(conversation);
		const items = log.slice(since, since + 2);
		return { items, head: items[items.length - 1]?.seq ?? log.length, more: since + 2 < log.length };
	}
}

export class FakeSocket implements Socket {
	onopen: Socket['onopen'] = null;
	onmessage: Socket['onmessage'] = null;
	onclose: Socket['onclose'] = null;
	onerror: Socket['onerror'] = null;
	readonly watches = new Set<string>();
	private readonly desk: FakeDesk;
	private is_dead = false;

	constructor(desk: FakeDesk, protocols: string[]) {
		this.desk = desk;
		desk.heard.push(`socket ${protocols.join(' ')}`);
		setTimeout(() => {
			if (!desk.is_reachable || !desk.takes_sockets || !desk.cross())
				return this.die(1006);
			desk.sockets.push(this);
			this.onopen?.(undefined as never);
		}, desk.delay_ms);
	}

	send(text: string): void {
		const ask = JSON.parse(text) as Ask;
		setTimeout(() => {
			if (!this.is_dead && this.desk.is_reachable && this.desk.cross())
				this.hear(ask);
		}, this.desk.delay_ms);
	}

	close(): void {
		this.die(1000);
	}

	die(code: number): void {
		if (this.is_dead)
			return;
		this.is_dead = true;
		const index = this.desk.sockets.indexOf(this);
		if (index >= 0)
			this.desk.sockets.splice(index, 1);
		setTimeout(() => this.onclose?.({ code }), 0);
	}

	tell(said: object): void {
		setTimeout(() => {
			if (!this.is_dead && this.desk.is_reachable && this.desk.cross())
				this.onmessage?.({ data: JSON.stringify(said) });
		}, this.desk.delay_ms);
	}

	private hear(ask: Ask): void {
		this.desk.heard.push(`${ask.do} ${ask.id ?? ''}`.trim());
		if (ask.do === 'watch' && ask.conversation && (ask.since ?? 0) > this.desk.log(ask.conversation).length)
			return this.tell({ re: ask.id, problem: beyond });
		if (ask.do === 'watch' && ask.conversation) {
			for (const item of this.desk.log(ask.conversation).slice(ask.since))
				this.tell({ event: 'item.added', conversation: ask.conversation, item });
			this.watches.add(ask.conversation);
			return this.tell({ re: ask.id, ok: { head: this.desk.log(ask.conversation).length } });
		}
		if (ask.do === 'message.send' || ask.do === 'note.add') {
			const refusal = this.desk.refusals.shift();
			if (refusal)
				return this.tell({ re: ask.id, problem: { ...refusal, type: `urn:softanswer:${refusal.type}` } });
			const item = this.desk.add(ask.conversation ?? '', 'visitor', ask.text ?? '', ask.id ?? null);
			return this.tell({ re: ask.id, ok: { seq: item.seq, at: item.at } });
		}
		if (ask.do !== 'typing')
			this.tell({ re: ask.id, ok: {} });
	}
}
