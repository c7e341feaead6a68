/*
 * Journeys of a visitor: everything that the widget does, on three hosts. Each journey is a visitor of its own (a fresh browser
 * context) on one desk, where Ann answers by HTTP; so each can run alone.
 */
import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { after, before, beforeEach, test } from 'node:test';
import { advisor } from './actors.mjs';
import { open_hosts } from './hosts.mjs';
import { admin, axe_problems, Desk, open_browser, open_context, open_widget, panel_of, set_up, sideways, until } from './kit.mjs';

const phone = { width: 390, height: 844 };
const png = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAgAAAAICAIAAABLbSncAAAAFElEQVR4nGNk+M+AFTAx4AIjVAIAMhQBD2Z2FZkAAAAASUVORK5CYII=', 'base64');
/* A tenth of a second of silence. */
const wav = Buffer.concat([Buffer.from('RIFF\x44\x03\0\0WAVEfmt \x10\0\0\0\x01\0\x01\0\x40\x1f\0\0\x40\x1f\0\0\x01\0\x08\0data\x20\x03\0\0', 'latin1'), Buffer.alloc(800, 128)]);
let desk, browser, hosts, ann, site, site_id;
const contexts = [];

before(async () => {
	hosts = await open_hosts(() => desk, () => site_id);
	desk = await Desk.start({ settings: ['floods=off'] });
	browser = await open_browser();
	const staff = await open_context(browser);
	await set_up(await staff.newPage(), desk);
	await staff.close();
	ann = await advisor(desk, admin);
	site = { name: 'Lamps', language: 'en', origins: hosts.origins };
	site_id = (await ann.ask('POST', '/sites', { id: 'site-of-the-journeys', ...site })).site;
});

after(async () => {
	await browser?.close();
	await desk?.stop();
	hosts?.close();
	assert.deepEqual(contexts.flatMap((context) => context.problems), [], 'the pages met errors or their policy');
});

beforeEach(async () => {
	await ann.status('online');
	for (const view of ['mine', 'waiting'])
		for (const { conversation } of (await ann.ask('GET', `/chats?view=${view}`)).chats) {
			if (view === 'waiting')
				await ann.take(conversation);
			await ann.end(conversation);
		}
	await change_site({});
});

/* The widget's look is kept for a minute: each change of the site is asked anew by a fresh context. */
async function change_site(change) {
	const { version } = await ann.ask('GET', `/sites/${site_id}`);
	await ann.ask('PUT', `/sites/${site_id}`, { version, ...site, ...change });
}

/* A visitor on a host's page, with the panel open unless told otherwise. */
async function come({ url = hosts.plain.url, is_open = true, ...options } = {}) {
	const context = await open_context(browser, options);
	contexts.push(context);
	const page = await context.newPage();
	await page.goto(url);
	await page.waitForFunction(() => window.Softanswer?.open);
	const panel = is_open ? await open_widget(page) : null;
	if (panel)
		await panel.getByRole('textbox').last().waitFor();
	return { context, page, panel };
}

const write = async (panel, text) => {
	await panel.getByLabel('Your message').fill(text);
	await panel.getByLabel('Your message').press('Enter');
};

/* The conversation that began with these words. */
async function chat_of(text, view = 'waiting') {
	let found;
	await until(async () => {
		const { chats } = await ann.ask('GET', `/chats?view=${view}`);
		found = chats.find((chat) => chat.last?.text === text);
		return found !== undefined || chats.map((chat) => chat.last?.text);
	}, `a chat that says "${text}"`);
	return found;
}

/* A visitor in a chat that Ann has taken. */
async function talking(text, options) {
	const visitor = await come(options);
	await write(visitor.panel, text);
	const { conversation } = await chat_of(text);
	await ann.take(conversation);
	await visitor.panel.getByText('Ann Berger is here for you').waitFor();
	return { ...visitor, conversation };
}

