/*
 * What an advisor's page knows: who is signed in, the chats, the colleagues and teams, and what is kept beside them (drafts, promises,
 * canned answers, presence, alerts).
 *
 * Rows of chats come from the lists and from chat.changed; of two rows the one with the higher version stays.
 */
import { SvelteMap } from 'svelte/reactivity';
import type { Author, Chat, Chats, Desk, DeskEvent, DutyRow, Item, Me, Owed, Person, Pool, SeatNow, Settings, Status, Team, Viewer } from '../../client/api';
import type { BackupAlertedEvent } from '../../client/api.gen';
import { Connection } from '../../client/connection';
import { usual_desk } from '../../client/desk';
import { Door, Refusal } from '../../client/door';
import { make_id } from '../../client/ids';
import { watch_renewed } from '../../client/renewed';
import { keep_in_browser } from '../../client/storage';
import { problem_text } from '../../kit/problem';
import { language, locale, t } from '../../kit/texts';
import { w } from '../texts';
import { Alerts } from './alerts.svelte';
import { Answers } from './answers.svelte';
import { Choices } from './choices.svelte';
import { Dossier } from './dossier.svelte';
import { Drafts } from './drafts.svelte';
import { Duty, has_seat } from './duty.svelte';
import { Follows } from './follows.svelte';
import { is_offered_to, Offers } from './offers.svelte';
import { Presence } from './presence.svelte';
import { Promises } from './promises.svelte';
import { Push } from './push.svelte';
import { route_path, router } from './route.svelte';
import { usual_settings } from './usual';

export interface Notice {
	text: string;
	is_problem: boolean;
	count: number;
	/* What takes it back, or goes on with it. */
	action: { label: string; run: () => void } | null;
}

/* Where a chat may go, with what is said to colleagues. */
export interface Transfer {
	to?: number;
	team?: number;
	note?: string;
}

export class Workspace {
	readonly keep = keep_in_browser();
	readonly choices = new Choices(this.keep);
	/* The desk speaks a newer protocol than this page: it must be loaded anew (P38). */
	must_reload = $state(false);
	readonly door = new Door({ on_reload: () => { this.must_reload = true; }, on_answer: (headers) => this.set_clock(headers.get('Date')) });
	/* How far the desk's clock is ahead of this machine's, ms: for what runs out within seconds. */
	skew_ms = $state(0);
	readonly connection = new Connection({ door: this.door });
	readonly chats = new SvelteMap<string, Chat>();
	readonly people = new SvelteMap<number, Person>();
	readonly teams = new SvelteMap<number, Team>();
	readonly answers = new Answers(this.door);
	readonly promises = new Promises(this.door, (reason) => this.tell(problem_text(reason), true));
	readonly duty = new Duty(this.door, () => this.me?.id);
	readonly offers = new Offers(() => this.waiting, () => this.me?.id, () => Date.now() + this.skew_ms);
	readonly presence = new Presence(this.connection, () => this.me?.id);
	readonly alerts = new Alerts(this.keep, this.choices, (path) => this.go(path),
		(conversation) => void this.accept_by_name(conversation));
	readonly push = new Push(this.door, this.keep, () => this.owner(), () => language, {
		is_there: () => 'PushManager' in window && 'serviceWorker' in navigator,
		registration: (may_ask) => this.alerts.registration(may_ask),
	});
	readonly follows = new Follows({ connection: this.connection, door: this.door, keep: this.keep, owner: () => this.owner(),
		is_me: (author) => this.is_me(author), oncame: (conversation, item) => this.came(conversation, item),
		reads_for_desk: (conversation) => this.has_part(this.chats.get(conversation)) });
	readonly drafts = new Drafts(this.door, this.keep, () => this.owner(),
		(conversation, mode, generation) => this.follows.is_draft_under_way(conversation, mode, generation));
	readonly summaries = this.follows.summaries;

	desk = $state<Desk>({ ...usual_desk });
	settings = $state.raw<Settings>(usual_settings);
	me = $state<Me | null>(null);
	are_lists_loaded = $state(false);
	is_signed_out = $state(false);
	notice = $state.raw<Notice>({ text: '', is_problem: false, count: 0, action: null });
	/* The back-ups were asked for help, and one is of them. */
	help_wanted = $state(false);
	/* A seat came to one who waited for it, and nobody has looked since. */
	seat_came = $state(false);
	/* Of the open conversation. */
	dossier = $state.raw<Dossier | null>(null);
	/* Closed chats, as far as they were asked for; new ones wait behind "3 new". */
	closed = $state.raw<Chat[]>([]);
	closed_more = $state(true);
	closed_new = $state(0);

