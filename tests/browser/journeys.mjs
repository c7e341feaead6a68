/*
 * Journeys: what people do with the pages, from end to end, against the real program.
 *
 * They follow one another on one desk, as a day does: each may use what the ones before have made. In every one of them
 * the pages must not have met an error or the content policy (see after()).
 */
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { after, before, test } from 'node:test';
import { advisor, join_desk, visitor } from './actors.mjs';
import { admin, axe_problems, Desk, open_browser, open_context, open_widget, panel_of, pause, set_up, sideways, until } from './kit.mjs';

const ben = { email: 'ben@lantern.example', password: 'another long secret' };
const phone = { width: 390, height: 844 };
let desk, browser, staff, shopping, ann, shop, panel, host;

before(async () => {
	host = await strange_host();
	desk = await Desk.start({ settings: ['floods=off', `embed_origins=${host.url}`] });
	browser = await open_browser();
	staff = await open_context(browser);
	shopping = await open_context(browser);
});

after(async () => {
	await browser?.close();
	await desk?.stop();
	host?.server.close();
	assert.deepEqual([...staff.problems, ...shopping.problems], [], 'the pages met errors or their policy');
});

/* The texts of the messages in a thread, in order. */
const messages_of = (page) => page.locator('[role=log] article:not(.note) .text').allTextContents();

async function both_read(texts) {
	for (const [name, page] of [['the advisor', ann], ['the visitor', panel]])
		await until(async () => {
			const seen = await messages_of(page);
			return JSON.stringify(seen) === JSON.stringify(texts) || seen;
		}, `${name} should read ${JSON.stringify(texts)}`, 40_000);
}

const answer = async (text) => {
	await ann.getByRole('textbox', { name: 'Message' }).fill(text);
	await ann.keyboard.press('Enter');
};
const write = async (text) => {
	await panel.getByLabel('Your message').fill(text);
	await panel.getByLabel('Your message').press('Enter');
};

/* A page of somebody else: another origin, everything unset, right to left, no inline style, and the loader twice. */
function strange_host() {
	return new Promise((done) => {
		const server = createServer((request, response) => {
			response.setHeader('Content-Type', 'text/html; charset=utf-8');
			const policy = `default-src 'none'; script-src ${desk.url}; frame-src ${desk.url}; style-src 'self'`;
			if (request.url === '/style.css')
				return response.setHeader('Content-Type', 'text/css').end('* { all: unset !important; display: block !important }');
			response.setHeader('Content-Security-Policy', policy);
			response.end(`<!doctype html><html lang="de" dir="rtl"><title>Laden</title><link rel="stylesheet" href="/style.css"><p>Laden</p>
				<script src="${desk.url}/widget.js"></script><script src="${desk.url}/widget.js" async></script></html>`);
		}).listen(0, '127.0.0.1', () => done({ server, url: `http://127.0.0.1:${server.address().port}` }));
	});
}

test('first start: the code from the console opens the desk, a wrong one says so', async () => {
	ann = await staff.newPage();
	await ann.goto(`${desk.url}/`);
	await ann.waitForURL('**/setup');
	assert.deepEqual(await axe_problems(ann), []);
	const code = desk.code();
	desk.code = () => 'not-the-code-of-this-desk';
	await assert.rejects(set_up(ann, desk));
	assert.equal(await ann.getByLabel('First-run code').getAttribute('aria-invalid'), 'true');
	desk.code = () => code;
	await set_up(ann, desk);
	/* In these journeys visitors may wait while nobody is online yet. */
	await (await advisor(desk, admin)).ask('PUT', '/desk', { wait_for_somebody: 'yes' });
	assert.equal(await ann.getByText('Nobody waits').isVisible(), true);
});

test('a visitor on the shop\'s page opens the chat and waits; the advisor sees it at once', async () => {
	shop = await shopping.newPage();
	await shop.goto(`${desk.url}/demo`);
	panel = await open_widget(shop);
	await panel.getByLabel('Your name').fill('Vera');
	await write('Is the lamp in stock?');
	await panel.getByText('You are next').waitFor();
	await ann.locator('[data-chat]', { hasText: 'Vera' }).waitFor();
	assert.match(await ann.title(), /^\(1\)/);
});

