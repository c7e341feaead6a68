/*
 * Journeys of who sets a desk up and looks after it: first steps, a site on somebody's page, its settings beside the preview, hours by
 * the keyboard, teams, canned answers, blocks, the status page. They follow one another on one desk.
 */
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { after, before, test } from 'node:test';
import { ask, visitor } from './actors.mjs';
import { admin, axe_problems, Desk, open_browser, open_context, open_widget, sideways, type_clock, until } from './kit.mjs';

const phone = { width: 390, height: 844 };
let desk, browser, staff, shopping, ann, shop;

/* A shop of somebody else's, on an origin of its own; its page has whatever line it is given. */
function strange_shop() {
	return new Promise((done) => {
		const place = { line: '' };
		place.server = createServer((_request, response) => {
			response.setHeader('Content-Type', 'text/html; charset=utf-8');
			response.end(`<!doctype html><html lang="en"><title>Shop</title><h1>Shop</h1>${place.line}</html>`);
		}).listen(0, '127.0.0.1', () => { place.url = `http://127.0.0.1:${place.server.address().port}`; done(place); });
	});
}

before(async () => {
	shop = await strange_shop();
	desk = await Desk.start({ settings: ['floods=off'] });
	browser = await open_browser();
	staff = await open_context(browser);
	shopping = await open_context(browser);
	ann = await staff.newPage();
});

after(async () => {
	await browser?.close();
	await desk?.stop();
	shop?.server.close();
	assert.deepEqual([...staff.problems, ...shopping.problems], [], 'the pages met errors or their policy');
});

const go = async (path, heading) => {
	await ann.goto(`${desk.url}/w/settings/${path}`);
	await ann.getByRole('heading', { name: heading, level: 1 }).waitFor();
};
/* As the signed-in administrator, over HTTP. */
async function as_admin(method, path, body) {
	const cookie = (await staff.cookies()).map(({ name, value }) => `${name}=${value}`).join('; ');
	return (await ask(desk, method, path, body, { Cookie: cookie })).answer;
}
let site;

test('the first steps lead from an empty desk to a chat on somebody\'s page', async () => {
	await ann.goto(`${desk.url}/`);
	await ann.getByLabel('First-run code').fill(desk.code());
	await ann.getByLabel('Name of the desk').fill('Lantern & Co.');
	await ann.getByLabel('Name', { exact: true }).fill(admin.name);
	await ann.getByLabel('E-mail').fill(admin.email);
	await ann.getByLabel('Password').fill(admin.password);
	await ann.getByRole('button', { name: 'Open the desk' }).click();
	await ann.getByRole('heading', { name: 'Step 1 of 6: Your desk' }).waitFor();
	await ann.getByLabel('Time zone').selectOption('America/Denver');
	await ann.getByRole('button', { name: 'Save and go on' }).click();
	await ann.getByRole('heading', { name: 'Step 2 of 6: Your first site' }).waitFor();
	await ann.reload();
	await ann.getByRole('heading', { name: 'Step 2 of 6: Your first site' }).waitFor();
	await ann.getByLabel('Name of the site').fill('Shop');
	await ann.getByLabel('Addresses of its pages').fill(`${shop.url}/cart`);
	await ann.getByRole('button', { name: 'Save and go on' }).click();
	await ann.getByRole('heading', { name: 'Step 3 of 6: The line on your page' }).waitFor();
	await ann.getByText('Not seen on your page yet').waitFor();
	shop.line = await ann.getByLabel('The line for your pages').inputValue();
	assert.match(shop.line, /data-site="[A-Za-z0-9_-]{22}"/);
	site = /data-site="([^"]+)"/.exec(shop.line)[1];

	const page = await shopping.newPage();
	await page.goto(`${shop.url}/cart`);
	const panel = await open_widget(page);
	await panel.getByRole('textbox', { name: 'Your message' }).waitFor();
	await ann.getByText(/^Seen on your page/).waitFor();
	await ann.getByRole('button', { name: 'Go on', exact: true }).click();
	await ann.getByRole('heading', { name: 'Step 4 of 6: Seats' }).waitFor();
	await until(async () => (await ann.getByLabel('Seats', { exact: true }).inputValue()) === '50', 'a default that is in nobody\'s way');
	await ann.getByLabel('Seats', { exact: true }).fill('3');
	await until(async () => (await ann.getByLabel('Chats of all together').inputValue()) === '12', 'as many chats as three hold well');
	await ann.getByLabel('Chats of all together').fill('8');
	await ann.getByRole('button', { name: 'Save and go on' }).click();
	await ann.getByRole('heading', { name: 'Step 5 of 6: Your colleagues' }).waitFor();
	const [pool] = (await as_admin('GET', '/pools')).pools;
	assert.deepEqual([pool.size, pool.cap], [3, 8]);
	await ann.getByLabel('Name', { exact: true }).fill('Ben Okafor');
	await ann.getByLabel('E-mail').fill('ben@lantern.example');
	await ann.getByRole('button', { name: 'Make the invitation' }).click();
	assert.match(await ann.getByLabel('Ben Okafor').inputValue(), /\/invitation#/);
	await ann.getByRole('button', { name: 'Go on', exact: true }).click();
	await ann.locator('#main').getByRole('button', { name: 'Go online', exact: true }).click();
	await ann.getByText('You are online.').waitFor();
	await page.reload();
	const again = await open_widget(page);
	await again.getByRole('textbox', { name: 'Your message' }).fill('Is the lamp in stock?');
	await again.getByRole('textbox', { name: 'Your message' }).press('Enter');
	await ann.getByRole('link', { name: 'To the inbox' }).click();
	await ann.getByText('Is the lamp in stock?').first().waitFor();
	await page.close();
});

