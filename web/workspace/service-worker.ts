/*
 * The workspace's service worker: shows notifications that outlive their tab, and brings the tab back when one is clicked. It keeps
 * nothing and answers no requests: the pages are the desk's, always. What is pushed while no page is open is shown in the words that
 * it carries along (push_words.ts).
 */
import { push_notice, type PushNotice } from './push_words';

interface Tab {
	focus(): Promise<unknown>;
	postMessage(message: unknown): void;
}

interface Happening extends Event {
	notification: Notification;
	/* Of its buttons the one that was clicked. */
	action: string;
	data: { text(): string } | null;
	waitUntil(done: Promise<unknown>): void;
}

/* What of a worker's world is used here; the pages' own types know windows only. */
interface Worker {
	addEventListener(name: 'install' | 'activate' | 'notificationclick' | 'push', run: (event: Happening) => void): void;
	skipWaiting(): Promise<void>;
	registration: ServiceWorkerRegistration;
	clients: { claim(): Promise<void>; matchAll(which: { type: 'window' }): Promise<Tab[]>; openWindow(path: string): Promise<unknown> };
}

const worker = self as unknown as Worker;

worker.addEventListener('install', () => void worker.skipWaiting());
worker.addEventListener('activate', (event) => event.waitUntil(worker.clients.claim()));

worker.addEventListener('push', (event) => event.waitUntil(show(push_notice(event.data?.text() ?? ''))));

/* What is over says so in the place of what it was, without a sound; what comes after that is heard again. */
async function show({ title, body, tag, path, is_over = false, accept }: PushNotice): Promise<void> {
	const shown = await worker.registration.getNotifications({ tag });
	const options = { body, tag, data: { path, is_over, accept: accept?.conversation }, silent: is_over,
		renotify: shown.some((notice) => (notice.data as { is_over?: boolean } | null)?.is_over) && !is_over,
		actions: accept ? [{ action: 'accept', title: accept.label }] : [] };
	return worker.registration.showNotification(title, options as NotificationOptions);
}

worker.addEventListener('notificationclick', (event) => {
	const { path = '/w/inbox', accept } = (event.notification.data ?? {}) as { path?: string; accept?: string };
	event.notification.close();
	event.waitUntil(open(path.startsWith('/w/') ? path : '/w/inbox', event.action === 'accept' ? accept : undefined));
});

/*
 * The tab that was used last comes to the front. A page that has to be opened first shows the offer: accepting is one more click there.
 */
async function open(path: string, accept?: string): Promise<void> {
	const [tab] = await worker.clients.matchAll({ type: 'window' });
	if (!tab)
		return void (await worker.clients.openWindow(path));
	/* A browser that does not let it to the front shows the place all the same. */
	await tab.focus().catch(() => undefined);
	tab.postMessage({ go: path, accept });
}