test('the advisor takes it by key and they talk, seeing each other type', async () => {
	await ann.keyboard.press('j');
	await ann.waitForURL('**/w/inbox/*');
	await ann.getByRole('heading', { name: 'Vera' }).waitFor();
	await ann.keyboard.press('t');
	await panel.getByText('Ann Berger is here for you').waitFor();
	assert.equal(await ann.locator('[data-status]').getAttribute('data-status'), 'online');
	await ann.getByRole('textbox', { name: 'Message' }).pressSequentially('It is,');
	await panel.getByText('Ann Berger is typing').waitFor({ timeout: 3000 });
	await answer('It is, in oak and in walnut.');
	await panel.getByLabel('Your message').pressSequentially('Walnut');
	await ann.getByText('Vera is typing').waitFor({ timeout: 3000 });
	await write('Walnut, please!');
	await both_read(['Is the lamp in stock?', 'It is, in oak and in walnut.', 'Walnut, please!']);
});

test('a note is for staff: it never reaches the visitor', async () => {
	await ann.getByRole('textbox', { name: 'Message' }).press('Escape');
	await ann.keyboard.press('n');
	await ann.getByRole('textbox', { name: 'Note' }).fill('She is a friend of the house.');
	await ann.keyboard.press('Enter');
	await ann.locator('article.note', { hasText: 'friend of the house' }).waitFor();
	await ann.getByRole('button', { name: 'Message' }).click();
	await answer('It leaves today.');
	await panel.getByText('It leaves today.').first().waitFor();
	assert.equal((await panel.locator('body').innerText()).includes('friend of the house'), false);
});

test('a reload resumes on both sides, and the panel is open again', async () => {
	await Promise.all([ann.reload(), shop.reload()]);
	panel = await panel_of(shop);
	await both_read(['Is the lamp in stock?', 'It is, in oak and in walnut.', 'Walnut, please!', 'It leaves today.']);
});

test('a second tab of the visitor is in step, both ways', async () => {
	const second = await shopping.newPage();
	await second.goto(`${desk.url}/demo`);
	const other = await open_widget(second);
	await other.getByText('It leaves today.').first().waitFor();
	await other.getByLabel('Your message').fill('From my other tab');
	await other.getByLabel('Your message').press('Enter');
	await panel.getByText('From my other tab').first().waitFor();
	await write('And from the first');
	await other.getByText('And from the first').first().waitFor();
	assert.equal((await messages_of(other)).length, 6);
	await second.close();
});

test('a network cut: the pill says so, what was written waits, and all comes once and in order', async () => {
	await shopping.setOffline(true);
	await write('Written in a tunnel');
	await write('Still in the tunnel');
	await panel.locator('[data-pill=down]').waitFor();
	assert.equal(await panel.getByText('Waits for the connection').count(), 2);
	await answer('Are you still there?');
	await pause(500);
	await shopping.setOffline(false);
	await panel.locator('[data-pill=back]').waitFor();
	assert.match(await panel.locator('[data-pill=back]').innerText(), /Back, 1 new/);
	await both_read(['Is the lamp in stock?', 'It is, in oak and in walnut.', 'Walnut, please!', 'It leaves today.', 'From my other tab',
		'And from the first', 'Are you still there?', 'Written in a tunnel', 'Still in the tunnel']);
});

test('the desk is killed and started again: nobody reloads, nothing is lost, doubled or reordered', async () => {
	await answer('Just before');
	await panel.getByText('Just before').first().waitFor();
	await desk.kill();
	await write('Visitor one');
	await write('Visitor two');
	await answer('Advisor one');
	await panel.locator('[data-pill=down]').waitFor();
	await ann.locator('[data-pill=down]').waitFor();
	await desk.serve();
	await until(async () => {
		const [a, b] = [await messages_of(ann), await messages_of(panel)];
		const written = ['Visitor one', 'Visitor two', 'Advisor one'].every((text) => a.filter((each) => each === text).length === 1);
		return (written && JSON.stringify(a) === JSON.stringify(b) && a.indexOf('Visitor one') < a.indexOf('Visitor two')) || [a, b];
	}, 'both sides the same', 60_000);
	assert.equal(await ann.locator('.pending').count(), 0);
});