test('every part is found by a word of it, also by the palette', async () => {
	await go('', 'Settings');
	await ann.getByText('Changed by Ann Berger').first().waitFor();
	await ann.getByLabel('Find a setting').fill('opening hours');
	await until(async () => (await ann.locator('section li').count()) === 0, 'words that are nowhere find nothing');
	await ann.getByLabel('Find a setting').fill('hou lau');
	await until(async () => JSON.stringify(await ann.locator('section li h2').allTextContents()) === '["Sites"]', 'one part');
	await ann.keyboard.press('Control+k');
	await ann.keyboard.type('sett blo');
	await ann.keyboard.press('Enter');
	await ann.waitForURL('**/w/settings/blocks');
	await ann.getByText('Nobody is blocked').waitFor();
});

test('how chats are handed out is set where each number has its limit beside it, and stands there afterwards', async () => {
	const chats = ann.getByLabel('Chats that one advisor holds well at a time'), may_wait = ann.getByLabel('Visitors may wait while nobody is online');
	const save = async () => {
		await ann.getByRole('button', { name: 'Save', exact: true }).click();
		await ann.getByText('Saved').waitFor();
	};
	await go('routing', 'Routing');
	await until(async () => (await chats.inputValue()) === '4', 'as it is');
	await chats.fill('21');
	await ann.getByRole('button', { name: 'Save', exact: true }).click();
	await ann.getByText('Please give a whole number from 1 to 20.').waitFor();
	assert.equal(await chats.evaluate((input) => document.activeElement === input), true, 'where it is to be mended');
	await chats.fill('20');
	await may_wait.check();
	/* Meanwhile a colleague changes something else. */
	await as_admin('PUT', '/desk', { handover_seats: 2 });
	await until(async () => (await ann.getByLabel('Extra seats for hand-overs').inputValue()) === '2', 'it comes in');
	await save();
	const changed = await as_admin('GET', '/settings');
	assert.deepEqual([changed.chats_each, changed.wait_for_somebody, changed.handover_seats], [20, true, 2]);
	await go('routing', 'Routing');
	await until(async () => (await chats.inputValue()) === '20' && may_wait.isChecked(), 'what was saved');
	await chats.fill('4');
	await may_wait.uncheck();
	await save();
	assert.equal((await as_admin('GET', '/settings')).wait_for_somebody, false);
	const stranger = await (await fetch(`${desk.url}/api/v1/desk`)).json();
	assert.deepEqual(Object.keys(stranger).filter((name) => /_seconds|_minutes|_seats|strict|offers/.test(name)), [], 'strangers read none of it');
});