test('a closed desk gives the form; what is half typed stays when it opens, and when it closes again', async () => {
	await ann.status('away');
	const { panel } = await come();
	await panel.getByText('Nobody is here right now').waitFor();
	await panel.getByLabel('Your name').fill('Vera');
	await panel.getByLabel('Your message').fill('Is the lamp in st');
	await ann.status('online');
	await panel.getByRole('button', { name: 'Start chat' }).waitFor({ timeout: 30_000 });
	assert.equal(await panel.getByLabel('Your message').inputValue(), 'Is the lamp in st');
	assert.equal(await panel.getByLabel('Your name').inputValue(), 'Vera');
	await ann.status('away');
	await panel.getByLabel('Your message').fill('Is the lamp in stock?');
	await panel.getByLabel('Your message').press('Enter');
	await panel.getByRole('button', { name: 'Leave message' }).waitFor();
	await until(async () => (await panel.getByLabel('Your message').inputValue()) === 'Is the lamp in stock?', 'the text came back');
	await panel.getByLabel('Your message').press('Enter');
	await panel.getByText('We need it to answer you').waitFor();
	await until(() => panel.getByLabel('E-mail').evaluate((input) => input === document.activeElement), 'the focus is where something is missing');
	await panel.getByLabel('E-mail').fill('vera@mail.example');
	await panel.getByLabel('Your message').press('Enter');
	await panel.getByText('We answer by e-mail').waitFor();
	await until(async () => {
		const { promises } = await ann.ask('GET', '/promises?view=open');
		return promises.some((promise) => promise.visitor.email === 'vera@mail.example') || JSON.stringify(promises);
	}, 'the desk owes Vera an answer');
});

test('the place in the line goes down by itself, with an estimate', async () => {
	const first = await come();
	await write(first.panel, 'I was here first');
	await first.panel.getByText('You are next').waitFor();
	await first.panel.getByText('It should be').waitFor();
	const second = await come();
	await write(second.panel, 'I came second');
	await second.panel.getByText('You are number 2 in line').waitFor();
	await ann.take((await chat_of('I was here first')).conversation);
	await second.panel.getByText('You are next').waitFor();
	await ann.take((await chat_of('I came second')).conversation);
});

test('a message is sent, delivered, then seen; both see each other type; the badge counts', async () => {
	const { page, panel, conversation } = await talking('Do you see this?');
	await write(panel, 'Really?');
	await panel.locator('article .state', { hasText: 'Sent' }).or(panel.locator('article .state', { hasText: 'Delivered' })).first().waitFor();
	const { items } = await ann.ask('GET', `/conversations/${conversation}/items`);
	const head = items.at(-1).seq;
	await ann.ask('POST', `/conversations/${conversation}/reading`, { delivered: head });
	await panel.locator('article .state', { hasText: 'Delivered' }).waitFor();
	await ann.ask('POST', `/conversations/${conversation}/reading`, { delivered: head, seen: head });
	await panel.locator('article .state', { hasText: 'Seen' }).waitFor();
	await page.evaluate(() => { window.counts = []; window.Softanswer.on('unread', (count) => window.counts.push(count)); window.Softanswer('close'); });
	await ann.say(conversation, 'I do.');
	await until(() => page.evaluate(() => window.counts.at(-1) === 1), 'one unread');
	const readings = async () => (await ann.ask('GET', `/conversations/${conversation}/items`)).readings.visitor;
	await until(async () => (await readings()).delivered > head || readings(), 'delivered to the visitor');
	assert.ok((await readings()).seen <= head, 'a closed panel has seen nothing');
	await page.evaluate(() => window.Softanswer('open'));
	await until(async () => { const { delivered, seen } = await readings(); return delivered === seen || { delivered, seen }; }, 'seen by the visitor');
	await until(() => page.evaluate(() => window.counts.at(-1) === 0), 'read');
});

