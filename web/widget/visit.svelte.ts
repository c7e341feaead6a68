/*
 * One visitor's visit: what the site asks and says, whether the desk can answer now, who the visitor is, and how a chat or a form
 * begins. What comes after, the conversation itself, is talk.svelte.ts, loaded when there is one.
 *
 * A visitor becomes known to the desk with the first message, not before. The id of what is being started is kept until the
 * desk has answered, so that a lost answer, a reload or a second tab never starts two. What is half written stays in the
 * composer whether the desk opens or closes meanwhile: form and chat ask for the same things.
 */
import { untrack } from 'svelte';
import type { VisitorAnswer } from '../client/api';
import type { ChatStartAsk, FormSendAnswer, FormSendAsk, LineStateAnswer, SettingGetAnswer, SiteWidgetAnswer, ChatStartAnswer } from '../client/api.gen';
import { Door, Lost, Refusal } from '../client/door';
import { make_id } from '../client/ids';
import { watch_renewed } from '../client/renewed';
import { keep_in_browser } from '../client/storage';
import { problem_text } from '../kit/problem';
import { language } from '../kit/texts';
import { Host } from './host.svelte';
import type { Talk } from './talk.svelte';
import { w } from './texts';

export type Word = SiteWidgetAnswer['words'][number]['name'];
export type OwnField = SiteWidgetAnswer['fields'][number];

/* A chat or form that is on its way. */
interface Starting extends ChatStartAsk {
	text: string;
	is_form: boolean;
}

const line_every_ms = 15_000;
const token_key = 'softanswer.token';
const fields_key = 'softanswer.fields';
const starting_key = 'softanswer.starting';
export const draft_key = 'softanswer.draft.visitor';

export class Visit {
	readonly keep = keep_in_browser();
	/* The token stays in this tab. */
	private readonly tab = keep_in_browser('sessionStorage');
	private token: string | null = this.tab.get(token_key);
	readonly door = new Door({ as_visitor: true, token: () => this.token, on_reload: () => { this.is_old = true; } });
	readonly host = new Host();
	private site = new URLSearchParams(location.search).get('site');

	is_loading = $state(true);
	/* The desk was renewed: the page speaks a protocol that it has forgotten, or lacks parts that it has no more. */
	is_old = $state(false);
	desk_name = $state('');
	look = $state.raw<SiteWidgetAnswer | null>(null);
	line = $state.raw<LineStateAnswer | null>(null);
	talk = $state.raw<Talk | null>(null);
	/* Asks for a new chat although there is a conversation to read. */
	is_asking = $state(false);
	is_inviting = $state(false);
	is_sound_on = $state(this.keep.get('softanswer.sound') !== 'off');

	name = $state('');
	email = $state('');
	topic = $state('');
	answers = $state<Record<string, string>>({});
	/* What is wrong, by "name", "email", "topic" or the label of an own field. */
	errors = $state<Record<string, string>>({});

	starting = $state.raw<Starting | null>(null);
	is_lost = $state(false);
	problem = $state<string | null>(null);
	/* The text of what could not be started, for the composer to take back. */
	returned = $state<string | null>(null);

	private others: BroadcastChannel | null = null;
	private line_timer: ReturnType<typeof setTimeout> | undefined;
	private identified: string | null = null;
	private told_page = '';
	/* The desk has known this browser since the page was loaded. Whom it knows already stays who it is, so a stranger need not ask. */
	private was_known = false;

	/* The desk cannot answer now: what is written is left as a message. */
	readonly is_form = $derived(this.line !== null && !this.line.open);
	readonly asks = $derived({ name: this.look?.ask_name ?? 'optional', email: this.is_form ? 'required' : this.look?.ask_email ?? 'optional',
		topic: this.look?.ask_topic ?? 'no', fields: this.look?.fields ?? [] });

