/*
 * Being told while the page is closed: the switch, what goes wrong with it, and what the service worker shows. Chromium without a head
 * has no push service, so the browser's side of subscribing is the journey's own; everything else is real: the desk, the worker, its policy.
 */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { advisor } from './actors.mjs';
import { admin, axe_problems, Desk, open_browser, open_context, set_up, until } from './kit.mjs';

const conversation = 'kPkPkPkPkPkPkPkPkPkPkP';
const name = 'Notify me when this page is closed';
let desk, browser, context, page, api;

/* What a browser makes of "subscribe" where it has a push service: keys of RFC 8291's example. */
function with_push_service(works) {
	return context.addInitScript((is_working) => {
		const keys = { p256dh: 'BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4', auth: 'BTBZMqHH6r4Tts7J_aSIgg' };
		PushManager.prototype.getSubscription = async () => null;
		PushManager.prototype.subscribe = async () => {
			if (!is_working)
				throw new DOMException('Registration failed - push service error', 'AbortError');
			return { toJSON: () => ({ endpoint: 'https://push.example/of-the-journey', keys }), unsubscribe: async () => true };
		};
	}, works);
}

const pushes = async () => (await page.evaluate(() => fetch('/api/v1/me/pushes').then((answer) => answer.json()))).pushes;

before(async () => {
	desk = await Desk.start({ settings: ['floods=off'] });
	browser = await open_browser({ is_whole: true });
	context = await open_context(browser);
	page = await context.newPage();
	await set_up(page, desk);
	api = await advisor(desk, admin);
	await api.status('online');
	await context.grantPermissions(['notifications'], { origin: desk.url });
	/* Asking is the browser's own; a journey has nobody to click there. */
	await context.addInitScript(() => { Notification.requestPermission = async () => Notification.permission; });
});

after(async () => {
	await context?.close();
	await browser?.close();
	await desk?.stop();
});

test('a browser that cannot reach its push service is told so kindly, and nothing is on', async () => {
	await with_push_service(false);
	await page.goto(`${desk.url}/w/account`);
	const box = page.getByRole('switch', { name });
	await box.click();
	await page.getByRole('alert').filter({ hasText: 'could not reach its push service' }).waitFor();
	assert.equal(await box.isChecked(), false);
	assert.deepEqual(await pushes(), []);
	assert.deepEqual(await axe_problems(page), []);
});

test('the switch tells the desk, stays on after a reload, and takes it back', async () => {
	await with_push_service(true);
	await page.goto(`${desk.url}/w/account`);
	const box = page.getByRole('switch', { name });
	await box.click();
	await until(async () => (await pushes()).length === 1, 'the desk knows the browser');
	assert.equal((await pushes())[0].is_this, true);
	await page.reload();
	await until(() => box.isChecked(), 'it is on after a reload');
	await box.focus();
	await page.keyboard.press('Space');
	await until(async () => (await pushes()).length === 0, 'the desk has forgotten the browser');
	assert.equal(await box.isChecked(), false);
});

test('what is pushed is shown, in the language of its browser, and never without words', async () => {
	await page.goto(`${desk.url}/w/inbox`);
	await page.evaluate(() => navigator.serviceWorker.ready.then(() => null));
	const devtools = await context.newCDPSession(page);
	const seen = new Promise((done) => devtools.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
		const found = registrations.find((one) => !one.isDeleted && one.scopeURL.endsWith('/w/'));
		if (found)
			done(found.registrationId);
	}));
	await devtools.send('ServiceWorker.enable');
	const registrationId = await seen;
	const deliver = (data) => devtools.send('ServiceWorker.deliverPushMessage', { origin: desk.url, registrationId, data });
	/* Without a head there is nowhere to show: what the worker wants shown is written down. */
	const worker = context.serviceWorkers().find((one) => one.url().endsWith('/service-worker.js')) ?? await context.waitForEvent('serviceworker');
	await worker.evaluate(() => {
		globalThis.shown = [];
		ServiceWorkerRegistration.prototype.showNotification = async (title, { body, tag, data, silent, actions }) => void globalThis.shown.push({ title, body, tag, path: data.path, silent, actions: actions.map(({ title }) => title) });
	});
	const shown = () => worker.evaluate(() => globalThis.shown);
	await deliver(JSON.stringify({ kind: 'waiting', conversation, name: 'Vera', count: 2, language: 'de' }));
	await until(async () => (await shown()).length === 1, 'a notification');
	assert.deepEqual(await shown(), [{ title: 'Vera wartet auf eine Antwort', body: 'und ein weiterer Chat', tag: conversation, path: `/w/inbox/${conversation}`, silent: false, actions: [] }]);
	for (const [kind, count] of [['offer', 2], ['passed', 3]]) {
		await deliver(JSON.stringify({ kind, conversation, name: 'Vera', count: 1, language: 'en' }));
		await until(async () => (await shown()).length === count, kind);
	}
	assert.deepEqual((await shown()).slice(1).map(({ tag, silent, actions }) => [tag, silent, actions]), [[`offer-${conversation}`, false, ['Accept']], [`offer-${conversation}`, true, []]]);
	await deliver('no push of ours');
	await until(async () => (await shown()).length === 4, 'another notification');
	assert.ok((await shown()).some(({ title, path }) => title === 'There is news on your desk' && path === '/w/inbox'));
});