test('files go both ways: a picture in place, others to download; empty and too large ones are refused before they leave', async () => {
	const { panel, conversation } = await talking('May I send you a picture?');
	const chooser = panel.locator('input[type=file]');
	await chooser.setInputFiles({ name: 'lamp.png', mimeType: 'image/png', buffer: png });
	await panel.getByRole('link', { name: 'Open the picture lamp.png' }).locator('img').waitFor();
	await until(() => panel.locator('a.picture img').evaluate((img) => img.naturalWidth === 8), 'the picture is shown');
	await chooser.setInputFiles({ name: '<img src=x onerror=alert(1)>.txt', mimeType: 'text/plain', buffer: Buffer.alloc(300_000, 'a line of text\n') });
	await panel.getByRole('link', { name: /Download .*300/ }).waitFor();
	await chooser.setInputFiles({ name: 'nothing.txt', mimeType: 'text/plain', buffer: Buffer.alloc(0) });
	await panel.getByText('“nothing.txt” is empty.').waitFor();
	await chooser.evaluate((input) => {
		const files = new DataTransfer();
		files.items.add(new File([new Uint8Array(20 * 1024 * 1024 + 1)], 'film.bin'));
		input.files = files.files;
		input.dispatchEvent(new Event('change', { bubbles: true }));
	});
	await panel.getByText('“film.bin” is larger than').waitFor();
	const { items } = await ann.ask('GET', `/conversations/${conversation}/items`);
	assert.equal(items.filter((item) => item.kind === 'file').length, 2);
	assert.equal(items.find((item) => item.file?.name === 'lamp.png').file.type, 'image/png');
});

test('pasted and dropped files are sent; links can be clicked, and only good ones', async () => {
	const { panel, conversation } = await talking('I paste and drop');
	for (const sort of ['paste', 'drop'])
		await panel.getByLabel('Your message').evaluate((area, { sort, bytes }) => {
			const data = new DataTransfer();
			data.items.add(new File([new Uint8Array(bytes)], `${sort}.png`, { type: 'image/png' }));
			area.dispatchEvent(sort === 'paste' ? new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true })
				: new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true }));
		}, { sort, bytes: [...png] });
	await panel.getByRole('link', { name: 'Open the picture paste.png' }).waitFor();
	await panel.getByRole('link', { name: 'Open the picture drop.png' }).waitFor();
	assert.equal(await panel.locator('a.picture').count(), 2, 'each once');
	await ann.say(conversation, 'See https://lamps.example/heron, write to ann@lamps.example, not javascript:alert(1)');
	await panel.getByRole('link', { name: 'https://lamps.example/heron' }).waitFor();
	assert.deepEqual(await panel.locator('article .text a').evaluateAll((links) => links.map((link) => link.getAttribute('href'))),
		['https://lamps.example/heron', 'mailto:ann@lamps.example']);
});

test('the end can be undone; then it is rated by keyboard, and the transcript is saved', async () => {
	const { page, panel, conversation } = await talking('Thank you, that is all', { url: `${desk.url}/demo` });
	await panel.getByRole('button', { name: 'End chat' }).click();
	await panel.getByRole('button', { name: 'Go on with this chat' }).click();
	await panel.getByRole('button', { name: 'End chat' }).waitFor();
	await panel.getByText('The chat goes on').waitFor();
	await panel.getByRole('button', { name: 'End chat' }).click();
	await panel.getByRole('radio', { name: 'Bad', exact: true }).focus();
	await page.keyboard.press('Space');
	for (let i = 0; i < 4; i++)
		await page.keyboard.press('ArrowRight');
	assert.equal(await panel.getByRole('radio', { name: 'Very good' }).isChecked(), true);
	await page.keyboard.press('Tab');
	await page.keyboard.type('Quick and kind');
	await page.keyboard.press('Tab');
	await page.keyboard.press('Enter');
	await panel.getByText('Thank you for telling us!').waitFor();
	const { rating } = await ann.ask('GET', `/conversations/${conversation}`);
	assert.deepEqual([rating.score, rating.comment], [5, 'Quick and kind']);
	await page.reload();
	const again = await open_widget(page);
	await again.getByText('Thank you for telling us!').waitFor();
	await again.getByRole('button', { name: 'More' }).click();
	await again.getByRole('button', { name: 'Transcript' }).click();
	const [download] = await Promise.all([page.waitForEvent('download'), again.getByRole('button', { name: 'Save as text' }).click()]);
	assert.match(readFileSync(await download.path(), 'utf8'), /You: Thank you, that is all[\s\S]*Ann Berger joined/);
	await again.getByRole('button', { name: 'Close', exact: true }).press('Escape');
	await until(() => again.evaluate(() => document.activeElement?.getAttribute('aria-label') === 'More'), 'Esc closes the transcript only, and the focus returns');
	/* The frame alone is printed: as a page of its own it looks the same. */
	await page.goto(`${desk.url}/widget/panel`);
	await page.getByRole('button', { name: 'More' }).click();
	await page.getByRole('button', { name: 'Transcript' }).click();
	await page.locator('dialog').getByText('Ann Berger joined').waitFor();
	await page.emulateMedia({ media: 'print' });
	assert.equal(await page.locator('main > header').isVisible(), false, 'print shows the transcript alone');
	assert.equal(await page.locator('dialog').getByText('Ann Berger joined').isVisible(), true);
});

