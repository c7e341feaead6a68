/*
 * Journeys of seats: a desk of two seats and three who answer, five visitors at once, and a shift that ends.
 *
 * Ann leads, Ben and Cleo answer. The journeys follow one another on one desk: each begins where the one before has left it.
 */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { advisor, join_desk, visitor } from './actors.mjs';
import { admin, axe_problems, click_notification, Desk, kept, open_browser, open_context, overhear, set_up, shown, sideways, until } from './kit.mjs';

const phone = { width: 390, height: 844 }, wide = { width: 1440, height: 900 };
const ben_is = { name: 'Ben Okafor', email: 'ben@lantern.example', password: 'another long secret' };
const cleo_is = { name: 'Cleo Marsh', email: 'cleo@lantern.example', password: 'one more long secret' };
let desk, browser, contexts = [], ann, ben, cleo, ann_api, ben_api, cleo_api, pool, ids = {}, guests = {};

async function sign_in(who) {
	/* Colours that are on their way from one to another would be measured. */
	const context = await open_context(browser, { reducedMotion: 'reduce' });
	contexts.push(context);
	await overhear(context, desk.url);
	const page = await context.newPage();
	await page.goto(`${desk.url}/sign-in`);
	await page.getByLabel('E-mail').fill(who.email);
	await page.getByLabel('Password').fill(who.password);
	await page.getByRole('button', { name: 'Sign in' }).click();
	await page.getByRole('heading', { name: 'Waiting' }).waitFor();
	return page;
}

/* By keys alone: O opens the switch, arrows step, Enter chooses. */
async function be(page, wanted) {
	await page.keyboard.press('o');
	await page.locator('button:focus strong').waitFor();
	for (let steps = 0; steps < 4 && (await page.locator('button:focus strong').innerText()) !== wanted; steps++)
		await page.keyboard.press('ArrowDown');
	await page.keyboard.press('Enter');
}

const is_now = (page, status) => page.locator(`button[data-status="${status}"]`).waitFor();
/* Where the page is wide, offers stand under the list. */
const offers = (page) => page.locator('.side article[data-offer]');
const offer = (page, name) => offers(page).filter({ hasText: name });
const row = (page, name) => page.locator('[data-chat]').filter({ hasText: name });
const board_row = (page, name) => page.locator('li[data-person]').filter({ hasText: name });
const held = async (api) => (await api.ask('GET', '/chats?view=mine')).chats.map((chat) => chat.visitor.name).sort();

async function come(name, text, more = {}) {
	guests[name] = await visitor(desk, { name, text, ...more });
	return guests[name];
}

async function clean(page, says) {
	assert.deepEqual(await axe_problems(page), [], says);
	assert.equal(await sideways(page), 0, `${says}: nothing scrolls sideways`);
}

async function show_in(page, scheme) {
	await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
	await page.waitForFunction((wanted) => document.documentElement.dataset.theme === wanted, scheme);
}

/* Both themes, and right to left in one of them. */
async function clean_everywhere(page, says, ready) {
	for (const [scheme, language] of [['dark', ''], ['light', 'ar-XB']]) {
		await show_in(page, scheme);
		await page.evaluate((tag) => (tag ? localStorage.setItem('softanswer.language', tag) : localStorage.removeItem('softanswer.language')), language);
		await page.reload();
		await ready();
		await clean(page, `${says}, ${scheme} ${language}`);
	}
	await show_in(page, 'light');
	await page.evaluate(() => localStorage.removeItem('softanswer.language'));
	await page.reload();
	await ready();
}

before(async () => {
	desk = await Desk.start({ settings: ['floods=off'] });
	browser = await open_browser({ is_whole: true });
	const opening = await open_context(browser);
	await set_up(await opening.newPage(), desk);
	await opening.close();
	ann_api = await advisor(desk, admin);
	for (const who of [ben_is, cleo_is])
		await join_desk(desk, await ann_api.invite({ name: who.name, email: who.email, role: 'advisor' }), who);
	[ben_api, cleo_api] = [await advisor(desk, ben_is), await advisor(desk, cleo_is)];
	for (const person of (await ann_api.ask('GET', '/people')).people)
		ids[person.name.split(' ')[0].toLowerCase()] = person.id;
	[pool] = (await ann_api.ask('GET', '/pools')).pools;
	await ann_api.ask('PUT', `/pools/${pool.id}`, { size: 2, cap: 8 });
	await ann_api.ask('PUT', '/desk', { time_zone: 'UTC', offers: 'yes', offer_seconds: 60 });
	[ann, ben, cleo] = await Promise.all([sign_in(admin), sign_in(ben_is), sign_in(cleo_is)]);
});