test('what is refused stays in place: retry, copy, delete; and survives a reload', async () => {
	const conversation = ann.url().split('/').pop();
	await staff.setOffline(true);
	await answer('Too late for this chat');
	await ann.getByText('Waits for the connection').waitFor();
	const also_ann = await advisor(desk, admin);
	await also_ann.end(conversation);
	await staff.setOffline(false);
	const failed = ann.locator('article.failed', { hasText: 'Too late' });
	await failed.waitFor({ timeout: 30_000 });
	await ann.reload();
	await failed.waitFor();
	assert.equal(await failed.getByRole('button', { name: 'Retry' }).isVisible(), true);
	assert.equal(await failed.getByRole('button', { name: 'Copy' }).isVisible(), true);
	await failed.getByRole('button', { name: 'Delete' }).click();
	await failed.waitFor({ state: 'detached' });
	await panel.getByText('ended the chat').waitFor();
});

test('the visitor writes again and a new chat begins in the same thread', async () => {
	await write('One more question');
	await panel.getByText('You are next').waitFor();
	await ann.getByRole('button', { name: 'Take', exact: true }).click();
	await panel.getByText('Ann Berger is here for you').waitFor();
	await answer('Ask away.');
	await panel.getByText('Ask away.').first().waitFor();
	await ann.getByText('Earlier chats').waitFor();
	assert.match(await ann.locator('.earlier').first().innerText(), /Is the lamp in stock/);
});

test('a draft survives a reload, and a sent one does not come back', async () => {
	await ann.getByRole('textbox', { name: 'Message' }).fill('Half a sent');
	await ann.reload();
	await until(async () => (await ann.getByRole('textbox', { name: 'Message' }).inputValue()) === 'Half a sent', 'the draft');
	await answer('Whole sentence.');
	await panel.getByText('Whole sentence.').first().waitFor();
	await ann.reload();
	await ann.getByText('Whole sentence.').first().waitFor();
	assert.equal(await ann.getByRole('textbox', { name: 'Message' }).inputValue(), '');
});