	waiting = $derived([...this.chats.values()].filter((chat) => chat.state === 'waiting' || chat.state === 'offered')
		.sort((a, b) => b.priority - a.priority || (a.waiting_since < b.waiting_since ? -1 : a.waiting_since > b.waiting_since ? 1 : a.chat - b.chat)));
	mine = $derived([...this.chats.values()].filter((chat) => this.has_part(chat))
		.sort((a, b) => ((a.taken_at ?? '') < (b.taken_at ?? '') ? -1 : 1)));
	/* Those that go back to the line when one leaves. */
	held = $derived(this.mine.filter((chat) => this.is_mine(chat)));
	/* Oldest first: what comes new comes at the end and moves nothing. */
	open = $derived([...this.chats.values()].filter((chat) => chat.state !== 'closed').sort((a, b) => a.chat - b.chat));
	my_teams = $derived([...this.teams.values()].filter((team) => !team.is_archived && this.me !== null && team.members.includes(this.me.id)));
	can_lead = $derived(this.me?.role === 'administrator' || this.me?.role === 'lead');
	can_manage = $derived(this.me?.role === 'administrator');
	can_answer = $derived(this.me !== null && this.me.role !== 'consultant' && this.me.role !== 'production');
	unread_total = $derived(this.mine.reduce((sum, chat) => sum + (this.summaries.get(chat.conversation)?.unread ?? 0), 0));

	/* Where to go after signing in. */
	return_to: string | null = null;

	private selected: string | null = null;
	private is_reading = false;
	/* What this page is doing: what it brings about needs no alert. */
	private readonly moving = new Set<string>();

	/* Begins to work as `me`; once per page. */
	start(me: Me): void {
		this.me = me;
		if (this.can_answer) {
			this.connection.watch_desk({ ready: () => void this.read_lists(), event: (event) => this.hear(event) });
			this.follows.start();
			this.presence.start();
			this.alerts.start();
			if (location.hash)
				this.go(location.pathname + location.hash);
			void this.push.start();
			window.addEventListener('focus', () => { this.seat_came = false; void this.drafts.read(this.selected ?? undefined); });
			window.addEventListener('pagehide', () => { this.drafts.flush(); this.promises.flush(); });
		}
		watch_renewed(() => { this.must_reload = true; });
		this.connection.link.subscribe((link) => { this.is_signed_out = link.is_signed_out; });
		this.connection.start();
	}

	/* The desk tells whole seconds, and the way takes some: what is less than three is none. */
	private set_clock(told: string | null): void {
		const skew = Date.parse(told ?? '') - Date.now();
		const is_none = Number.isNaN(skew) || Math.abs(skew) < 3000;
		if (is_none ? this.skew_ms !== 0 : Math.abs(skew - this.skew_ms) > 3000)
			this.skew_ms = is_none ? 0 : skew;
	}

	owner(): string {
		return `person-${this.me?.id}`;
	}

	tell(text: string, is_problem = false, action: Notice['action'] = null): void {
		this.notice = { text, is_problem, count: this.notice.count + 1, action };
	}

	/* Does it; what is refused is told, as `told` has it. True: it was done. */
	async act(run: () => Promise<unknown>, told?: (refusal: Refusal) => string | null): Promise<boolean> {
		try {
			await run();
			return true;
		} catch (reason) {
			if (reason instanceof Refusal && reason.kind === 'sign-in')
				this.is_signed_out = true;
			if (!(reason instanceof Refusal && reason.kind === 'reload'))
				this.tell((reason instanceof Refusal ? told?.(reason) : null) ?? problem_text(reason), true);
			return false;
		}
	}

	/* ---- what one does ---- */

	set_status(status: Status, fields: { reason?: string; back_at?: string } = {}): Promise<boolean> {
		return this.act(() => this.set_status_or_throw(status, fields));
	}

	async set_status_or_throw(status: Status, fields: { reason?: string; back_at?: string } = {}): Promise<void> {
		const seat = await this.door.post<SeatNow>('/me/status', { status, ...fields });
		this.help_wanted = false;
		if (this.me)
			this.me.status = seat.status;
		/* Whoever asks for a seat and gets a place in the line reads so, not only that nothing happened. */
		if (status === 'online' && seat.status === 'line')
			this.tell(w.no_seat_free);
	}

