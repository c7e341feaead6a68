/*
 * Being told while no page of the desk is open: this browser's subscription with its maker's push service, and the desk's knowledge of it.
 *
 * Both sides can lose theirs: the browser when it is cleaned up, the desk when the session ends. So whoever wants to be told is
 * subscribed again whenever the page starts: the same again changes nothing.
 */
import type { Door } from '../../client/door';
import type { Keep } from '../../client/storage';

interface Told {
	push: number;
	is_this: boolean;
}

/* What this part needs of the browser; tests bring their own. */
export interface PushPlace {
	is_there(): boolean;
	/* Asks for notifications where that was not done yet, and gives the registration of the worker; null: refused. */
	registration(may_ask: boolean): Promise<ServiceWorkerRegistration | null>;
}

export type PushProblem = 'denied' | 'failed' | null;

export class Push {
	private readonly door: Door;
	private readonly keep: Keep;
	private readonly owner: () => string;
	private readonly language: () => string;
	private readonly place: PushPlace;
	is_on = $state(false);
	is_busy = $state(false);
	problem = $state<PushProblem>(null);

	constructor(door: Door, keep: Keep, owner: () => string, language: () => string, place: PushPlace) {
		this.door = door;
		this.keep = keep;
		this.owner = owner;
		this.language = language;
		this.place = place;
	}

	get can(): boolean {
		return this.place.is_there();
	}

	/* As it was left. What goes wrong now is said when somebody looks at the switch. */
	async start(): Promise<void> {
		if (this.can && this.keep.get(this.key()) === 'on')
			await this.subscribe(false);
	}

	/* By a click: the browser may ask. */
	async choose(on: boolean): Promise<void> {
		if (this.is_busy)
			return;
		this.is_busy = true;
		await (on ? this.subscribe(true) : this.unsubscribe());
		this.is_busy = false;
	}

	private key(): string {
		return `softanswer.push.${this.owner()}`;
	}

	private async subscribe(may_ask: boolean): Promise<void> {
		this.problem = null;
		try {
			const registration = await this.place.registration(may_ask);
			if (!registration) {
				this.problem = may_ask ? 'denied' : null;
				this.is_on = false;
				return;
			}
			const { key } = await this.door.get<{ key: string }>('/push/key');
			const subscription = await subscription_for(registration, key);
			const { endpoint, keys } = subscription.toJSON();
			await this.door.post('/me/pushes', { endpoint, p256dh: keys?.['p256dh'], auth: keys?.['auth'], language: this.language() });
			this.is_on = true;
			this.keep.set(this.key(), 'on');
		} catch {
			this.problem = 'failed';
			this.is_on = false;
		}
	}

	private async unsubscribe(): Promise<void> {
		this.problem = null;
		this.keep.remove(this.key());
		try {
			const { pushes } = await this.door.get<{ pushes: Told[] }>('/me/pushes');
			for (const told of pushes.filter(({ is_this }) => is_this))
				await this.door.delete(`/me/pushes/${told.push}`);
			const registration = await this.place.registration(false);
			await (await registration?.pushManager.getSubscription())?.unsubscribe();
			this.is_on = false;
		} catch {
			this.problem = 'failed';
		}
	}
}

/* The one that there is, unless it was made for another key of the desk. */
async function subscription_for(registration: ServiceWorkerRegistration, key: string): Promise<PushSubscription> {
	const known = await registration.pushManager.getSubscription();
	if (known && base64_of(known.options.applicationServerKey) === key)
		return known;
	await known?.unsubscribe();
	return registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key });
}

function base64_of(bytes: ArrayBuffer | null): string {
	const text = String.fromCharCode(...new Uint8Array(bytes ?? new ArrayBuffer(0)));
	return btoa(text).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}