test('the form before a chat asks what the site asks, says what is missing, and shows the site\'s own words', async () => {
	await change_site({ ask_name: 'required', ask_topic: 'optional', consent_url: 'https://lamps.example/privacy', bulletin: 'Closed on 24 December. https://lamps.example/news',
		colour: '#7a2048', texts: [{ language: 'en', name: 'greeting', text: 'Ask the lamp people' }, { language: 'en', name: 'title', text: 'Lamp desk' }],
		fields: [{ label: 'Order number', kind: 'line', is_required: true }, { label: 'Lamp', kind: 'choice', choices: ['Heron', 'Finch'] }, { label: 'I am a reseller', kind: 'check' }] });
	const { panel } = await come();
	await panel.getByText('Ask the lamp people').waitFor();
	await panel.getByRole('heading', { name: 'Lamp desk' }).waitFor();
	await panel.getByRole('link', { name: 'https://lamps.example/news' }).waitFor();
	assert.equal(await panel.getByRole('link', { name: 'privacy' }).getAttribute('href'), 'https://lamps.example/privacy');
	await write(panel, 'Where is my order?');
	await until(async () => (await panel.getByText('Please fill this in').count()) === 2, 'two are missing');
	assert.equal(await panel.getByLabel('Your message').inputValue(), 'Where is my order?');
	await panel.getByLabel('Your name').fill('Noor');
	await panel.getByLabel('Order number').fill('20417');
	await panel.getByLabel('Lamp').selectOption('Heron');
	await panel.getByLabel('I am a reseller').check();
	await panel.getByLabel('Your message').press('Enter');
	await panel.getByText('You are next').waitFor();
	const chat = await ann.ask('GET', `/conversations/${(await chat_of('Where is my order?')).conversation}`);
	assert.deepEqual(chat.answers, [{ label: 'Order number', value: '20417' }, { label: 'Lamp', value: 'Heron' }, { label: 'I am a reseller', value: 'yes' }]);
	await panel.getByRole('button', { name: 'Close this notice' }).click();
	await panel.getByText('Closed on 24 December').waitFor({ state: 'detached' });
	await ann.take(chat.conversation);
	await ann.end(chat.conversation);
});

/* What the site's server would sign for a customer. */
const sign = (key, id = 'c-17') => {
	const text = Buffer.from(JSON.stringify({ id, name: 'Vera Lind', email: 'vera@mail.example', exp: Math.floor(Date.now() / 1000) + 3600 })).toString('base64url');
	return `${text}.${createHmac('sha256', key).update(text).digest('base64url')}`;
};

