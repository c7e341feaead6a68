import { describe, expect, it } from 'vitest';
import type { Door } from '../client/door';
import { keep_in_memory } from '../client/storage';
import { push_notice } from './push_words';
import { Push, type PushPlace } from './state/push.svelte';

const conversation = 'kPkPkPkPkPkPkPkPkPkPkP';

describe('what a push says', () => {
	it('names who waits, in the language of the browser', () => {
		expect(push_notice(JSON.stringify({ kind: 'waiting', conversation, name: 'Vera', count: 1, language: 'de' })))
			.toEqual({ title: 'Vera wartet auf eine Antwort', body: '', tag: conversation, path: `/w/inbox/${conversation}` });
	});
	it('counts the others, and has a word for who gave no name', () => {
		const notice = push_notice(JSON.stringify({ kind: 'message', conversation, name: null, count: 3, language: 'es-MX' }));
		expect([notice.title, notice.body]).toEqual(['Un visitante te ha escrito', 'y 2 chats más']);
	});
	it('offers a button to accept, and takes the place of what the page showed', () => {
		const offer = push_notice(JSON.stringify({ kind: 'offer', conversation, name: 'Vera', count: 1, language: 'en' }));
		expect(offer).toEqual({ title: 'For you: Vera', body: '', tag: `offer-${conversation}`, path: `/w/inbox/${conversation}`, accept: { conversation, label: 'Accept' } });
		const passed = push_notice(JSON.stringify({ kind: 'passed', conversation, name: 'Vera', count: 1, language: 'de' }));
		expect(passed).toEqual({ title: 'Der Chat mit Vera wird dir nicht mehr angeboten', body: '', tag: offer.tag, path: offer.path, is_over: true });
	});
	it('tells of a seat and of a call for help, and leads to where one can answer', () => {
		expect(push_notice(JSON.stringify({ kind: 'seat', conversation: null, name: null, count: 0, language: 'en' })))
			.toEqual({ title: 'A seat is yours', body: 'You are online now.', tag: 'seat', path: '/w/inbox' });
		expect(push_notice(JSON.stringify({ kind: 'backup', conversation: null, name: 'Lamps', count: 2, language: 'es' })))
			.toMatchObject({ title: 'Lamps: Hay visitantes esperando y todos están ocupados', body: '¿Puedes ayudar un rato? Hay un puesto para ti. · y 2 chats más', tag: 'help', path: '/w/inbox#help' });
	});
	it.each(['', 'null', '{', '[]', '"x"', JSON.stringify({ kind: 'constructor', conversation }), JSON.stringify({ kind: 'message', conversation: '../../evil' })])(
		'says that there is news for %j, and leads nowhere else', (text) => {
			expect(push_notice(text)).toMatchObject({ title: 'There is news on your desk', path: '/w/inbox' });
		});
	it('bears every beginning of a push', () => {
		const whole = JSON.stringify({ kind: 'handed', conversation, name: 'Vera', count: 1, language: 'en' });
		for (let size = 0; size <= whole.length; size++)
			expect(push_notice(whole.slice(0, size)).path.startsWith('/w/inbox')).toBe(true);
	});
});

class FakeBrowser implements PushPlace {
	is_allowed = true;
	fails = false;
	key = '';
	made = 0;
	unmade = 0;
	private subscription: PushSubscription | null = null;

	is_there(): boolean {
		return true;
	}

	async registration(): Promise<ServiceWorkerRegistration | null> {
		const getSubscription = async () => this.subscription;
		const subscribe = async ({ applicationServerKey }: { applicationServerKey: string }) => {
			if (this.fails)
				throw new DOMException('no push service', 'AbortError');
			this.made++;
			const bytes = Uint8Array.from(atob(applicationServerKey), (letter) => letter.charCodeAt(0)).buffer;
			this.subscription = { options: { applicationServerKey: bytes }, toJSON: () => ({ endpoint: `https://push.example/${this.made}`, keys: { p256dh: 'p', auth: 'a' } }),
				unsubscribe: async () => { this.unmade++; this.subscription = null; return true; } } as unknown as PushSubscription;
			return this.subscription;
		};
		return this.is_allowed ? ({ pushManager: { getSubscription, subscribe } } as unknown as ServiceWorkerRegistration) : null;
	}
}

class FakeDoor {
	key = 'BPk0';
	added: object[] = [];
	removed: string[] = [];
	get = async (path: string): Promise<unknown> => (path === '/push/key' ? { key: this.key } : { pushes: [{ push: 4, is_this: false }, { push: 5, is_this: true }] });
	post = async (_path: string, body: object): Promise<unknown> => { this.added.push(body); return {}; };
	delete = async (path: string): Promise<unknown> => { this.removed.push(path); return {}; };
}

function scene() {
	const browser = new FakeBrowser(), door = new FakeDoor(), keep = keep_in_memory();
	const page = () => new Push(door as unknown as Door, keep, () => 'person-7', () => 'de', browser);
	return { browser, door, keep, page, push: page() };
}

describe('the switch', () => {
	it('subscribes by a click, and again at every start', async () => {
		const { browser, door, push, page } = scene();
		await push.choose(true);
		expect(push.is_on).toBe(true);
		expect(door.added).toEqual([{ endpoint: 'https://push.example/1', p256dh: 'p', auth: 'a', language: 'de' }]);
		await page().start();
		expect([door.added.length, browser.made]).toEqual([2, 1]);
	});
	it('does nothing at the start unless it was turned on', async () => {
		const { door, push } = scene();
		await push.start();
		expect([push.is_on, door.added.length]).toEqual([false, 0]);
	});
	it('subscribes anew when the desk has another key', async () => {
		const { browser, door, push, page } = scene();
		await push.choose(true);
		door.key = 'BPk1';
		await page().start();
		expect([browser.made, browser.unmade]).toEqual([2, 1]);
	});
	it('takes back only what is of this session', async () => {
		const { browser, door, keep, push } = scene();
		await push.choose(true);
		await push.choose(false);
		expect([push.is_on, door.removed, browser.unmade, keep.keys('softanswer.push').length]).toEqual([false, ['/me/pushes/5'], 1, 0]);
	});
	it('says why it is not on', async () => {
		const { browser, push } = scene();
		browser.is_allowed = false;
		await push.choose(true);
		expect([push.is_on, push.problem]).toEqual([false, 'denied']);
		browser.is_allowed = true;
		browser.fails = true;
		await push.choose(true);
		expect([push.is_on, push.problem]).toEqual([false, 'failed']);
	});
});