	/* Whoever is away or not on duty goes online by taking a chat, if there is a seat. */
	async take(chat: Chat): Promise<boolean> {
		if (this.me?.status !== 'online' && !(await this.set_status('online')))
			return false;
		return this.me?.status === 'online' && this.move(chat, 'take');
	}

	/* Why a waiting chat cannot be taken; empty: it can. */
	why_not_take(chat: Chat): string {
		const { mine, my_pool } = this.duty, { strict } = this.settings;
		if (this.me?.status === 'line')
			return w.why_line;
		if (this.me?.status === 'winding')
			return w.why_winding;
		if (!strict || is_offered_to(chat, this.me?.id))
			return '';
		return chat.offer ? w.why_offered(chat.offer.name)
			: mine && has_seat(mine) && mine.load >= mine.cap ? w.why_cap(mine.load, mine.cap)
			: my_pool && my_pool.chats >= my_pool.cap ? w.why_pool(my_pool.chats, my_pool.cap) : '';
	}

	/* Before the others in the line, or in turn again. */
	prioritise(chat: Chat): Promise<boolean> {
		return this.move(chat, 'priority', { priority: chat.priority > 0 ? 0 : 1 });
	}

	/* An offered chat becomes one's own and is opened. */
	async accept(chat: Chat): Promise<boolean> {
		if (!(await this.take(chat)))
			return false;
		router.go(route_path('inbox', chat.conversation));
		return true;
	}

	async decline(chat: Chat): Promise<boolean> {
		this.offers.decline(chat.conversation);
		const is_done = await this.act(() => this.move_or_throw(chat, 'decline'));
		if (!is_done)
			this.offers.undecline(chat.conversation);
		return is_done;
	}

	/* By a notification's button: the list may not be read yet. */
	private async accept_by_name(conversation: string): Promise<void> {
		if (!this.chats.has(conversation))
			await this.read_chat(conversation);
		const chat = this.chats.get(conversation);
		if (is_offered_to(chat, this.me?.id))
			await this.accept(chat!);
	}

	release(chat: Chat): Promise<boolean> {
		return this.move(chat, 'release');
	}

	transfer(chat: Chat, to: Transfer): Promise<boolean> {
		return this.move(chat, 'transfer', to);
	}

	invite(chat: Chat, person: number): Promise<boolean> {
		return this.move(chat, 'invite', { person });
	}

	/* As a guest oneself, or a guest whom one lets go. */
	leave(chat: Chat, person?: number): Promise<boolean> {
		return this.move(chat, 'leave', person === undefined ? {} : { person });
	}

	/* The promise is kept a moment later, so that it can be undone. */
	keep_promise(promise: number): void {
		this.promises.keep(promise);
		this.tell(w.promise_kept, false, { label: w.undo, run: () => this.promises.undo(promise) });
	}

	/* Throws what is refused: dialogs show it beside its field. */
	async move_or_throw(chat: Chat, verb: string, fields: object = {}): Promise<void> {
		this.moving.add(chat.conversation);
		try {
			const answer = await this.door.post<Partial<Chat>>(`/conversations/${chat.conversation}/${verb}`, { id: make_id('a'), ...fields });
			if (answer.conversation)
				this.put(answer as Chat);
			else
				await this.read_chat(chat.conversation);
		} finally {
			this.moving.delete(chat.conversation);
		}
	}

	/* Does what the notice offers, once. */
	take_notice(): void {
		const { action } = this.notice;
		this.notice = { ...this.notice, text: '', action: null };
		action?.run();
	}

	private move(chat: Chat, verb: string, fields: object = {}): Promise<boolean> {
		return this.act(() => this.move_or_throw(chat, verb, fields));
	}

	/* ---- chats ---- */

	is_mine(chat: Chat | undefined): boolean {
		return chat?.state === 'owned' && chat.owner?.id === this.me?.id;
	}

	is_guest(chat: Chat | undefined): boolean {
		return chat?.state === 'owned' && chat.guests.some((guest) => guest.id === this.me?.id);
	}

	/* Owner or guest: one answers there. */
	has_part(chat: Chat | undefined): boolean {
		return this.is_mine(chat) || this.is_guest(chat);
	}