after(async () => {
	const problems = contexts.flatMap((context) => context.problems);
	await browser?.close();
	await desk?.stop();
	assert.deepEqual(problems, [], 'the pages met errors or their policy');
});

test('two take the seats by keys alone; the third stands in the line and reads so', async () => {
	await be(ann, 'Online');
	await is_now(ann, 'online');
	await be(ben, 'Online');
	await is_now(ben, 'online');
	await be(cleo, 'Online');
	await is_now(cleo, 'line');
	await cleo.getByText('All seats are taken; you are next for the seat.').waitFor();
	await clean(cleo, 'the list, in the line');
	await cleo.keyboard.press('6');
	await cleo.waitForURL('**/w/board');
	await cleo.getByText('2 of 2').waitFor();
	await board_row(cleo, 'Ann Berger').getByText('0 of 4 chats').waitFor();
	await board_row(cleo, 'Cleo Marsh').getByText('next for a seat').waitFor();
	assert.equal(await cleo.getByRole('button', { name: /Free the seat/ }).count(), 0, 'only a lead frees seats');
});

test('five visitors at once are offered to the two who can take them, fairly, and accepted by click and by key', async () => {
	await Promise.all(['Vera', 'Omar', 'Lena', 'Piet', 'Noor'].map((name) => come(name, `${name} asks`)));
	for (const page of [ann, ben, ann, ben, ann]) {
		const first = offers(page).first();
		const conversation = await first.getAttribute('data-offer');
		if (page === ann)
			await first.getByRole('button', { name: /^Accept/ }).click();
		else
			await page.keyboard.press('y');
		await page.waitForURL(`**/w/inbox/${conversation}`);
		await page.locator('[role=log]').getByText('asks').waitFor();
	}
	assert.deepEqual([(await held(ann_api)).length, (await held(ben_api)).length], [3, 2]);
});

test('an offer takes nothing from who writes; who is quicker has the chat, and the other is told who', async () => {
	const box = ben.getByRole('textbox', { name: 'Message', exact: true });
	await box.fill('A reply, half wri');
	await come('Rosa', 'Do you post to Chile?', { topic: 'Shipping' });
	await offer(ben, 'Rosa').getByText('Do you post to Chile?').waitFor();
	await offer(ben, 'Rosa').getByText('Shipping').waitFor();
	await ben.keyboard.type('tten yx');
	assert.equal(await box.inputValue(), 'A reply, half written yx', 'keys go on into the reply');
	assert.match(await ben.title(), /^For you: Rosa/);
	await row(ann, 'Rosa').getByText('offered to Ben Okafor').waitFor();
	await row(ann, 'Rosa').click();
	await ann.getByText(/offered to Ben Okafor/).first().waitFor();
	await ann.getByRole('button', { name: 'Take', exact: true }).click();
	await ben.locator('.side').getByText('Ann Berger took the chat with Rosa.').waitFor();
	assert.equal(await offers(ben).count(), 0);
	assert.equal(await box.inputValue(), 'A reply, half written yx');
});

test('in strict mode only who is asked may take; what one declines goes to the other', async () => {
	await ann_api.ask('PUT', '/desk', { strict: 'yes', chats_each: 6 });
	await come('Otto', 'Is the jug dishwasher-safe?');
	await offer(ben, 'Otto').waitFor();
	await row(ann, 'Otto').click();
	await ann.getByText('It is offered to Ben Okafor right now.').waitFor();
	assert.equal(await ann.getByRole('button', { name: 'Take', exact: true }).isDisabled(), true);
	await offer(ben, 'Otto').getByRole('button', { name: /^Decline/ }).click();
	await offer(ann, 'Otto').waitFor();
	assert.equal(await offers(ben).count(), 0);
	await ann.keyboard.press('y');
	await until(async () => (await held(ann_api)).includes('Otto'), 'Ann has it');
});

