/*
 * What an advisor's page knows: who is signed in, the chats, the logs that are followed, the colleagues.
 *
 * Rows of chats come from the lists and from chat.changed; of two rows the one with the higher version stays. The logs of
 * one's own chats and of the open one are followed, so their last line, unread count and waiting time are always true.
 */
import { SvelteMap } from 'svelte/reactivity';
import type { Chat, Chats, Desk, DeskEvent, Me, Person, Status } from '../../client/api';
import { Connection } from '../../client/connection';
import { Door, Refusal } from '../../client/door';
import { make_id } from '../../client/ids';
import { ConversationLog, type LogView } from '../../client/log';
import { outbox_conversations } from '../../client/outbox';
import { keep_in_browser } from '../../client/storage';
import { problem_text } from '../../kit/problem';

/* What a row shows of a followed log. */
export interface Summary {
	unread: number;
	/* Since when the customer waits for an answer, ms; null: we have answered. */
	unanswered_since: number | null;
	last: { text: string; is_ours: boolean; at: number } | null;
	has_failed: boolean;
}

interface Followed {
	log: ConversationLog;
	stop: () => void;
}

export interface Notice {
	text: string;
	is_problem: boolean;
	count: number;
}

export class Workspace {
	readonly keep = keep_in_browser();
	readonly door = new Door();
	readonly connection = new Connection({ door: this.door });
	readonly chats = new SvelteMap<string, Chat>();
	readonly people = new SvelteMap<number, Person>();
	readonly summaries = new SvelteMap<string, Summary>();

	desk = $state<Desk>({ name: '', language: 'en', time_zone: 'UTC', is_set_up: true, is_online: false, chats_each: 4, wait_for_somebody: false });
	me = $state<Me | null>(null);
	are_lists_loaded = $state(false);
	is_signed_out = $state(false);
	notice = $state<Notice>({ text: '', is_problem: false, count: 0 });
	/* Closed chats, as far as they were asked for; new ones wait behind "3 new". */
	closed = $state.raw<Chat[]>([]);
	closed_more = $state(true);
	closed_new = $state(0);

	waiting = $derived([...this.chats.values()].filter((chat) => chat.state === 'waiting' || chat.state === 'offered')
		.sort((a, b) => (a.waiting_since < b.waiting_since ? -1 : a.waiting_since > b.waiting_since ? 1 : a.chat - b.chat)));
	mine = $derived([...this.chats.values()].filter((chat) => chat.state === 'owned' && chat.owner?.id === this.me?.id)
		.sort((a, b) => ((a.taken_at ?? '') < (b.taken_at ?? '') ? -1 : 1)));
	/* Oldest first: what comes new comes at the end and moves nothing. */
	open = $derived([...this.chats.values()].filter((chat) => chat.state !== 'closed').sort((a, b) => a.chat - b.chat));
	can_lead = $derived(this.me?.role === 'administrator' || this.me?.role === 'lead');
	can_manage = $derived(this.me?.role === 'administrator');
	can_answer = $derived(this.me !== null && this.me.role !== 'consultant' && this.me.role !== 'production');
	unread_total = $derived(this.mine.reduce((sum, chat) => sum + (this.summaries.get(chat.conversation)?.unread ?? 0), 0));

	/* Where to go after signing in. */
	return_to: string | null = null;

	private readonly followed = new Map<string, Followed>();
	private readonly seen = new Map<string, number>();
	private selected: string | null = null;
	private is_reading = false;

	/* Begins to work as `me`; once per page. */
	start(me: Me): void {
		this.me = me;
		if (this.can_answer) {
			this.connection.watch_desk({ ready: () => void this.read_lists(), event: (event) => this.hear(event) });
			for (const conversation of outbox_conversations(this.keep, this.owner()))
				this.follow(conversation);
		}
		this.connection.link.subscribe((link) => { this.is_signed_out = link.is_signed_out; });
		this.connection.start();
	}

	owner(): string {
		return `person-${this.me?.id}`;
	}

	tell(text: string, is_problem = false): void {
		this.notice = { text, is_problem, count: this.notice.count + 1 };
	}

	/* Does it; what is refused is told. True: it was done. */
	async act(run: () => Promise<unknown>): Promise<boolean> {
		try {
			await run();
			return true;
		} catch (reason) {
			if (reason instanceof Refusal && reason.kind === 'sign-in')
				this.is_signed_out = true;
			this.tell(problem_text(reason), true);
			return false;
		}
	}

	/* ---- what one does ---- */

	async set_status(status: Status): Promise<boolean> {
		return this.act(async () => {
			await this.door.post('/me/status', { status });
			if (this.me)
				this.me.status = status;
		});
	}

	/* Somebody who is away goes online by taking a chat. */
	async take(chat: Chat): Promise<boolean> {
		if (this.me?.status === 'away' && !(await this.set_status('online')))
			return false;
		return this.move(chat, 'take');
	}

	release(chat: Chat): Promise<boolean> {
		return this.move(chat, 'release');
	}

	hand(chat: Chat, to: number): Promise<boolean> {
		return this.move(chat, 'transfer', { to });
	}

	end(chat: Chat): Promise<boolean> {
		return this.move(chat, 'end');
	}

	private move(chat: Chat, verb: string, fields: object = {}): Promise<boolean> {
		return this.act(async () => {
			const answer = await this.door.post<Partial<Chat>>(`/conversations/${chat.conversation}/${verb}`, { id: make_id('a'), ...fields });
			if (answer.conversation)
				this.put(answer as Chat);
			else
				await this.read_chat(chat.conversation);
		});
	}

	/* ---- chats ---- */

	is_mine(chat: Chat | undefined): boolean {
		return chat?.state === 'owned' && chat.owner?.id === this.me?.id;
	}