	constructor() {
		try {
			this.others = new BroadcastChannel('softanswer.visit');
			this.others.onmessage = ({ data }) => void (data === 'left' ? this.forget() : this.resume());
		} catch { /* other tabs find out when they are used */ }
		watch_renewed(() => { this.is_old = true; });
		this.restore_name();
		this.restore_fields();
		$effect.root(() => this.follow_host());
		void this.begin();
	}

	word(name: Word): string {
		return this.look?.words.find((word) => word.name === name)?.text ?? '';
	}

	/* Somebody looks at the panel. */
	is_watched = (): boolean => this.host.is_open && document.visibilityState === 'visible' && (this.host.is_focused || document.hasFocus());

	/* Runs when it is known what the site looks like. */
	when_looked(run: () => void): void {
		$effect.root(() => {
			$effect(() => {
				void this.look;
				run();
			});
		});
	}

	set_sound(is_on: boolean): void {
		this.is_sound_on = is_on;
		this.keep.set('softanswer.sound', is_on ? 'on' : 'off');
	}

	/* Starts a chat with this text, leaves it as a form, or writes it into the open chat. False: something is to be filled in first. */
	send(text: string): boolean {
		this.problem = null;
		if (this.talk?.is_talking && !this.is_asking) {
			this.talk.write(text);
			return true;
		}
		this.errors = this.missing();
		if (Object.keys(this.errors).length > 0) {
			this.is_asking = true;
			return false;
		}
		const answers = this.asks.fields.map(({ label, kind }) => ({ label, value: (this.answers[label] ?? '').trim() || (kind === 'check' ? 'no' : '') }))
			.filter(({ value }) => value !== '');
		const { is_form } = this;
		const starting: Starting = { id: make_id(is_form ? 'form' : 'c'), text, is_form, language, answers };
		for (const [field, value] of [['name', this.name], ['email', this.email], ['topic', this.topic], ['site', this.site], ['page', this.host.page?.url]] as const)
			if (value?.trim() && (field !== 'topic' || this.asks.topic !== 'no'))
				starting[field] = value.trim();
		this.keep.set(starting_key, JSON.stringify(starting));
		void this.start(starting);
		return true;
	}

	/*
	 * Loads the panel anew. Where it has no storage, its name carries what was half written over the reload: no longer than that,
	 * since a page that puts another one into the frame could read it.
	 */
	reload(): void {
		window.name = JSON.stringify({ softanswer: { [draft_key]: this.keep.get(draft_key), [fields_key]: this.keep.get(fields_key) } });
		location.reload();
	}

	private restore_name(): void {
		try {
			const { softanswer } = JSON.parse(window.name) as { softanswer?: Record<string, string | null> };
			for (const key of [draft_key, fields_key])
				if (softanswer?.[key] && !this.keep.get(key))
					this.keep.set(key, softanswer[key]);
			if (softanswer)
				window.name = '';
		} catch { /* not ours */ }
	}

	keep_fields(): void {
		this.keep.set(fields_key, JSON.stringify({ name: this.name, email: this.email, topic: this.topic, answers: this.answers }));
	}

	private restore_fields(): void {
		try {
			const { name, email, topic, answers } = JSON.parse(this.keep.get(fields_key) ?? '{}') as Partial<Visit>;
			this.name = name ?? '';
			this.email = email ?? '';
			this.topic = topic ?? '';
			this.answers = answers ?? {};
		} catch { /* begins empty */ }
	}

	private missing(): Record<string, string> {
		const errors: Record<string, string> = {};
		for (const field of ['name', 'email', 'topic'] as const)
			if (this.asks[field] === 'required' && !this[field].trim())
				errors[field] = field === 'email' && this.is_form ? w.email_needed : w.needed;
		if (this.asks.email !== 'no' && this.email.trim() && !/^[^\s@]+@[^\s@]+$/.test(this.email.trim()))
			errors['email'] = w.email_wrong;
		for (const { label, is_required, kind } of this.asks.fields)
			if (is_required && (kind === 'check' ? this.answers[label] !== 'yes' : !this.answers[label]?.trim()))
				errors[label] = w.needed;
		return errors;
	}

	/* ---- beginning ---- */