test('an offer that nobody answers goes to the next, and says so; a full pool is offered nothing', async () => {
	await ann_api.ask('PUT', '/desk', { offer_seconds: 10 });
	await come('Gus', 'Hello?');
	await offer(ben, 'Gus').waitFor();
	/* The ten seconds are for looking at it. */
	await show_in(ben, 'dark');
	await clean(ben, 'an offer, dark');
	await show_in(ben, 'light');
	await ben.setViewportSize(phone);
	await ben.locator('.pane article[data-offer]').getByRole('button', { name: /^Accept/ }).waitFor();
	await clean(ben, 'an offer beside a chat, on a phone');
	await ben.locator('.pane').getByText('Time was up: the chat with Gus goes to the next.').waitFor({ timeout: 20_000 });
	await ben.setViewportSize(wide);
	await ann_api.ask('PUT', '/desk', { offer_seconds: 60 });
	await offer(ann, 'Gus').waitFor();
	await ann.keyboard.press('y');
	await until(async () => (await held(ann_api)).includes('Gus'), 'Ann has it');
	await come('Hugo', 'Anybody?');
	await row(ben, 'Hugo').click();
	await ben.getByText('Your pool is full: 8 of 8 chats.').waitFor();
	assert.equal(await ben.getByRole('button', { name: 'Take', exact: true }).isDisabled(), true);
	await ann_api.ask('PUT', '/desk', { strict: 'no' });
	await guests.Hugo.end();
});

test('the phone frees the seat at once, after a question: one chat is handed on, the rest goes to who is let in', async () => {
	await cleo.goto(`${desk.url}/w/inbox`);
	await cleo.getByRole('button', { name: 'Yes, show notifications' }).click();
	await until(() => cleo.evaluate(async () => Boolean(await navigator.serviceWorker.ready)), 'the worker is there');
	const second = await cleo.context().newPage();
	await second.goto(`${desk.url}/w/board`);
	await second.getByRole('heading', { name: 'Hand-over board' }).click();
	await cleo.evaluate(() => localStorage.setItem('is_away', 'yes'));
	const [kept_name, handed] = await held(ben_api);
	await be(ben, 'On the phone');
	const dialog = ben.getByRole('dialog');
	await dialog.getByText('2 chats go back to the head of the line').waitFor();
	await clean(ben, 'leaving with chats');
	await dialog.getByRole('button', { name: `Hand on: ${handed}` }).click();
	await ben.getByRole('radio', { name: /Ann Berger/ }).check();
	await dialog.getByRole('button', { name: 'Hand on', exact: true }).click();
	await dialog.getByText('1 chat goes back to the head of the line').waitFor();
	await dialog.getByRole('button', { name: 'Go to the phone' }).click();
	await is_now(ben, 'phone');
	await is_now(cleo, 'online');
	await until(async () => (await shown(cleo)).seat === 'A seat is yours', 'Cleo is called');
	await until(async () => (await kept(cleo, 'heard')).length > 0, 'with a sound');
	await offer(cleo, kept_name).waitFor();
	const offered = await offer(cleo, kept_name).getAttribute('data-offer');
	await until(async () => (await shown(cleo))[`offer-${offered}`] === `For you: ${kept_name}`, 'and for the offer');
	assert.match(await cleo.title(), /^For you: /);
	assert.match(await cleo.locator('link[rel=icon]').getAttribute('href'), /badge/);
	await second.getByRole('heading', { name: 'Hand-over board' }).waitFor();
	assert.deepEqual((await kept(cleo, 'heard')).slice(0, 3), [523, 659, 880], 'the tune of a seat');
	assert.equal((await kept(cleo, 'heard')).filter((pitch) => pitch === 523).length, 1, 'in one tab only');
	await second.close();
	await cleo.keyboard.press('6');
	await cleo.waitForURL('**/w/board');
	await click_notification(cleo.context(), `offer-${offered}`);
	await cleo.waitForURL(`**/w/inbox/${offered}`);
	assert.equal((await shown(cleo))[`offer-${offered}`], undefined, 'what was clicked is gone');
	await offer(cleo, kept_name).waitFor();
	await cleo.evaluate(() => localStorage.removeItem('is_away'));
	await cleo.keyboard.press('y');
	await until(async () => (await held(cleo_api)).includes(kept_name), 'the chat goes on');
	assert.ok((await held(ann_api)).includes(handed));
});