test('what somebody takes is set by a lead: a number of their own, topics, languages', async () => {
	await go('abilities', 'Who takes what');
	const row = ann.locator('li[data-person]').filter({ hasText: 'Ann Berger' });
	await row.getByText('As the desk: 4 chats at a time').waitFor();
	await row.getByRole('button', { name: 'Change: Ann Berger' }).click();
	const dialog = ann.getByRole('dialog');
	await dialog.getByLabel('As the desk: 4 chats at a time').uncheck();
	/* A key without a field to write into: behind a dialog it leads nowhere. */
	await dialog.getByRole('button', { name: 'Close' }).press('8');
	assert.match(ann.url(), /abilities$/);
	await dialog.getByLabel('Chats at a time', { exact: true }).fill('2');
	await dialog.getByLabel('Topics').fill('Delivery\n\nDelivery\nReturns');
	await dialog.getByLabel('Languages').fill('es\nSpanish');
	await dialog.getByRole('button', { name: 'Save' }).click();
	await dialog.getByText('A language is a tag such as fr or pt-BR.').waitFor();
	await dialog.getByLabel('Languages').fill('es');
	await dialog.getByRole('button', { name: 'Save' }).click();
	await row.getByText('2 chats at a time').waitFor();
	await row.getByText('Delivery, Returns').waitFor();
	await row.getByText('Spanish').waitFor();
	await as_admin('PUT', `/people/${(await as_admin('GET', '/me')).id}/abilities`, { cap: 0, topics: [], languages: [] });
});

test('a site is changed beside a preview that shows it before it is saved', async () => {
	await go(`sites/${site}`, 'Shop');
	await ann.getByLabel('Greeting').fill('Good light to you!');
	await until(async () => {
		for (const frame of ann.frames())
			if (frame.url().includes('/widget/panel') && (await frame.getByText('Good light to you!').count().catch(() => 0)) > 0)
				return frame.evaluate(() => document.querySelector('textarea')?.focus()).then(() => true);
		return false;
	}, 'the panel says it');
	assert.equal(await ann.getByLabel('Greeting').evaluate((field) => document.activeElement === field), true, 'the preview takes the keyboard from nobody');
	assert.equal((await as_admin('GET', `/sites/${site}`)).texts.length, 0);
	await ann.getByLabel('Colour as a code').fill('#ffd700');
	await ann.getByText('hard to read').waitFor();
	await ann.getByRole('button', { name: /instead/ }).click();
	await ann.getByText('can be read well').waitFor();
	await ann.getByRole('button', { name: 'Add a question' }).click();
	await ann.getByLabel('Question 1', { exact: true }).fill('Order number');
	await ann.getByLabel('Device').selectOption('Phone');
	await ann.getByRole('button', { name: 'Save' }).click();
	await ann.getByText('It shows on your pages within a minute').waitFor();
	const saved = await as_admin('GET', `/sites/${site}`);
	assert.equal(saved.texts[0].text, 'Good light to you!');
	assert.equal(saved.fields[0].label, 'Order number');
	assert.notEqual(saved.colour, '#ffd700');
});

test('of two who change a site at once the second learns what the first did, and both stand', async () => {
	await go(`sites/${site}`, 'Shop');
	await ann.getByLabel('Bulletin').fill('Parcels are late this week');
	const { version, ...rest } = await as_admin('GET', `/sites/${site}`);
	const { name, language, origins, texts, fields, colour } = rest;
	await as_admin('PUT', `/sites/${site}`, { version, name: 'Lamp shop', language, origins, texts, fields, colour });
	await ann.getByRole('button', { name: 'Save' }).click();
	await ann.getByRole('dialog', { name: 'Somebody was quicker' }).getByText('They changed: name').waitFor();
	assert.deepEqual(await axe_problems(ann), []);
	await ann.getByRole('button', { name: 'Keep theirs and save mine too' }).click();
	await ann.getByRole('heading', { name: 'Lamp shop', level: 1 }).waitFor();
	await until(async () => (await as_admin('GET', `/sites/${site}`)).bulletin === 'Parcels are late this week', 'mine is saved');
});

const type_time = (label, keys, wanted) => type_clock(ann, ann.getByLabel(label), keys, wanted);

test('opening hours are set without a mouse', async () => {
	await go(`sites/${site}`, 'Lamp shop');
	await ann.getByRole('button', { name: 'Monday to Friday, 9 to 17' }).focus();
	await ann.keyboard.press('Enter');
	await type_time('Monday, opens, 1', '0830AM', '08:30');
	await ann.getByRole('button', { name: 'Add hours on Monday' }).focus();
	await ann.keyboard.press('Enter');
	await until(() => ann.evaluate(() => document.activeElement?.getAttribute('aria-label') === 'Monday, opens, 2'), 'the focus is in the new row');
	await type_time('Monday, closes, 1', '0700PM', '19:00');
	await ann.getByText('These hours overlap.').first().waitFor();
	await ann.getByRole('button', { name: 'Remove hours 2 of Monday' }).focus();
	await ann.keyboard.press('Enter');
	await ann.getByRole('button', { name: 'Copy Monday to every day' }).focus();
	await ann.keyboard.press('Enter');
	await ann.getByRole('button', { name: 'Save' }).focus();
	await ann.keyboard.press('Enter');
	await until(async () => {
		const { hours } = await as_admin('GET', `/sites/${site}`);
		return (hours.length === 7 && hours.every((span) => span.from_minute === 510 && span.to_minute === 1140)) || hours;
	}, 'seven days from 8:30 to 19:00');
});