	private async begin(): Promise<void> {
		await Promise.all([this.ask_site(), this.resume()]);
		this.is_loading = false;
		void import('./talk.svelte').catch(() => undefined); /* soon needed */
		const starting = this.keep.get(starting_key);
		if (starting)
			void this.start(JSON.parse(starting) as Starting);
	}

	private async ask_site(): Promise<void> {
		try {
			if (!this.site) {
				const desk = await this.door.get<SettingGetAnswer>('/desk');
				this.desk_name = desk.name;
				this.site = desk.site ?? null;
			}
			const [look] = await Promise.all([this.site ? this.door.get<SiteWidgetAnswer>(`/sites/${this.site}/widget?language=${language}`) : null, this.ask_line()]);
			this.look = look;
			this.desk_name = look?.desk ?? this.desk_name;
		} catch {
			setTimeout(() => void this.ask_site(), 5000);
		}
	}

	/* Asks whether the desk can answer, again and again while somebody may be about to write. */
	async ask_line(): Promise<void> {
		clearTimeout(this.line_timer);
		const line = await this.door.get<LineStateAnswer>(`/line${this.site ? `?site=${this.site}` : ''}`).catch(() => null);
		if (line)
			this.line = line;
		this.line_again();
	}

	private line_again(): void {
		clearTimeout(this.line_timer);
		this.line_timer = setTimeout(() => {
			if (this.host.is_open && document.visibilityState === 'visible' && !this.talk?.is_talking)
				void this.ask_line();
			else
				this.line_again();
		}, line_every_ms);
	}

	/* Takes up the conversation that this browser has, if any. */
	async resume(): Promise<void> {
		this.token = this.tab.get(token_key) ?? this.token;
		try {
			await this.know(await this.door.get<VisitorAnswer>('/visitor'));
		} catch (reason) {
			if (reason instanceof Lost || (reason as Refusal).is_retryable)
				setTimeout(() => void this.resume(), 3000);
		}
	}

	private async know(answer: VisitorAnswer): Promise<void> {
		this.was_known = true;
		this.name ||= answer.name ?? '';
		this.email ||= answer.email ?? '';
		if (answer.conversation)
			(await this.follow(answer.conversation)).know(answer);
	}

	private async follow(conversation: string): Promise<Talk> {
		const { Talk } = await import('./talk.svelte');
		if (this.talk?.log.conversation !== conversation) {
			this.talk?.stop();
			this.talk = new Talk(this, conversation);
		}
		return this.talk;
	}

	/* The desk does not know this visitor any more. */
	forget(): void {
		this.token = null;
		this.tab.remove(token_key);
		this.talk?.stop();
		this.talk = null;
		this.host.say('state');
	}

	/* ---- starting ---- */

