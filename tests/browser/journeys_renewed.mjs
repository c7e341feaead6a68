/*
 * Journeys of pages that stay open while the desk is upgraded (P38): first to a program with other pages that still speaks their
 * protocol, then to one that does not. They follow one another, in tabs that nobody reloads until they are told to.
 */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { advisor } from './actors.mjs';
import { admin, Desk, open_browser, open_context, open_widget, panel_of, set_up, until } from './kit.mjs';

let desk, browser, staff, shopping, ann, shop, panel;

const box = () => ann.getByRole('textbox', { name: 'Message' });
const question = () => panel.getByLabel('Your message');
/* The script that a page was made of. */
const script_of = (page) => page.evaluate(() => document.querySelector('script[type=module]').src.split('/').pop());
/* The old page shows what was half written, too, until it is gone. */
const is_anew = async (page, field, text) => /-2\.js$/.test(await script_of(page).catch(() => '')) && (await field().inputValue().catch(() => '')) === text;
const spoken = [];

before(async () => {
	desk = await Desk.start({ settings: ['floods=off'] });
	browser = await open_browser();
	staff = await open_context(browser);
	ann = await staff.newPage();
	await set_up(ann, desk);
	shopping = await open_context(browser);
	shop = await shopping.newPage();
	for (const context of [staff, shopping])
		context.on('request', (request) => spoken.push(request.headers()['softanswer-protocol']));
	await shop.goto(`${desk.url}/demo`);
	const api = await advisor(desk, admin);
	await api.status('online');
	panel = await open_widget(shop);
	await question().fill('Is the lamp in stock?');
	await question().press('Enter');
	await ann.locator('[data-chat]').first().click();
	await ann.waitForURL(/\/w\/inbox\/[\w-]{22}/);
	await api.take(ann.url().split('/').pop());
	await panel.getByText('Ann Berger is here for you').waitFor();
});

after(async () => {
	await browser?.close();
	await desk?.stop();
	/* A style sheet that is gone is answered by a problem, which no browser takes for one. */
	assert.deepEqual([...staff.problems, ...shopping.problems].filter((each) => !/apply style from .*\/assets\//.test(each)), [], 'the pages met errors or their policy');
});

test('tabs of before go on with a renewed desk: words, drafts and receipts, both ways', async () => {
	const before = [await script_of(ann), await script_of(panel)];
	await box().pressSequentially('It is, in oak and');
	await question().pressSequentially('And in');
	await desk.upgrade('renewed');
	assert.equal((await fetch(`${desk.url}/assets/${before[0]}`)).status, 404, 'the old pages are gone from the desk');
	assert.equal((await fetch(`${desk.url}/api/v1/desk`)).headers.get('softanswer-version').split('; ')[1], 'protocol=2');

	await box().pressSequentially(' in walnut.');
	await box().press('Enter');
	await panel.getByText('It is, in oak and in walnut.').first().waitFor();
	await shop.bringToFront();
	await ann.locator('[role=log] article .state', { hasText: 'Seen' }).waitFor();
	assert.equal(await question().inputValue(), 'And in', 'what was half written is still there');
	await question().pressSequentially(' cherry?');
	await question().press('Enter');
	await ann.locator('[role=log] article', { hasText: 'And in cherry?' }).waitFor();
	await ann.bringToFront();
	await panel.locator('article .state', { hasText: 'Seen' }).waitFor();
	assert.deepEqual([await script_of(ann), await script_of(panel)], before, 'nobody has reloaded');
	assert.deepEqual([...new Set(spoken)].filter((each) => each !== undefined), ['1']);
});

test('a part that only the old desk had: the page says that there is a newer one, and goes on', async () => {
	await box().pressSequentially('Not in cherry, I am');
	await ann.locator('summary').click();
	await ann.getByRole('link', { name: 'Settings' }).click();
	await ann.getByText('Your desk has been renewed.').waitFor();
	await ann.goBack();
	await until(async () => (await box().inputValue()) === 'Not in cherry, I am', 'the draft');
	await box().pressSequentially(' afraid.');
	await box().press('Enter');
	await panel.getByText('Not in cherry, I am afraid.').first().waitFor();
});

test('a desk that speaks their protocol no more tells them to load anew, and what was half written is there', async () => {
	await box().pressSequentially('But the walnut one');
	await question().pressSequentially('A pity, then');
	await desk.upgrade('beyond');
	await panel.getByText('There is a newer version').waitFor({ timeout: 30_000 });
	await ann.getByRole('button', { name: 'Reload' }).click();
	await until(() => is_anew(ann, box, 'But the walnut one'), 'the new page, with the advisor’s draft');
	assert.equal(await ann.getByText('Your desk has been renewed.').count(), 0);
	await panel.getByRole('button', { name: 'Load it' }).click();
	await until(async () => {
		panel = await panel_of(shop);
		return is_anew(panel, question, 'A pity, then');
	}, 'the new panel, with the visitor’s draft');

	spoken.length = 0;
	await box().pressSequentially(' is on its way to us.');
	await box().press('Enter');
	await panel.getByText('But the walnut one is on its way to us.').first().waitFor();
	await question().pressSequentially(' the oak one.');
	await question().press('Enter');
	await ann.locator('[role=log] article', { hasText: 'A pity, then the oak one.' }).waitFor();
	await ann.getByRole('button', { name: 'End', exact: true }).click();
	await ann.getByRole('button', { name: 'End this chat' }).click();
	await panel.getByText('How was this chat?').waitFor();
	assert.deepEqual([...new Set(spoken)].filter((each) => each !== undefined), ['2']);
});