test('the secret of identities is shown once', async () => {
	await go(`sites/${site}`, 'Lamp shop');
	await ann.getByRole('button', { name: 'Make a secret' }).click();
	assert.match(await ann.getByLabel('The secret').inputValue(), /^[A-Za-z0-9_-]{43}$/);
	await ann.reload();
	await ann.getByText('This site has a secret.').waitFor();
	assert.equal(await ann.getByLabel('The secret').count(), 0);
});

test('a team is made, changed and archived, and archiving can be taken back', async () => {
	await go('teams', 'Teams');
	await ann.getByRole('button', { name: 'Add a team' }).click();
	await ann.getByLabel('Name of the team').fill('Garden');
	await ann.getByLabel('Ann Berger').check();
	await ann.getByRole('button', { name: 'Save' }).click();
	await ann.getByText('1 person').waitFor();
	await ann.getByRole('button', { name: 'Archive: Garden' }).click();
	await ann.getByText('No team yet').waitFor();
	await ann.getByRole('button', { name: 'Undo' }).click();
	await ann.getByRole('heading', { name: 'Garden' }).waitFor();
	await ann.getByRole('button', { name: 'Archive: Garden' }).click();
	await ann.getByText('The team Garden is archived').waitFor();
	assert.equal((await as_admin('GET', '/teams')).teams.length, 1);
	await ann.getByRole('link', { name: 'All settings' }).click();
	await until(async () => (await as_admin('GET', '/teams')).teams.length === 0, 'leaving the page does it');
});

test('a canned answer is written with a preview, found, changed', async () => {
	await go('answers', 'Canned answers');
	await ann.getByRole('button', { name: 'Add an answer' }).click();
	await ann.getByLabel('Title').fill('Returns');
	await ann.getByLabel('Behind the slash').fill('/Re turns');
	assert.equal(await ann.getByLabel('Behind the slash').inputValue(), 'returns');
	await ann.getByLabel('Text', { exact: true }).fill('Hello ');
	await ann.getByRole('button', { name: 'Visitor’s name' }).click();
	await ann.getByRole('figure', { name: 'How it reads' }).getByText('Hello Vera').waitFor();
	await ann.getByLabel('Who uses it').selectOption('Everybody');
	await ann.getByRole('button', { name: 'Save' }).click();
	await ann.getByRole('heading', { name: 'Returns /returns' }).waitFor();
	await ann.getByLabel('Find an answer').fill('nothing of this');
	await ann.getByText('Nothing about').waitFor();
	await ann.getByLabel('Find an answer').fill('retu');
	await ann.getByRole('button', { name: 'Change: Returns' }).click();
	await ann.getByLabel('Text', { exact: true }).fill('Within a month, {{visitor.name}}.');
	await ann.getByRole('button', { name: 'Save' }).click();
	await ann.getByText('Within a month').waitFor();
});

test('a block says why and by whom, and is lifted', async () => {
	await as_admin('POST', '/me/status', { status: 'online' });
	const rude = await visitor(desk, { name: 'Rude', text: 'Grr' });
	await as_admin('POST', '/blocks', { conversation: rude.conversation, kind: 'visitor', reason: 'Shouts', hours: 24 });
	await go('blocks', 'Blocks');
	await ann.getByRole('heading', { name: 'Visitor Rude' }).waitFor();
	await ann.getByText('Shouts').waitFor();
	await ann.getByRole('button', { name: 'Lift: Visitor Rude' }).click();
	await ann.getByText('Nobody is blocked').waitFor();
	await until(async () => (await as_admin('GET', '/blocks')).blocks.length === 0, 'it is lifted after a moment');
});