test('a colleague is invited, joins, and is handed the chat', async () => {
	await ann.goto(`${desk.url}/w/people`);
	await ann.getByRole('button', { name: 'Invite' }).click();
	await ann.getByLabel('Name').fill('Ben Okafor');
	await ann.getByLabel('E-mail').fill(ben.email);
	await ann.getByRole('button', { name: 'Make the invitation' }).click();
	const link = await ann.getByRole('textbox', { name: 'Invite a colleague' }).inputValue();
	assert.match(link, /\/invitation#/);
	const other = await open_context(browser);
	const his = await other.newPage();
	await his.goto(link);
	await his.getByLabel('Password').fill(ben.password);
	await his.getByRole('button', { name: 'Join the desk' }).click();
	await his.getByRole('button', { name: 'Go online', exact: true }).click();
	await until(async () => (await his.locator('[data-status]').getAttribute('data-status')) === 'online', 'Ben is online');

	await ann.keyboard.press('Escape');
	await ann.getByRole('link', { name: /Vera/ }).click();
	await ann.getByRole('button', { name: 'Hand on' }).click();
	await ann.getByRole('radio', { name: /Ben Okafor/ }).check();
	await ann.getByRole('dialog').getByRole('button', { name: 'Hand on' }).click();
	await panel.getByText('Ben Okafor is here for you').waitFor();
	await his.getByRole('link', { name: /Vera/ }).click();
	await his.getByRole('textbox', { name: 'Message' }).fill('Ben here.');
	await his.keyboard.press('Enter');
	await panel.getByText('Ben here.').first().waitFor();
	await ann.getByText('Ben Okafor answers here.').waitFor();
	assert.deepEqual(other.problems, []);
	await other.close();
});

test('two advisors: the second to take is told who was faster', async () => {
	const other = await advisor(desk, ben);
	await other.status('online');
	const guest = await visitor(desk, { name: 'Quick', text: 'Anybody?' });
	await ann.goto(`${desk.url}/w/inbox/${guest.conversation}`);
	await ann.getByRole('button', { name: 'Take', exact: true }).waitFor();
	await ann.route('**/take', async (route) => {
		await other.take(guest.conversation);
		await route.continue();
	});
	await ann.getByRole('button', { name: 'Take', exact: true }).click();
	await ann.getByText('Ben Okafor has taken this chat').waitFor();
	await ann.unroute('**/take');
});

test('closed chats are kept, also several of one visitor', async () => {
	const other = await advisor(desk, ben);
	const guest = await visitor(desk, { name: 'Comes Again', text: 'First time' });
	for (const text of ['Second time', null]) {
		await other.take(guest.conversation);
		await other.end(guest.conversation);
		if (text !== null)
			await guest.again(text);
	}
	await ann.goto(`${desk.url}/w/closed`);
	await until(async () => (await ann.locator('[data-chat]', { hasText: 'Comes Again' }).count()) === 2, 'two rows');
	await ann.locator('[data-chat]', { hasText: 'Comes Again' }).first().click();
	await ann.locator('[role=log]').getByText('First time').waitFor();
	await ann.locator('[role=log]').getByText('Second time').waitFor();
});

test('the palette and single keys do everything, and never while one types', async () => {
	await ann.goto(`${desk.url}/w/inbox`);
	await ann.getByRole('heading', { name: 'Waiting' }).waitFor();
	await ann.keyboard.press('Control+k');
	await ann.getByRole('combobox').fill('audit');
	await ann.keyboard.press('Enter');
	await ann.waitForURL('**/w/audit');
	await ann.keyboard.press('?');
	await ann.getByRole('dialog').waitFor();
	await ann.keyboard.press('Escape');
	await ann.keyboard.press('1');
	await ann.waitForURL('**/w/inbox');
	await ann.keyboard.press('2');
	await ann.waitForURL('**/w/all');
	await ann.keyboard.press('j');
	await ann.waitForURL('**/w/all/*');
	const here = ann.url();
	await ann.getByRole('textbox').last().fill('');
	await ann.keyboard.type('jkt?123');
	assert.equal(ann.url(), here);
	assert.equal(await ann.getByRole('textbox').last().inputValue(), 'jkt?123');
	await ann.getByRole('textbox').last().fill('');
});

test('a session that is ended elsewhere asks to sign in again, and keeps what was written', async () => {
	const guest = await visitor(desk, { name: 'Patient', text: 'Take your time.' });
	await ann.goto(`${desk.url}/w/inbox/${guest.conversation}`);
	await ann.getByRole('button', { name: 'Take', exact: true }).click();
	await ann.getByRole('textbox', { name: 'Message' }).fill('Thank you for');
	const elsewhere = await open_context(browser);
	const page = await elsewhere.newPage();
	await page.goto(`${desk.url}/sign-in`);
	await page.getByLabel('E-mail').fill(admin.email);
	await page.getByLabel('Password').fill('a wrong password');
	await page.keyboard.press('Enter');
	await page.getByText('E-mail or password is not right.').waitFor();
	await page.getByLabel('Password').fill(admin.password);
	await page.keyboard.press('Enter');
	await page.waitForURL('**/w/inbox');
	await page.goto(`${desk.url}/w/account`);
	await page.getByText('This browser').waitFor();
	while (await page.getByRole('button', { name: 'Sign out there' }).count() > 0) {
		const count = await page.getByRole('button', { name: 'Sign out there' }).count();
		await page.getByRole('button', { name: 'Sign out there' }).first().click();
		await until(async () => (await page.getByRole('button', { name: 'Sign out there' }).count()) < count, 'one session less');
	}
	await ann.getByText('You were signed out').waitFor({ timeout: 15_000 });
	await ann.getByLabel('Password').fill(admin.password);
	await ann.keyboard.press('Enter');
	await ann.getByText('You were signed out').waitFor({ state: 'detached' });
	assert.equal(await ann.getByRole('textbox', { name: 'Message' }).inputValue(), 'Thank you for');
	await answer('Thank you for waiting.');
	await until(async () => (await messages_of(ann)).includes('Thank you for waiting.') && (await ann.locator('.pending').count()) === 0, 'sent');
	await elsewhere.close();
});

test('without sockets the same chat goes on by polling', async () => {
	const walled = await open_context(browser);
	const page = await walled.newPage();
	await page.routeWebSocket('**/api/v1/socket', (socket) => socket.close({ code: 1006, reason: '' }).catch(() => undefined));
	await page.addInitScript(() => {
		window.WebSocket = class {
			constructor() { setTimeout(() => this.onclose?.({ code: 1006 }), 5); }
			close() {}
			send() {}
		};
	});
	await page.goto(`${desk.url}/demo`);
	const walled_panel = await open_widget(page);
	await walled_panel.getByLabel('Your message').fill('Behind a wall');
	await walled_panel.getByLabel('Your message').press('Enter');
	const row = ann.locator('[data-chat]', { hasText: 'Behind a wall' });
	await row.click();
	await ann.getByRole('button', { name: 'Take', exact: true }).click();
	await answer('I hear you.');
	await walled_panel.getByText('I hear you.').first().waitFor({ timeout: 15_000 });
	await walled_panel.getByLabel('Your message').fill('Good.');
	await walled_panel.getByLabel('Your message').press('Enter');
	await ann.locator('[role=log]').getByText('Good.').waitFor({ timeout: 15_000 });
	assert.deepEqual(await messages_of(walled_panel), ['Behind a wall', 'I hear you.', 'Good.']);
	await walled.close();
});

test('on a strange host: own policy, everything unset, right to left, loaded twice; Esc closes and the focus returns', async () => {
	const strange = await open_context(browser, { locale: 'de-DE' });
	const page = await strange.newPage();
	await page.goto(host.url);
	const strange_panel = await open_widget(page);
	await strange_panel.getByText('Wie können wir helfen?').waitFor();
	assert.equal(await page.evaluate(() => document.querySelectorAll('softanswer-chat').length), 1);
	const box = await page.evaluate(() => {
		const { left, right, width } = document.querySelector('softanswer-chat').getBoundingClientRect();
		return { left, right, width, page: innerWidth };
	});
	assert.ok(box.width >= 44 && box.left < 100, `the launcher stands at the end of the line: ${JSON.stringify(box)}`);
	await strange_panel.getByLabel('Ihre Nachricht').fill('Guten Tag');
	await strange_panel.getByLabel('Ihre Nachricht').press('Enter');
	await strange_panel.getByText('Stelle').or(strange_panel.getByText('als Nächstes')).first().waitFor();
	await strange_panel.getByLabel('Ihre Nachricht').press('Escape');
	await until(() => page.evaluate(() => document.activeElement?.tagName === 'SOFTANSWER-CHAT'), 'the focus is on the launcher');
	await page.keyboard.press('Enter');
	await until(() => page.evaluate(() => document.activeElement?.tagName === 'SOFTANSWER-CHAT'), 'the panel has it again');
	await page.evaluate(() => window.Softanswer.shutdown());
	assert.equal(await page.evaluate(() => document.querySelectorAll('softanswer-chat').length), 0);
	assert.deepEqual(strange.problems, []);
	await strange.close();
});

test('an unread answer is counted on the closed launcher', async () => {
	const reader = await open_context(browser);
	const page = await reader.newPage();
	await page.goto(`${desk.url}/demo`);
	const reader_panel = await open_widget(page);
	await page.evaluate(() => { window.counts = []; window.Softanswer.on('unread', (count) => window.counts.push(count)); });
	await reader_panel.getByLabel('Your message').fill('Do you post to Peru?');
	await reader_panel.getByLabel('Your message').press('Enter');
	await ann.locator('[data-chat]', { hasText: 'Peru' }).click();
	await ann.getByRole('button', { name: 'Take', exact: true }).click();
	await page.evaluate(() => window.Softanswer.close());
	await answer('We do.');
	await until(() => page.evaluate(() => window.counts.at(-1) === 1), 'one unread');
	await page.reload();
	await page.evaluate(() => { window.counts = []; window.Softanswer.on('unread', (count) => window.counts.push(count)); });
	await until(() => page.evaluate(() => window.counts.at(-1) === 1), 'one unread after a reload');
	await page.evaluate(() => window.Softanswer.open());
	await until(() => page.evaluate(() => window.counts.at(-1) === 0), 'read');
	await reader.close();
});

test('every page is free of axe\'s violations, light and dark, wide and narrow, and never moves sideways', async () => {
	const wrong = [];
	const look = async (page, name) => {
		for (const scheme of ['light', 'dark'])
			for (const size of [{ width: 1440, height: 900 }, { width: 1024, height: 768 }, phone, { width: 320, height: 640 }]) {
				await page.setViewportSize(size);
				await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
				await pause(60);
				if (await sideways(page) > 0)
					wrong.push(`${name} ${size.width}: moves sideways by ${await sideways(page)}`);
				if (size.width === 1440 || (size.width === 390 && scheme === 'light'))
					wrong.push(...(await axe_problems(page, scheme === 'dark' ? 'colours' : 'all')).map((problem) => `${name} ${scheme} ${size.width}: ${problem}`));
			}
		await page.setViewportSize({ width: 1440, height: 900 });
	};
	const chat = await ann.locator('[data-chat]', { hasText: 'We do.' }).getAttribute('data-chat');
	for (const place of ['inbox', `inbox/${chat}`, 'all', 'closed', 'people', 'audit', 'settings', 'account']) {
		await ann.goto(`${desk.url}/w/${place}`);
		await ann.getByText('Ann Berger').first().waitFor();
		await pause(400);
		await look(ann, place);
	}
	await ann.goto(`${desk.url}/w/inbox/${chat}`);
	await ann.getByRole('textbox', { name: 'Message' }).waitFor();
	for (const [name, key] of [['note', 'n'], ['palette', 'Control+k'], ['shortcuts', '?'], ['hand', 'h'], ['end', 'e']]) {
		await ann.setViewportSize({ width: 1440, height: 900 });
		await ann.keyboard.press(key);
		await pause(150);
		await look(ann, name);
		await ann.keyboard.press('Escape');
	}
	await shop.evaluate(() => window.Softanswer.close());
	await look(shop, 'shop');
	const in_panel = await shopping.newPage();
	await in_panel.goto(`${desk.url}/widget/panel`);
	await in_panel.getByText('Ben here.').waitFor();
	await look(in_panel, 'panel');
	await in_panel.close();
	const gates = await open_context(browser);
	const page = await gates.newPage();
	await page.goto(`${desk.url}/widget/panel`);
	await page.getByText('How can we help?').waitFor();
	await look(page, 'panel, new');
	for (const place of ['sign-in', 'invitation#x', 'reset#x']) {
		await page.goto(`${desk.url}/${place}`);
		await page.getByRole('heading').first().waitFor();
		await look(page, place);
	}
	await gates.close();
	assert.deepEqual(wrong, []);
});

test('an advisor does a whole chat on a phone', async () => {
	const pocket = await open_context(browser, { viewport: phone, hasTouch: true, isMobile: true });
	const page = await pocket.newPage();
	await page.goto(`${desk.url}/sign-in`);
	await page.getByLabel('E-mail').fill(admin.email);
	await page.getByLabel('Password').fill(admin.password);
	await page.getByRole('button', { name: 'Sign in' }).tap();
	const guest = await visitor(desk, { name: 'Small Screen', text: 'Can you read this?' });
	await page.getByRole('link', { name: /Small Screen/ }).tap();
	await page.getByRole('button', { name: 'Take', exact: true }).tap();
	await page.getByRole('textbox', { name: 'Message' }).fill('Every word.');
	await page.getByRole('button', { name: 'Send', exact: true }).tap();
	await until(async () => (await messages_of(page)).includes('Every word.') && (await page.locator('.pending').count()) === 0, 'sent');
	await page.getByRole('button', { name: 'Details' }).tap();
	await page.getByRole('region', { name: 'Details' }).getByText('Small Screen').waitFor();
	await page.getByRole('button', { name: 'Close' }).tap();
	await page.getByRole('button', { name: 'End', exact: true }).tap();
	await page.getByRole('button', { name: 'End this chat' }).tap();
	await page.getByText('This chat has ended').waitFor();
	await page.getByRole('link', { name: 'Back to the list' }).tap();
	await page.getByRole('heading', { name: 'My chats' }).waitFor();
	assert.ok(guest.conversation);
	assert.deepEqual(pocket.problems, []);
	await pocket.close();
});