	/* The one that is looked at is followed too. */
	select(conversation: string | null): void {
		if (this.selected === conversation)
			return;
		this.selected = conversation;
		this.presence.look_at(conversation);
		this.look_at();
		this.dossier = conversation ? new Dossier(this.door, conversation) : null;
		if (conversation) {
			this.follows.follow(conversation);
			void this.drafts.read(conversation);
			if (!this.chats.has(conversation))
				void this.read_chat(conversation);
		}
		this.let_go();
	}

	/* The open conversation is on the screen of a focused page: nothing needs to sound for it. */
	look_at(): void {
		this.alerts.look_at(document.hasFocus() && document.visibilityState === 'visible' ? this.selected : null);
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
		const body = <T>(name: string): T => event[name as keyof DeskEvent] as unknown as T;
		switch (event.event) {
		case 'chat.changed': return this.hear_chat(body<Chat>('chat'));
		case 'person.changed': return this.hear_person(body<Person>('person'));
		case 'seat.changed': return this.hear_seat(body<DutyRow>('person'));
		case 'pool.changed': return this.duty.hear_pool(body<Pool>('pool'));
		case 'backup.alerted': return this.hear_help(event as unknown as BackupAlertedEvent);
		case 'team.changed': return void this.teams.set(body<Team>('team').id, body<Team>('team'));
		case 'answer.changed': return this.answers.set_old();
		case 'promise.changed': return this.hear_promise(body<Owed>('promise'));
		case 'presence': return this.presence.hear(body<string>('conversation'), body<Viewer[]>('who'));
		case 'setting.changed': return void this.read_settings().catch(() => undefined); /* they are read again when the link is back */
		default: this.dossier?.hear(event);
		}
	}

	private hear_chat(chat: Chat): void {
		const was = this.chats.get(chat.conversation);
		const had_part = this.has_part(was);
		this.put(chat);
		if (chat.state === 'closed' && was !== undefined && was.state !== 'closed')
			this.closed_new++;
		if (was && was.version > chat.version)
			return;
		if (this.offers.hear(was, chat))
			return this.alert_offer(chat);
		if (this.moving.has(chat.conversation))
			return;
		/* Where chats are offered nobody needs to look out for them. */
		if (chat.state === 'waiting' && was?.state !== 'waiting' && was?.state !== 'offered' && this.me?.status === 'online' && !this.settings.offers)
			this.alert(chat, w.alert_waiting(this.name_of(chat)), chat.last?.text ?? '');
		else if (this.has_part(chat) && !had_part)
			this.alert(chat, w.alert_given(this.name_of(chat)), chat.last?.text ?? '');
	}

	private hear_person(person: Person): void {
		this.people.set(person.id, { ...this.people.get(person.id), ...person });
		if (this.me && person.id === this.me.id)
			this.me = { ...this.me, name: person.name, status: person.status };
	}

	private hear_seat(row: DutyRow): void {
		const was = this.duty.row(row.id);
		this.duty.hear(row);
		if (!this.me || row.id !== this.me.id)
			return;
		this.me.status = row.status;
		if (was?.status === 'line' && has_seat(row)) {
			this.seat_came = !document.hasFocus();
			this.tell(w.seat_yours);
			void this.alerts.tell({ conversation: 'seat', tune: 'seat', path: '/w/inbox', title: w.seat_yours, text: w.seat_yours_text });
		}
	}

	/* To where a notification leads. One that called for help may have been pushed, to a page that was not there. */
	private go(path: string): void {
		const [place = '', mark] = path.split('#');
		if (mark === 'help')
			this.help_wanted = this.me?.role === 'backup';
		router.go(place);
	}

	/* Back-ups of that pool are told, while they are not on duty: the others can do nothing more about it. */
	private hear_help({ team }: BackupAlertedEvent): void {
		const has_pool = (id: number): boolean => [...this.duty.pools.values()].some((pool) => pool.team === id);
		const is_ours = team === undefined ? !this.my_teams.some((mine) => has_pool(mine.id)) : this.my_teams.some((mine) => mine.id === team);
		if (this.me?.role !== 'backup' || this.duty.mine || !is_ours)
			return;
		this.help_wanted = true;
		void this.alerts.tell({ conversation: 'help', tune: 'help', path: '/w/inbox#help', title: w.help_title, text: w.help_text });
	}