test('who the host page signs for sees the same conversation on another machine; a wrong signature is told to the page', async () => {
	const { secret } = await ann.ask('POST', `/sites/${site_id}/secret`);
	const one = await come({ is_open: false });
	await one.page.evaluate((signed) => window.Softanswer.identify(signed), sign(secret));
	const panel = await open_widget(one.page);
	await until(async () => (await panel.getByLabel('E-mail').inputValue()) === 'vera@mail.example', 'the signed address is filled in');
	await write(panel, 'From my desk at home');
	await panel.getByText('You are next').waitFor();
	const two = await come({ is_open: false });
	await two.page.evaluate((signed) => window.Softanswer('identify', signed), sign(secret));
	const other = await open_widget(two.page);
	await other.getByText('From my desk at home').first().waitFor();
	assert.equal((await chat_of('From my desk at home')).visitor.verified, true);
	await two.page.evaluate(() => window.Softanswer.shutdown());
	await until(async () => (await two.context.cookies(desk.url)).every((cookie) => !cookie.name.includes('visitor') || cookie.value === ''), 'nobody is known');
	const three = await come();
	await three.page.evaluate(() => window.Softanswer.on('refused', (why) => { window.why = why; }));
	await three.page.evaluate((signed) => window.Softanswer.identify(signed), sign('not the secret'));
	await until(() => three.page.evaluate(() => typeof window.why === 'string'), 'the page is told');
	await ann.take((await chat_of('From my desk at home')).conversation);
});

/* The launcher knows its site, and five seconds go by on the page's clock at once: what would come in them has come. */
async function frames_in_five_seconds(page) {
	await page.locator('softanswer-chat').waitFor({ state: 'attached' });
	await page.clock.runFor(5000);
	return page.frames().length;
}

test('an invitation comes by rule, only where somebody is free, and once declined never again', async () => {
	await change_site({ is_inviting: true, invites: [{ path: '/lamps', seconds: 1 }], texts: [{ language: 'en', name: 'invitation', text: 'Looking for a lamp?' }] });
	const { page } = await come({ is_open: false });
	await page.clock.install();
	await page.goto(hosts.plain.url);
	assert.equal(await frames_in_five_seconds(page), 1, 'nothing is loaded where no rule comes true');
	await page.goto(`${hosts.plain.url}/lamps`);
	assert.equal(await frames_in_five_seconds(page), 2, 'a rule has come true');
	const panel = await panel_of(page);
	await panel.getByText('Looking for a lamp?').waitFor();
	assert.deepEqual(await axe_problems(page), []);
	await panel.getByRole('button', { name: 'No, thank you' }).click();
	await panel.getByText('Looking for a lamp?').waitFor({ state: 'detached' });
	await page.goto(`${hosts.plain.url}/lamps?again`);
	assert.equal(await frames_in_five_seconds(page), 1, 'dismissed stays dismissed');
	const eager = await come({ url: `${hosts.plain.url}/lamps`, is_open: false });
	const inviting = await panel_of(eager.page);
	await inviting.getByRole('button', { name: 'Yes, please' }).click();
	await inviting.getByLabel('Your message').waitFor();
});

test('pages that draw themselves: the desk hears where the visitor goes, and the button stays', async () => {
	const { page, conversation } = await talking('I walk about', { url: hosts.single.url });
	await page.evaluate(() => window.go('/lamps/heron'));
	await until(async () => {
		const { pages } = await ann.ask('GET', `/conversations/${conversation}/trail`);
		return pages.some(({ url, title }) => url.endsWith('/lamps/heron') && title === 'Page /lamps/heron') || pages;
	}, 'the trail');
	assert.equal(await page.evaluate(() => document.querySelectorAll('softanswer-chat').length), 1);
});

/* The visitor is invited, asks, turns out to be a customer, gets and sends a file, and rates the chat: all on one page. */
async function walk(host, secret) {
	const text = `Walking on the ${host} page`, signed = sign(secret, `c-${host}`);
	const { page } = await come({ url: `${hosts[host].url}${host === 'single' ? '' : '/lamps'}`, is_open: false });
	if (host === 'single')
		await page.evaluate(() => window.go('/lamps'));
	const panel = await panel_of(page);
	await panel.getByText('Looking for a lamp?').waitFor();
	await panel.getByRole('button', { name: 'Yes, please' }).click();
	await write(panel, text);
	const { conversation } = await chat_of(text);
	await page.evaluate((token) => window.Softanswer.identify(token), signed);
	await until(async () => (await ann.ask('GET', `/conversations/${conversation}`)).visitor.verified, 'the chat went along with who turned out to be a customer');
	await ann.take(conversation);
	await panel.getByText('Ann Berger is here for you').waitFor();
	await panel.locator('input[type=file]').setInputFiles({ name: 'lamp.png', mimeType: 'image/png', buffer: png });
	await until(() => panel.locator('a.picture img').evaluateAll(([img]) => img?.naturalWidth === 8), 'the picture is shown');
	await ann.file(conversation, 'prices.txt', 'A heron is 80');
	await panel.getByRole('link', { name: /Download prices\.txt/ }).waitFor();
	const elsewhere = await come({ url: hosts[host].url, is_open: false });
	await elsewhere.page.evaluate((token) => window.Softanswer.identify(token), signed);
	await (await open_widget(elsewhere.page)).getByText(text).first().waitFor();
	await ann.end(conversation);
	await panel.getByRole('radio', { name: 'Good', exact: true }).check();
	await panel.getByRole('button', { name: 'Send' }).click();
	await panel.getByText('Thank you for telling us!').waitFor();
	assert.equal((await ann.ask('GET', `/conversations/${conversation}`)).rating.score, 4);
}