test('a shift ends: no new chats, the board says who finishes what, and the seat passes with the last one', async () => {
	const began = new Date(Date.now() - 30 * 60_000);
	await ann_api.ask('POST', '/shifts', { id: `shift-${Date.now()}`, person: ids.ann, weekday: began.getUTCDay() || 7,
		from_minute: began.getUTCHours() * 60 + began.getUTCMinutes(), minutes: 35, first_day: began.toISOString().slice(0, 10) });
	await is_now(ann, 'winding');
	await ann.getByText(/Your shift ends at .*: no new chats\./).waitFor();
	const left = (await held(ann_api)).length;
	await ben.getByRole('button', { name: 'Back to chats' }).click();
	await is_now(ben, 'line');
	await ben.getByText(`Ann Berger is finishing ${left} chats; you are next for the seat.`).waitFor();
	await ann_api.ask('PUT', `/pools/${pool.id}`, { cap: 12 });
	await come('Ida', 'Are you there?');
	await offer(cleo, 'Ida').waitFor();
	await row(ann, 'Ida').click();
	await ann.getByText(/Your shift ends: no new chats\./).last().waitFor();
	await cleo.keyboard.press('y');
	await ben.keyboard.press('6');
	await board_row(ben, 'Ann Berger').getByText(`${left} chats left`).waitFor();
	for (const name of await held(ann_api))
		await guests[name].end();
	await is_now(ben, 'online');
	await ben.getByText('A seat is yours').first().waitFor();
	await is_now(ann, 'offline');
	await until(async () => (await board_row(ben, 'Ann Berger').count()) === 0, 'who is done is on the board no more');
});

test('away has a reason and a time; a lead frees a forgotten seat, and the log says why', async () => {
	await be(cleo, 'Away');
	const dialog = cleo.getByRole('dialog');
	await dialog.getByRole('radio', { name: 'Lunch' }).check();
	await dialog.getByRole('radio', { name: 'in 30 min' }).check();
	await clean(cleo, 'stepping away');
	await dialog.getByRole('button', { name: /^Away until/ }).click();
	await is_now(cleo, 'away');
	await ann.keyboard.press('6');
	await board_row(ann, 'Cleo Marsh').getByText(/Lunch, back at/).waitFor();
	await board_row(ann, 'Cleo Marsh').getByRole('button', { name: 'Free the seat: Cleo Marsh' }).click();
	await ann.getByText('Cleo Marsh goes offline, and 1 chat goes back to the head of the line.').or(ann.getByText('Cleo Marsh goes offline, and 2 chats go back to the head of the line.')).waitFor();
	await ann.getByLabel('Why (for the log)').fill('Went home without a word');
	await ann.keyboard.press('Enter');
	await is_now(cleo, 'offline');
	await offer(ben, 'Ida').waitFor();
	await offer(ben, 'Ida').getByRole('button', { name: /^Accept/ }).click();
	await clean_everywhere(ann, 'the board', () => board_row(ann, 'Ben Okafor').waitFor());
	await ann.getByRole('link', { name: 'Log of seats' }).click();
	await ann.getByText('The seat was freed (by Ann Berger)').waitFor();
	await ann.getByText('Went home without a word').waitFor();
	await ann.getByLabel('Of', { exact: true }).selectOption('Cleo Marsh');
	const whose = async () => [...new Set(await ann.locator('tbody td:nth-child(2)').allInnerTexts())].join();
	await until(async () => (await whose()) === 'Cleo Marsh' || whose(), 'only hers');
	await clean_everywhere(ann, 'the log of seats', () => ann.getByRole('table').waitFor());
	await ann.setViewportSize(phone);
	await clean(ann, 'the log on a phone');
	await ann.goto(`${desk.url}/w/board`);
	await board_row(ann, 'Ben Okafor').waitFor();
	await clean(ann, 'the board on a phone');
	await ann.setViewportSize(wide);
});