	private async start(starting: Starting): Promise<void> {
		this.starting = starting;
		for (let wait = 1000; ; wait = Math.min(wait * 2, 15_000)) {
			try {
				await this.make_known();
				await this.started(starting);
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
		this.keep.remove(starting_key);
	}

	private async started({ is_form, ...ask }: Starting): Promise<void> {
		if (is_form && this.talk?.is_talking)
			await this.talk.end();
		const begun = is_form ? await this.door.post<FormSendAnswer>('/forms', ask satisfies Partial<FormSendAsk>)
			: await this.door.post<ChatStartAnswer>('/chats', ask);
		const talk = await this.follow(begun.conversation);
		if ('due_at' in begun)
			this.keep.set('softanswer.due', begun.due_at);
		else
			talk.wait_at(begun.place, begun.wait_ms);
		this.is_asking = false;
		this.others?.postMessage('started');
		this.tell_page();
	}

	private async start_refused(starting: Starting, refusal: Refusal): Promise<void> {
		if (refusal.kind === 'state')
			await Promise.all([this.resume(), this.ask_line()]); /* perhaps another tab has started one: then it goes there */
		if (this.talk?.is_talking && !starting.is_form) {
			this.is_asking = false;
			return this.talk.write(starting.text);
		}
		if (refusal.field && ['name', 'email', 'topic'].includes(refusal.field))
			this.errors = { [refusal.field]: problem_text(refusal) };
		else if (refusal.field !== 'desk')
			this.problem = problem_text(refusal);
		this.is_asking = this.talk !== null;
		this.returned = starting.text;
	}

	/* Gets an identity as a cookie; where the browser keeps none, as a token. */
	private async make_known(): Promise<void> {
		if (this.token || (this.was_known && (await this.is_known())))
			return;
		const who = { language, ...(this.site ? { site: this.site } : {}) };
		await this.door.post('/visitors', who);
		if (!(await this.is_known()))
			this.take_token(await this.door.post<{ token?: string }>('/visitors', { ...who, token: true }));
	}

	private take_token({ token }: { token?: string }): void {
		this.token = token ?? null;
		if (token)
			this.tab.set(token_key, token);
	}

	/* Whether the browser brings the token back by itself, or we do. */
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

	get needs_token(): boolean {
		return this.token !== null;
	}

	/* ---- the page around ---- */

	private follow_host(): void {
		$effect(() => {
			if (this.host.identity && this.host.identity !== this.identified && !this.is_loading)
				void this.identify((this.identified = this.host.identity));
		});
		$effect(() => {
			if (this.host.page && this.talk)
				this.tell_page();
		});
		$effect(() => {
			if (this.host.is_open && this.host.page && this.site)
				void this.door.post(`/sites/${this.site}/seen`, { url: this.host.page.url }).catch(() => undefined);
		});
		$effect(() => {
			if (this.host.is_ruled && !this.is_loading && !this.host.is_open && !this.talk?.is_talking)
				void this.ask_line().then(() => { this.is_inviting = !!this.line?.open && this.line.is_free; });
		});
		$effect(() => {
			if (this.host.is_open) {
				this.is_inviting = false;
				if (!untrack(() => this.is_loading)) /* else it is asked already */
					void this.ask_line();
			}
		});
	}

	private async identify(signed: string): Promise<void> {
		try {
			const ask = { site: this.site, token: signed };
			const answer = await this.door.post<{ token?: string }>('/visitors/identify', this.token ? { ...ask, bearer: true } : ask);
			if (this.token)
				this.take_token(answer);
			else if (!(await this.is_known()))
				this.take_token(await this.door.post<{ token?: string }>('/visitors/identify', { ...ask, bearer: true }));
			this.take_signed(signed);
			this.others?.postMessage('started');
			await this.resume();
		} catch (reason) {
			if (reason instanceof Refusal && !reason.is_retryable)
				this.host.say('refused', 0, reason.detail || reason.message);
			else
				setTimeout(() => void this.identify(signed), 5000);
		}
	}

	/* The desk has accepted it: what it says need not be asked again. */
	private take_signed(signed: string): void {
		const bytes = Uint8Array.from(atob(signed.split('.')[0]!.replace(/-/g, '+').replace(/_/g, '/')), (letter) => letter.charCodeAt(0));
		const { name, email } = JSON.parse(new TextDecoder().decode(bytes)) as { name?: string; email?: string };
		this.name = name ?? this.name;
		this.email = email ?? this.email;
	}

	/* Staff sees which pages the visitor of an open chat goes through. */
	private tell_page(): void {
		const { page } = this.host;
		if (!page || !this.talk?.is_talking || this.told_page === page.url)
			return;
		this.told_page = page.url;
		void this.door.post('/trail', page.title ? page : { url: page.url }).catch(() => undefined);
	}
}

/* The panel's last frame after Softanswer('shutdown'): nobody is known here any more. */
export async function leave(): Promise<void> {
	for (const keep of [keep_in_browser(), keep_in_browser('sessionStorage')])
		for (const key of keep.keys('softanswer.'))
			if (!/^softanswer\.(sound|theme)$/.test(key))
				keep.remove(key);
	await new Door({ as_visitor: true }).delete('/visitor').catch(() => undefined);
	new BroadcastChannel('softanswer.visit').postMessage('left');
}
