/*
 * What calls somebody back to the page: a sound and a notification of the browser. (The title's count and the favicon's mark are in App.svelte.)
 *
 * However much happens at once and however many tabs are open, one of them sounds once: the tabs share a time at which it last
 * sounded, and look at it under a lock. Nothing sounds for a conversation that somebody has on the screen of a focused tab.
 * What an offer, a seat, a call for help and all else sound like can be told apart.
 * Notifications are shown by the service worker where there is one, so that they outlive the tab and bring it back.
 */
import type { Keep } from '../../client/storage';
import type { Choices } from './choices.svelte';

export const burst_ms = 2500;
const looking_ms = 25_000;

/* Soft notes: after how many seconds, and of which pitch. */
export const tunes = {
	chat: [[0, 587], [0.14, 784]],
	offer: [[0, 784], [0.12, 784], [0.24, 1047]],
	seat: [[0, 523], [0.16, 659], [0.32, 880]],
	help: [[0, 698], [0.2, 494]],
} as const;
export type Tune = keyof typeof tunes;

export interface Alert {
	/* What it is about, and the tag of the notification (push_words.ts has the same). */
	conversation: string;
	/* Left out: that of any chat. */
	tune?: Tune;
	/* Where a click leads. */
	path: string;
	title: string;
	text: string;
	/* A button of the notification: takes that chat at once. */
	accept?: { conversation: string; label: string };
}

/* What the worker says when somebody clicked. */
interface Clicked {
	go?: unknown;
	accept?: unknown;
}

export class Alerts {
	private readonly keep: Keep;
	private readonly choices: Choices;
	private readonly go: (path: string) => void;
	private readonly accept: (conversation: string) => void;
	private sounds: AudioContext | null = null;
	private worker: ServiceWorkerRegistration | null = null;
	permission = $state<NotificationPermission | 'none'>('none');
	/* How often this tab sounded. */
	rung = $state(0);
	/* Where it was allowed already, the answer is a choice all the same. */
	can_ask = $derived(this.permission === 'default' || this.permission === 'granted');

	constructor(keep: Keep, choices: Choices, go: (path: string) => void, accept: (conversation: string) => void) {
		this.keep = keep;
		this.choices = choices;
		this.go = go;
		this.accept = accept;
	}

	start(): void {
		this.permission = typeof Notification === 'undefined' ? 'none' : Notification.permission;
		/* Browsers let a page sound only after somebody has touched it. */
		for (const touch of ['pointerdown', 'keydown'] as const)
			window.addEventListener(touch, () => this.unlock(), { once: true, capture: true });
		navigator.serviceWorker?.addEventListener('message', (event: MessageEvent<unknown>) => {
			const { go, accept } = (event.data ?? {}) as Clicked;
			if (typeof accept === 'string')
				this.accept(accept);
			else if (typeof go === 'string' && go.startsWith('/w/'))
				this.go(go);
		});
		if (this.permission === 'granted' && this.choices.has_notices)
			void this.register();
	}

	/* The conversation that somebody looks at in this tab; null: none. */
	look_at(conversation: string | null): void {
		if (conversation && document.hasFocus())
			this.keep.set('softanswer.looking', `${conversation} ${Date.now()}`);
		else if (!conversation)
			this.keep.remove('softanswer.looking');
	}

	/* By a click in our own bar. True: they will be shown. */
	async ask(): Promise<boolean> {
		this.permission = await Notification.requestPermission();
		this.choices.choose_notices(this.permission === 'granted');
		if (this.permission === 'granted')
			await this.register();
		return this.permission === 'granted';
	}

	async tell(alert: Alert): Promise<void> {
		if (this.is_looked_at(alert.conversation))
			return;
		if (this.choices.has_sound)
			await this.ring(alert.tune ?? 'chat');
		if (this.choices.has_notices && this.permission === 'granted' && !document.hasFocus())
			await this.show(alert);
	}

	private is_looked_at(conversation: string): boolean {
		const [looked_at = '', at = '0'] = (this.keep.get('softanswer.looking') ?? '').split(' ');
		return looked_at === conversation && Date.now() - Number(at) < looking_ms;
	}

	private async ring(tune: Tune): Promise<void> {
		if (this.sounds?.state !== 'running' || !(await this.claim('softanswer.rang', burst_ms)))
			return;
		this.rung++;
		this.chime(this.sounds, tune);
	}

	/* True for one tab in that time. */
	private async claim(key: string, ms: number): Promise<boolean> {
		const take = (): boolean => {
			if (Math.abs(Date.now() - Number(this.keep.get(key) ?? 0)) < ms)
				return false;
			this.keep.set(key, String(Date.now()));
			return true;
		};
		return navigator.locks ? navigator.locks.request(key, async () => take()) : take();
	}

	private async show({ conversation, path, title, text, accept }: Alert): Promise<void> {
		if (!(await this.claim(`softanswer.shown.${conversation}`, burst_ms)))
			return;
		const options: NotificationOptions = { body: text, tag: conversation, data: { path, accept: accept?.conversation }, silent: true };
		/* Only a worker's notifications have buttons. */
		if (this.worker)
			return this.worker.showNotification(title, { ...options, ...(accept ? { actions: [{ action: 'accept', title: accept.label }] } : {}) } as NotificationOptions);
		const notice = new Notification(title, options);
		notice.onclick = () => { window.focus(); this.go(path); notice.close(); };
	}

	/* For push: the worker shows what is pushed to it. Asks where nobody did yet, if it may; null: notifications are not allowed. */
	async registration(may_ask: boolean): Promise<ServiceWorkerRegistration | null> {
		if (this.permission !== 'granted' && !(may_ask && (await this.ask())))
			return null;
		if (!this.worker)
			await this.register();
		return this.worker && navigator.serviceWorker.ready;
	}

	private async register(): Promise<void> {
		try {
			this.worker = await navigator.serviceWorker?.register(worker_address() as string, { scope: '/w/' }) ?? null;
		} catch {
			this.worker = null; /* a private window: notifications come from the page itself */
		}
	}

	private unlock(): void {
		this.sounds ??= typeof AudioContext === 'undefined' ? null : new AudioContext();
		void this.sounds?.resume();
	}

	private chime(sounds: AudioContext, tune: Tune): void {
		for (const [after, pitch] of tunes[tune]) {
			const note = sounds.createOscillator(), volume = sounds.createGain(), at = sounds.currentTime + after;
			note.type = 'sine';
			note.frequency.value = pitch;
			volume.gain.setValueAtTime(0, at);
			volume.gain.linearRampToValueAtTime(0.12, at + 0.02);
			volume.gain.exponentialRampToValueAtTime(0.0005, at + 0.5);
			note.connect(volume).connect(sounds.destination);
			note.start(at);
			note.stop(at + 0.55);
		}
	}
}

interface TrustedTypes {
	createPolicy(name: string, rules: { createScriptURL: (url: string) => string }): { createScriptURL(url: string): unknown };
}

/* The desk's policy lets no text become a script's address but by this name, which can be made once. */
let made_address: unknown;
function worker_address(): unknown {
	const types = (window as unknown as { trustedTypes?: TrustedTypes }).trustedTypes;
	const address = '/service-worker.js';
	return (made_address ??= types ? types.createPolicy('softanswer-worker', { createScriptURL: () => address }).createScriptURL(address) : address);
}