/* Somebody else, while nobody is there. */
async function leave_form(host) {
	const { panel } = await come({ url: hosts[host].url });
	await panel.getByText('Nobody is here right now').waitFor();
	await panel.getByLabel('E-mail').fill(`${host}@mail.example`);
	await write(panel, 'Please write to me');
	await panel.getByText('We answer by e-mail').waitFor();
}

test('under a strict policy and on a right-to-left single page too: invited, known, files, rating, form', async () => {
	const { secret } = await ann.ask('POST', `/sites/${site_id}/secret`);
	await change_site({ is_inviting: true, invites: [{ path: '/lamps', seconds: 1 }], texts: [{ language: 'en', name: 'invitation', text: 'Looking for a lamp?' }] });
	await Promise.all(['strict', 'single'].map((host) => walk(host, secret)));
	await ann.status('away');
	await Promise.all(['strict', 'single'].map(leave_form));
	await until(async () => {
		const { promises } = await ann.ask('GET', '/promises?view=open');
		const written = promises.map(({ visitor }) => visitor.email).filter((email) => /^(strict|single)@/.test(email)).sort();
		return written.join() === 'single@mail.example,strict@mail.example' || promises;
	}, 'both are owed an answer');
});

test('where no cookie is kept the token stays in the tab: the chat and its files work, and survive a reload', async () => {
	const context = await open_context(browser);
	contexts.push(context);
	const page = await context.newPage();
	await page.route(/\/api\/v1\/visitors$/, async (route) => {
		const request = route.request();
		const answer = await fetch(request.url(), { method: 'POST', headers: { 'Content-Type': 'application/json', Origin: desk.url }, body: request.postData() });
		await route.fulfill({ status: answer.status, contentType: 'application/json', body: await answer.text() });
	});
	/* On a page of the same site: a frame of another one may have no storage either, and its chat ends with the tab's page. */
	await page.goto(`${desk.url}/demo`);
	const panel = await open_widget(page);
	await write(panel, 'No cookies for me');
	const { conversation } = await chat_of('No cookies for me');
	await ann.take(conversation);
	await panel.getByText('Ann Berger is here for you').waitFor();
	assert.deepEqual(await context.cookies(desk.url), []);
	await panel.locator('input[type=file]').setInputFiles({ name: 'lamp.png', mimeType: 'image/png', buffer: png });
	await until(() => panel.locator('a.picture img').evaluateAll((imgs) => imgs[0]?.naturalWidth === 8), 'the picture is shown');
	await panel.locator('input[type=file]').setInputFiles({ name: 'bell.wav', mimeType: 'audio/wav', buffer: wav });
	await until(() => panel.locator('audio').evaluateAll(([audio]) => (audio ? audio.src.startsWith('blob:') && audio.duration === 0.1 || [audio.src, audio.error?.message] : 'none')), 'the sound can be played');
	await page.reload();
	const again = await panel_of(page);
	await again.getByText('No cookies for me').first().waitFor();
});