	private hear_promise(row: Owed): void {
		this.promises.hear(row);
		if (this.dossier?.conversation === row.conversation)
			this.dossier.set_old();
	}

	/* An item that was not there before, of a log that is followed. */
	private came(conversation: string, item: Item): void {
		const chat = this.chats.get(conversation);
		if (item.author.kind === 'person' && this.is_me(item.author) && (item.kind === 'message' || item.kind === 'note'))
			void this.drafts.read(conversation); /* perhaps sent from another machine */
		const is_said = item.kind === 'message' || item.kind === 'file';
		if (chat && this.has_part(chat) && !this.is_me(item.author) && ((is_said && item.author.kind === 'visitor') || item.kind === 'whisper'))
			this.alert(chat, item.author.name ?? this.name_of(chat), item.text ?? item.file?.name ?? '');
		if (this.dossier?.conversation === conversation && ['rated', 'promised', 'kept', 'ended', 'started'].includes(item.kind))
			this.dossier.set_old();
	}

	private alert_offer(chat: Chat): void {
		/* Sounds even where the chat itself is looked at. */
		void this.alerts.tell({ conversation: `offer-${chat.conversation}`, tune: 'offer', path: route_path('inbox', chat.conversation), title: w.alert_offered(this.name_of(chat)),
			text: (chat.last?.text ?? chat.topic ?? '').slice(0, 200), accept: { conversation: chat.conversation, label: w.accept } });
	}

	private alert(chat: Chat, title: string, text: string): void {
		void this.alerts.tell({ conversation: chat.conversation, path: route_path('inbox', chat.conversation), title, text: text.slice(0, 200) });
	}

	language_name(tag: string): string {
		try {
			return new Intl.DisplayNames([locale], { type: 'language' }).of(tag) ?? tag;
		} catch {
			return tag;
		}
	}

	name_of(chat: Chat): string {
		return chat.visitor.name || chat.visitor.email || t.visitor;
	}

	private is_me(author: Author): boolean {
		return author.kind === 'person' && (author.id === this.me?.id || (author.id === undefined && author.name === this.me?.name));
	}

	put(chat: Chat): void {
		const known = this.chats.get(chat.conversation);
		if (known && known.version > chat.version)
			return;
		this.chats.set(chat.conversation, chat);
		if (this.has_part(chat))
			this.follows.follow(chat.conversation);
		if (this.dossier?.conversation === chat.conversation && (known?.state !== chat.state || known?.owner?.id !== chat.owner?.id))
			this.dossier.set_old();
		this.let_go();
	}

	private let_go(): void {
		if (this.are_lists_loaded)
			this.follows.let_go((conversation) => conversation === this.selected || this.has_part(this.chats.get(conversation)));
	}

	private async read_lists(): Promise<void> {
		this.presence.forget();
		this.answers.set_old();
		try {
			const [open, people, teams] = await Promise.all([this.read_open(), this.door.get<{ people: Person[] }>('/people'),
				this.door.get<{ teams: Team[] }>('/teams'), this.promises.read(), this.drafts.read(), this.duty.read(), this.read_settings()]);
			const still_open = new Set(open.map((chat) => chat.conversation));
			for (const chat of open)
				this.put(chat);
			/* What was open before the gap and is not in the list has been closed meanwhile. */
			for (const chat of [...this.chats.values()])
				if (chat.state !== 'closed' && !still_open.has(chat.conversation))
					await this.read_chat(chat.conversation);
			for (const person of people.people)
				this.people.set(person.id, person);
			for (const team of teams.teams)
				this.teams.set(team.id, team);
			const mine = this.me && this.people.get(this.me.id);
			if (this.me && mine)
				this.me.status = mine.status;
			this.are_lists_loaded = true;
		} catch {
			/* The link is going: the lists are read when it is back. */
		}
	}

	/* Rows of chats in which one has no part are told only when they change hands: who looks at them reads them anew. */
	async refresh(): Promise<void> {
		try {
			for (const chat of await this.read_open())
				this.put(chat);
		} catch { /* the link is going: the lists are read when it is back */ }
	}

	async read_settings(): Promise<void> {
		this.settings = await this.door.get<Settings>('/settings');
		const { name, language, time_zone } = this.settings;
		this.desk = { ...this.desk, name, language, time_zone };
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
}

export const workspace = new Workspace();