	/* The one that is looked at is followed too. */
	select(conversation: string | null): void {
		if (this.selected === conversation)
			return;
		this.selected = conversation;
		if (conversation) {
			this.follow(conversation);
			if (!this.chats.has(conversation))
				void this.read_chat(conversation);
		}
		this.let_go();
	}

	log(conversation: string): ConversationLog {
		return this.follow(conversation).log;
	}

	seen_of(conversation: string): number {
		return this.seen.get(conversation) ?? Number(this.keep.get(`softanswer.seen.${this.owner()}.${conversation}`) ?? 0);
	}

	read(conversation: string, seq: number): void {
		if (seq <= this.seen_of(conversation))
			return;
		this.seen.set(conversation, seq);
		this.keep.set(`softanswer.seen.${this.owner()}.${conversation}`, String(seq));
		const followed = this.followed.get(conversation);
		if (followed)
			this.sum_up(conversation, followed.log.view());
	}

	has_draft(conversation: string): boolean {
		return this.keep.get(this.draft_key(conversation, 'message')) !== null || this.keep.get(this.draft_key(conversation, 'note')) !== null;
	}

	draft_key(conversation: string, mode: 'message' | 'note'): string {
		return `softanswer.draft.${this.owner()}.${conversation}.${mode}`;
	}

	async read_closed(from_top = false): Promise<void> {
		if (this.is_reading)
			return;
		this.is_reading = true;
		await this.act(async () => {
			const last = from_top ? undefined : this.closed[this.closed.length - 1];
			const answer = await this.door.get<Chats>(`/chats?view=closed&limit=100${last ? `&before=${last.chat}` : ''}`);
			this.closed = last ? [...this.closed, ...answer.chats] : answer.chats;
			this.closed_more = answer.more;
			if (!last)
				this.closed_new = 0;
		});
		this.is_reading = false;
	}

	private hear(event: DeskEvent): void {
		if (event.event === 'chat.changed') {
			const chat = event['chat' as keyof DeskEvent] as unknown as Chat;
			const was = this.chats.get(chat.conversation)?.state;
			this.put(chat);
			if (chat.state === 'closed' && was !== undefined && was !== 'closed')
				this.closed_new++;
		} else if (event.event === 'person.changed') {
			const person = event['person' as keyof DeskEvent] as unknown as Person;
			this.people.set(person.id, { ...this.people.get(person.id), ...person });
			if (this.me && person.id === this.me.id)
				this.me = { ...this.me, name: person.name, status: person.status };
		}
	}

	private put(chat: Chat): void {
		const known = this.chats.get(chat.conversation);
		if (known && known.version > chat.version)
			return;
		this.chats.set(chat.conversation, chat);
		if (this.is_mine(chat))
			this.follow(chat.conversation);
		this.let_go();
	}

	private async read_lists(): Promise<void> {
		try {
			const [open, people] = await Promise.all([this.read_open(), this.door.get<{ people: Person[] }>('/people')]);
			const still_open = new Set(open.map((chat) => chat.conversation));
			for (const chat of open)
				this.put(chat);
			/* What was open before the gap and is not in the list has been closed meanwhile. */
			for (const chat of [...this.chats.values()])
				if (chat.state !== 'closed' && !still_open.has(chat.conversation))
					await this.read_chat(chat.conversation);
			for (const person of people.people)
				this.people.set(person.id, person);
			const mine = this.me && this.people.get(this.me.id);
			if (this.me && mine)
				this.me.status = mine.status;
			this.are_lists_loaded = true;
		} catch {
			/* The link is going: the lists are read when it is back. */
		}
	}

	private async read_open(): Promise<Chat[]> {
		const chats: Chat[] = [];
		for (let before = 0, more = true; more;) {
			const answer = await this.door.get<Chats>(`/chats?view=all&limit=200${before ? `&before=${before}` : ''}`);
			chats.push(...answer.chats);
			before = chats[chats.length - 1]?.chat ?? 0;
			more = answer.more && answer.chats.length > 0;
		}
		return chats;
	}

	private async read_chat(conversation: string): Promise<void> {
		try {
			this.put(await this.door.get<Chat>(`/conversations/${conversation}`));
		} catch { /* gone, or not to be seen: the log says so */ }
	}

	/* ---- logs ---- */

	private follow(conversation: string): Followed {
		const known = this.followed.get(conversation);
		if (known)
			return known;
		const log = new ConversationLog(conversation, { keep: this.keep, owner: this.owner(), sees_every_seq: true,
			is_mine: (author) => author.kind === 'person' && (author.id === this.me?.id || (author.id === undefined && author.name === this.me?.name)) });
		const stop_watching = this.connection.watch(log);
		const stop_summing = log.subscribe((view) => this.sum_up(conversation, view));
		const followed = { log, stop: () => { stop_watching(); stop_summing(); } };
		this.followed.set(conversation, followed);
		return followed;
	}

	private let_go(): void {
		for (const [conversation, followed] of this.followed) {
			if (conversation === this.selected || this.is_mine(this.chats.get(conversation)) || followed.log.outbox.sendings.length > 0
				|| !this.are_lists_loaded)
				continue;
			followed.stop();
			this.followed.delete(conversation);
			this.summaries.delete(conversation);
		}
	}

	private sum_up(conversation: string, view: LogView): void {
		const seen = this.seen_of(conversation);
		const summary: Summary = { unread: 0, unanswered_since: null, last: null, has_failed: false };
		for (const { item, sending } of view.entries) {
			if (sending?.state === 'failed')
				summary.has_failed = true;
			if (item?.kind !== 'message')
				continue;
			const at = Date.parse(item.at);
			const is_ours = item.author.kind === 'person';
			summary.last = { text: item.text ?? '', is_ours, at };
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

export const workspace = new Workspace();