test('a message that nobody looks at sounds once, counts on the launcher and flashes in the title; a look ends it', async () => {
	const context = await open_context(browser);
	contexts.push(context);
	await context.addInitScript(() => {
		window.tones = 0;
		window.AudioContext = class extends AudioContext {
			createOscillator() {
				const tone = super.createOscillator(), start = tone.start.bind(tone);
				tone.start = (at) => { window.tones++; start(at); };
				return tone;
			}
		};
	});
	const page = await context.newPage();
	await page.goto(`${desk.url}/demo`);
	const title = await page.title();
	const panel = await open_widget(page);
	await write(panel, 'Ring me, please');
	const { conversation } = await chat_of('Ring me, please');
	await ann.take(conversation);
	await panel.getByText('Ann Berger is here for you').waitFor();
	await ann.say(conversation, 'You look, so this is silent.');
	await panel.getByText('You look, so this is silent.').first().waitFor();
	assert.equal(await panel.evaluate(() => window.tones), 0);
	await page.evaluate(() => { window.counts = []; window.titles = new Set(); window.Softanswer.on('unread', (count) => window.counts.push(count));
		document.hasFocus = () => false;
		setInterval(() => window.titles.add(document.title), 50);
		window.Softanswer.close(); });
	await ann.say(conversation, 'Ring.');
	await until(() => page.evaluate(() => window.counts.at(-1) === 1), 'one unread');
	await until(() => panel.evaluate(() => window.tones === 1), 'it sounds');
	await ann.say(conversation, 'Ring, ring.');
	await until(() => page.evaluate(() => window.counts.at(-1) === 2), 'two unread');
	assert.equal(await panel.evaluate(() => window.tones), 1, 'one tone for a burst');
	await until(() => page.evaluate((own) => [...window.titles].some((each) => each.startsWith('(2) ')) && window.titles.has(own), title), 'the title flashes');
	await page.evaluate(() => { delete document.hasFocus; window.Softanswer.open(); });
	await until(() => page.evaluate(() => window.counts.at(-1) === 0), 'read');
	await until(async () => (await page.title()) === title, 'the title is its own again');
});

test('what is half written in an open chat survives a reload, and is sent once', async () => {
	const { page, panel, conversation } = await talking('I will be reloaded', { url: `${desk.url}/demo` });
	await panel.getByLabel('Your message').fill('Half a sentence');
	await until(() => panel.evaluate(() => Object.values(localStorage).some((value) => value.includes('Half a sentence'))), 'the draft is kept');
	await page.reload();
	const again = await panel_of(page);
	await until(async () => (await again.getByLabel('Your message').inputValue().catch(() => '')) === 'Half a sentence', 'the draft is back');
	await again.getByLabel('Your message').press('Enter');
	await again.locator('[role=log] article', { hasText: 'Half a sentence' }).waitFor();
	await until(async () => (await ann.ask('GET', `/conversations/${conversation}/items`)).items.filter(({ text }) => text === 'Half a sentence').length === 1, 'it is there once');
	await page.reload();
	const third = await panel_of(page);
	await third.locator('[role=log] article', { hasText: 'Half a sentence' }).waitFor();
	assert.equal(await third.getByLabel('Your message').inputValue(), '');
});

for (const [name, host] of [['a plain page', 'plain'], ['a strict policy that unsets everything', 'strict'], ['a right-to-left single page', 'single']])
	for (const viewport of [{ width: 1280, height: 800 }, phone])
		test(`by keyboard alone on ${name}, ${viewport.width} wide: open, ask, read, end, close`, async () => {
			const { page } = await come({ url: hosts[host].url, is_open: false, viewport });
			await page.locator('softanswer-chat').waitFor();
			const on_launcher = () => page.evaluate(() => document.activeElement?.tagName === 'SOFTANSWER-CHAT');
			for (let i = 0; i < 10 && !(await on_launcher()); i++)
				await page.keyboard.press('Tab');
			assert.equal(await on_launcher(), true, 'Tab comes to the launcher');
			await page.keyboard.press('Enter');
			const panel = await panel_of(page);
			const text = `By keyboard on ${host} ${viewport.width}`;
			await until(() => panel.evaluate(() => document.activeElement?.tagName === 'TEXTAREA'), 'the focus is in the composer');
			await page.keyboard.type(text);
			await page.keyboard.press('Enter');
			const { conversation } = await chat_of(text);
			await ann.take(conversation);
			await ann.say(conversation, 'Good day.');
			await panel.getByText('Good day.').first().waitFor();
			assert.ok(await sideways(panel) <= 0, 'the panel moves sideways');
			const box = await page.evaluate(() => {
				const { left, width } = document.querySelector('softanswer-chat').getBoundingClientRect();
				return { left, width, page: innerWidth };
			});
			if (viewport.width > 480)
				assert.ok(host === 'single' ? box.left < 100 : box.left > box.page - 150, `the launcher stands at the end of the line: ${JSON.stringify(box)}`);
			await page.keyboard.press('Escape');
			await until(on_launcher, 'the focus is back on the launcher');
		});