test('the status page puts what is red first, with what to do', async () => {
	await go('status', 'Status');
	/* A server's backups are the server's own: the desk knows of none. */
	if (!process.env.SOFTANSWER_TEST_DATABASE)
		await ann.locator('[data-trouble=backup]').getByText('softanswer backup').waitFor();
	await as_admin('POST', '/sites', { id: 'site-of-nobody', name: 'Blog', language: 'en', origins: ['https://blog.example'] });
	await ann.getByText('The site “Blog” was never seen on a page.').waitFor();
	await ann.getByRole('listitem').filter({ hasText: 'Blog' }).getByRole('link', { name: 'Show me how' }).click();
	await ann.getByRole('heading', { name: 'Blog', level: 1 }).waitFor();
	await ann.getByText('Not seen on your page yet').waitFor();
});

const places = ['', 'start/desk', 'start/site', 'start/snippet', 'start/seats', 'start/team', 'start/done', 'desk', 'sites', 'SITE', 'teams', 'seats', 'abilities', 'routing', 'answers', 'blocks', 'status'];

async function look_at_all(look) {
	for (const place of places) {
		await ann.goto(`${desk.url}/w/settings/${place === 'SITE' ? `sites/${site}` : place}`);
		await ann.getByRole('heading', { level: 1 }).first().waitFor();
		await ann.waitForLoadState('networkidle');
		/* The preview's frames come and go with what they show. */
		await until(() => ann.locator('iframe:not(.is_old)').count().then((count) => count === (place === 'SITE' ? 1 : 0)), 'the preview stands');
		await look(place || 'settings');
	}
}

test('every page of the settings is free of axe\'s violations, light and dark, and never moves sideways', async () => {
	const wrong = [];
	await look_at_all(async (name) => {
		for (const colorScheme of ['light', 'dark']) {
			await ann.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
			wrong.push(...(await axe_problems(ann, colorScheme === 'dark' ? 'colours' : 'all')).map((problem) => `${name} ${colorScheme}: ${problem}`));
		}
		for (const size of [{ width: 1024, height: 768 }, phone, { width: 320, height: 640 }]) {
			await ann.setViewportSize(size);
			if (await sideways(ann) > 0)
				wrong.push(`${name} ${size.width}: moves sideways by ${await sideways(ann)}`);
		}
		wrong.push(...(await axe_problems(ann)).map((problem) => `${name} 320: ${problem}`));
		await ann.setViewportSize({ width: 1440, height: 900 });
	});
	assert.deepEqual(wrong, []);
});

/* Sentences that no message file has: two plain words side by side in what is shown, but for what people wrote themselves. */
const plain_sentences = () => {
	const found = [], own = /Lantern|Berger|Shop|Lamp|Blog|Returns|Within a month|Parcels|Ann |Order number|Good light|Mountain|softanswer|America|libseccomp|kernel|seccomp|Landlock/i;
	const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
	while (walker.nextNode()) {
		const node = walker.currentNode, text = node.textContent.trim();
		if (/\b[A-Za-z]{2,} [A-Za-z]{2,}/.test(text.replace(/ one two three| one two| one t?w?o?/g, '')) && !own.test(text) && !/^\[/.test(text)
			&& !node.parentElement.closest('code, pre, script, style, option, bdi, .text'))
			found.push(text.slice(0, 80));
	}
	return found;
};

test('in en-XA every sentence comes from the message files, and nothing is cut or moves sideways', async () => {
	await ann.evaluate(() => localStorage.setItem('softanswer.language', 'en-XA'));
	const wrong = [];
	await look_at_all(async (name) => {
		wrong.push(...(await ann.evaluate(plain_sentences)).map((text) => `${name}: ${text}`));
		await ann.setViewportSize(phone);
		if (await sideways(ann) > 0)
			wrong.push(`${name}: moves sideways by ${await sideways(ann)}`);
		await ann.setViewportSize({ width: 1440, height: 900 });
	});
	assert.deepEqual(wrong, []);
});

test('from right to left the settings are as good', async () => {
	await ann.evaluate(() => localStorage.setItem('softanswer.language', 'ar-XB'));
	const wrong = [];
	await look_at_all(async (name) => {
		assert.equal(await ann.evaluate(() => document.documentElement.dir), 'rtl');
		wrong.push(...(await axe_problems(ann, 'layout')).map((problem) => `${name}: ${problem}`));
		if (await sideways(ann) > 0)
			wrong.push(`${name}: moves sideways`);
	});
	await ann.evaluate(() => localStorage.removeItem('softanswer.language'));
	assert.deepEqual(wrong, []);
});