test('the wall moves while a visitor waits and an advisor takes, and calls when nobody has room', async () => {
	const figure = async (name) => ann.locator('dl[aria-label="At a glance"] > div').filter({ hasText: name }).locator('.value').innerText();
	const shows = (name, value) => until(async () => { const seen = await figure(name); return seen === value || seen; }, `${name}: ${value}`);
	const waits = (name) => ann.locator('[data-waits]').filter({ hasText: name });
	await ann.keyboard.press('7');
	await ann.waitForURL('**/w/wall');
	for (const chat of (await ann_api.ask('GET', '/chats?view=waiting')).chats)
		await guests[chat.visitor.name].end();
	await shows('Waiting', '0');
	await shows('Online', '1');
	await ann.getByText('nobody waits', { exact: true }).waitFor();
	/* Whatever is said to who listens, from here on. */
	await ann.evaluate(() => {
		window.said = [];
		new MutationObserver(() => window.said.push(...[...document.querySelectorAll('[aria-live=polite]')].map((region) => region.textContent.trim())))
			.observe(document.body, { subtree: true, childList: true, characterData: true });
	});
	const had = (await held(ben_api)).length;
	await come('Wanda', 'Do you have it in green?');
	await waits('Wanda').getByText(/^.?offered to Ben Okafor.?, \d+ s left$/).waitFor();
	await shows('Waiting', '1');
	await offer(ben, 'Wanda').getByRole('button', { name: /^Accept/ }).click();
	await waits('Wanda').waitFor({ state: 'detached' });
	await shows('Waiting', '0');
	await board_row(ann, 'Ben Okafor').getByText(`${had + 1} of 6 chats`).waitFor();
	await be(ben, 'Away');
	await ben.getByRole('dialog').getByRole('radio', { name: 'Lunch' }).check();
	await ben.getByRole('dialog').getByRole('button', { name: /^Away until/ }).click();
	await board_row(ann, 'Ben Okafor').getByText(/Lunch, back at/).waitFor();
	await ann_api.ask('PUT', '/desk', { wait_for_somebody: 'yes' });
	await come('Nadia', 'Anybody there?');
	await ann.locator('[data-help]').getByText('One visitor has waited for').waitFor();
	await until(() => ann.evaluate(() => window.said.some((text) => text.startsWith('Back-ups are called.')) || window.said), 'it is said to who listens');
	await clean_everywhere(ann, 'the wall', () => waits('Nadia').waitFor());
	await ann.getByRole('button', { name: 'Full screen' }).click();
	await ann.getByRole('button', { name: 'Leave full screen' }).waitFor();
	await until(async () => !(await ann.locator('.side').isVisible()), 'nothing stands beside it');
	await until(async () => (await ann.locator('.value').first().evaluate((value) => parseFloat(getComputedStyle(value).fontSize))) >= 72, 'read from three metres');
	await clean(ann, 'the wall, full screen');
	await ann.getByRole('button', { name: 'Leave full screen' }).click();
	await ann.locator('.side').waitFor();
	for (const size of [phone, { width: 320, height: 640 }]) {
		await ann.setViewportSize(size);
		await clean(ann, `the wall, ${size.width}`);
	}
	await ann.setViewportSize(wide);
	await be(ben, 'Online');
	await offer(ben, 'Nadia').getByRole('button', { name: /^Accept/ }).click();
	await until(async () => (await ann.locator('[data-help]').count()) === 0, 'help is not needed any more');
});

test('a lead makes the pool smaller while it is full: the page says what that does, and nobody is thrown out', async () => {
	await be(cleo, 'Online');
	await is_now(cleo, 'online');
	await ann.goto(`${desk.url}/w/settings/seats`);
	const size = ann.getByLabel('Seats', { exact: true });
	await ann.getByText('2 of 2 seats taken').waitFor();
	await size.fill('1');
	await ann.getByText('That is one fewer than are taken. Nobody is thrown out: the next seat that frees is not given away.').waitFor();
	await ann.getByText('Ben Okafor and Cleo Marsh').waitFor();
	await ann.getByRole('button', { name: 'Save: Everybody' }).click();
	await ann.getByText('2 of 1 seats taken').waitFor();
	await is_now(ben, 'online');
	await is_now(cleo, 'online');
	await cleo_api.ask('POST', '/me/status', { status: 'offline' });
	await ann.getByText('1 of 1 seats taken').waitFor();
	await cleo_api.ask('POST', '/me/status', { status: 'online' });
	await is_now(cleo, 'line');
	await size.fill('2');
	await ann.getByText('Who is first in line for a seat is let in at once.').waitFor();
	await ann.getByRole('button', { name: 'Save: Everybody' }).click();
	await is_now(cleo, 'online');
});