test('axe finds nothing in any state, light and dark, left to right and right to left, at 390 px; nothing moves sideways', async () => {
	const wrong = [];
	const look = async (page, panel, name) => {
		for (const scheme of name.startsWith('en-XA') ? ['light'] : ['light', 'dark']) {
			await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
			await until(() => panel.evaluate((wanted) => document.documentElement.dataset.theme === wanted, scheme), 'the theme');
			wrong.push(...(await axe_problems(page, scheme === 'dark' ? 'colours' : name.startsWith('en ') ? 'all' : 'layout')).filter((problem) => problem.startsWith('/widget/panel')).map((problem) => `${name} ${scheme}: ${problem}`));
			if (await sideways(panel) > 0)
				wrong.push(`${name} ${scheme}: moves sideways`);
		}
	};
	await change_site({ ask_email: 'required', consent_url: 'https://lamps.example/privacy', bulletin: 'A new catalogue is here.', colour: '#d9822b',
		fields: [{ label: 'Order number', kind: 'line' }, { label: 'What happened', kind: 'text' }, { label: 'Lamp', kind: 'choice', choices: ['Heron'] }, { label: 'I agree', kind: 'check', is_required: true }] });
	for (const language of ['en', 'ar-XB', 'en-XA']) {
		const say = async (panel, text) => {
			await panel.locator('.composer textarea').fill(text);
			await panel.locator('.composer textarea').press('Enter');
		};
		await ann.status('online');
		const { page, panel } = await come({ url: `${hosts.plain.url}/?language=${language}`, viewport: phone });
		assert.equal(await panel.evaluate(() => document.documentElement.dir), language === 'ar-XB' ? 'rtl' : 'ltr');
		await look(page, panel, `${language} start`);
		await say(panel, 'Nothing filled in');
		await panel.locator('.error').first().waitFor();
		await look(page, panel, `${language} missing`);
		await panel.locator('input[type=email]').fill('a@b.example');
		await panel.locator('input[type=checkbox]').check();
		const text = `Axe ${language}`;
		await say(panel, text);
		const { conversation } = await chat_of(text);
		await panel.locator('.waiting').waitFor();
		await look(page, panel, `${language} waiting`);
		await ann.take(conversation);
		await ann.say(conversation, 'See https://lamps.example and `code`');
		await panel.locator('input[type=file]').setInputFiles([{ name: 'lamp.png', mimeType: 'image/png', buffer: png }, { name: 'a long name of a file that has to be broken somewhere.txt', mimeType: 'text/plain', buffer: Buffer.from('x') }]);
		await panel.locator('a.row').waitFor();
		await panel.locator('header button[aria-expanded]').click();
		await look(page, panel, `${language} talking`);
		await panel.locator('.more button').first().click();
		await panel.locator('dialog[open]').waitFor();
		await look(page, panel, `${language} transcript`);
		await page.keyboard.press('Escape');
		await ann.end(conversation);
		await panel.locator('.scores input').first().check();
		await look(page, panel, `${language} rating`);
		await ann.status('away');
		const shut = await come({ url: `${hosts.plain.url}/?language=${language}`, viewport: phone });
		await look(shut.page, shut.panel, `${language} form`);
		await page.context().close();
		await shut.context.close();
	}
	assert.deepEqual(wrong, []);
});
