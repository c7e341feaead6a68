/*
 * Journeys of the advisors: what three of them do with chats in a day, at the same time where it matters.
 *
 * Ann leads, Ben and Cleo answer; visitors speak HTTP. They follow one another on one desk, and each begins its own chats.
 */
import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { advisor, join_desk, visitor } from './actors.mjs';
import { admin, axe_problems, Desk, kept, listen_in, open_browser, open_context, pause, set_up, sideways, until } from './kit.mjs';

const phone = { width: 390, height: 844 };
const ben_is = { email: 'ben@lantern.example', password: 'another long secret' };
const cleo_is = { email: 'cleo@lantern.example', password: 'one more long secret' };
const picture = 'iVBORw0KGgoAAAANSUhEUgAAAAgAAAAICAIAAABLbSncAAAAEUlEQVR4nGPgi0rEihiGlgQAjiUyQYXLHoIAAAAASUVORK5CYII=';
let desk, browser, contexts = [], ann, ben, cleo, ann_api, ben_api, cleo_api, guests = [], count = 0;

async function sign_in(who, options = {}) {
	const context = await open_context(browser, options);
	contexts.push(context);
	await listen_in(context);
	const page = await context.newPage();
	await page.goto(`${desk.url}/sign-in`);
	await page.getByLabel('E-mail').fill(who.email);
	await page.getByLabel('Password').fill(who.password);
	await page.getByRole('button', { name: 'Sign in' }).click();
	await page.waitForURL('**/w/inbox');
	await page.getByRole('heading', { name: 'Waiting' }).waitFor();
	return page;
}

/* Opens a chat of `name`, taken by `api` if given. */
async function guest(name, text, api = null, more = {}) {
	const one = await visitor(desk, { name, text, ...more });
	guests.push(one);
	if (api)
		await api.take(one.conversation);
	return one;
}

async function open(page, conversation, view = 'inbox') {
	await page.goto(`${desk.url}/w/${view}/${conversation}`);
	await page.locator('[role=log] article, [role=log] .event').first().waitFor();
}

const row = (page, conversation) => page.locator(`[data-chat="${conversation}"]`);
const box = (page, name = 'Message') => page.getByRole('textbox', { name, exact: true });
const items_of = (one) => one.call('GET', `/conversations/${one.conversation}/items?since=0&limit=200`).then((answer) => answer.items);

async function send_file(one, name, bytes) {
	const id = `file-${Date.now()}-${++count}`;
	const files = `/conversations/${one.conversation}/files`;
	const { file } = await one.call('POST', files, { id, name, size: bytes.length });
	const put = await fetch(`${desk.url}/api/v1${files}/${file}/parts/0`, { method: 'PUT', body: bytes,
		headers: { Origin: desk.url, 'Content-Type': 'application/octet-stream', ...one.headers } });
	assert.ok(put.ok, `part: ${put.status} ${await put.text()}`);
	return one.call('POST', `${files}/${file}/finish`, {});
}

before(async () => {
	desk = await Desk.start({ settings: ['floods=off'] });
	browser = await open_browser();
	const opening = await open_context(browser);
	await set_up(await opening.newPage(), desk);
	await opening.close();
	ann_api = await advisor(desk, admin);
	for (const [who, name] of [[ben_is, 'Ben Okafor'], [cleo_is, 'Cleo Marsh']])
		await join_desk(desk, await ann_api.invite({ name, email: who.email, role: 'advisor' }), who);
	/* They pick from the line here; offers have journeys of their own (journeys_seats.mjs). */
	await ann_api.call('PUT', '/desk', { offers: 'no' });
	ben_api = await advisor(desk, ben_is);
	cleo_api = await advisor(desk, cleo_is);
	for (const each of [ann_api, ben_api, cleo_api])
		await each.status('online');
	const people = (await ann_api.call('GET', '/people')).people;
	const id_of = (name) => people.find((person) => person.name.startsWith(name)).id;
	await ann_api.call('POST', '/teams', { id: 'team-0001', name: 'Returns', members: [id_of('Ben'), id_of('Cleo')] });
	await ann_api.call('POST', '/answers', { shortcut: 'zz-hello', title: 'Greeting', scope: 'all', text: 'Hello {{visitor.name}}, {{me.name}} of {{desk.name}} here.' });
	await ann_api.call('POST', '/answers', { shortcut: 'zz-about', title: 'About', scope: 'all', text: 'About {{topic}}: we are looking.' });
	[ann, ben, cleo] = [await sign_in(admin), await sign_in(ben_is), await sign_in(cleo_is)];
});

after(async () => {
	const problems = contexts.flatMap((context) => context.problems);
	await browser?.close();
	await desk?.stop();
	assert.deepEqual(problems, [], 'the pages met errors or their policy');
});

/* Chats of a journey that broke are in nobody's way. */
afterEach(async () => {
	for (const one of guests.splice(0))
		await one.end().catch(() => undefined);
});

test('rows say who waits how long, what is unread and unanswered, whose it is and for which team', async () => {
	const mine = await guest('Rosa Field', 'Is the clay red?', ann_api);
	const other = await guest('Otto Grün', 'Do you post to Chile?', ben_api);
	await other.say('Hello?');
	const waits = await guest('Nadia Wait', 'Anybody there?');
	await row(ann, waits.conversation).getByText('Anybody there?').waitFor();
	await row(ann, mine.conversation).locator('.unread').getByText('1', { exact: true }).waitFor();
	assert.match(await row(ann, mine.conversation).innerText(), /unanswered/);
	assert.match(await row(ann, waits.conversation).innerText(), /waiting/);
	await ann.getByRole('link', { name: /^All open/ }).click();
	await row(ann, other.conversation).getByText('Ben Okafor').waitFor();
	await row(ann, other.conversation).getByText('2 unread').waitFor({ state: 'attached' });
	await row(ann, mine.conversation).click();
	await until(async () => (await row(ann, mine.conversation).locator('.unread').count()) === 0, 'what is looked at is read');
	for (const [name, view] of [['Owed', 'owed'], ['Closed', 'closed'], ['Inbox', 'inbox']]) {
		await ann.getByRole('navigation', { name: 'Chats' }).getByRole('link', { name: new RegExp(`^${name}`) }).click();
		await ann.waitForURL(`**/w/${view}`);
	}
	assert.equal(await ann.getByRole('link', { name: 'Team' }).count(), 0, 'who is in no team has no such view');
	await mine.end();
	await other.end();
	await waits.end();
});

test('nothing moves under the pointer: what changes waits, what is new stands behind a pill', async () => {
	const first = await guest('First Waits', 'one'), second = await guest('Second Waits', 'two');
	await ann.goto(`${desk.url}/w/inbox`);
	await row(ann, second.conversation).waitFor();
	const place = async () => (await row(ann, second.conversation).boundingBox()).y;
	await row(ann, second.conversation).hover();
	const before_it = await place();
	await ben_api.take(first.conversation);
	const third = await guest('Third Waits', 'three');
	await ann.getByRole('button', { name: '1 new' }).waitFor();
	assert.equal(await place(), before_it, 'the row under the pointer stays');
	await row(ann, first.conversation).getByText('Ben Okafor').waitFor();
	await ann.mouse.move(900, 500);
	await row(ann, third.conversation).waitFor();
	assert.ok(await place() < before_it, 'when the pointer is gone the list closes up');
	for (const one of [first, second, third])
		await one.end();
});

test('colleagues see who looks and who writes, and are warned at sending if one answered meanwhile', async () => {
	const one = await guest('Vera Two', 'Who is there?', ben_api);
	const ann_id = (await ann_api.call('GET', '/me')).id;
	await ben_api.call('POST', `/conversations/${one.conversation}/invite`, { person: ann_id });
	await open(ann, one.conversation);
	await open(ben, one.conversation);
	await ann.getByText('Ben Okafor is looking').first().waitFor();
	await cleo.goto(`${desk.url}/w/all`);
	await row(cleo, one.conversation).getByText('Ann Berger is looking').waitFor({ state: 'attached' });
	await box(ben).pressSequentially('We are, ');
	await ann.getByText('Ben Okafor is writing too').first().waitFor();
	await box(ann).fill('I am here.');
	await ann.keyboard.press('Enter');
	await ben.getByRole('log').getByText('I am here.').waitFor();
	await box(ben).press('Enter');
	await ben.getByText('Ann Berger answered meanwhile:').waitFor();
	assert.equal((await items_of(one)).filter((item) => item.text === 'We are,').length, 0, 'not sent yet');
	assert.equal(await box(ben).inputValue(), 'We are, ', 'what was written stays');
	await ben.getByRole('button', { name: 'Send anyway' }).click();
	await until(async () => (await items_of(one)).some((item) => item.text === 'We are,'), 'sent after the second word');
	await ann.goto(`${desk.url}/w/inbox`);
	await until(async () => (await ben.getByText('Ann Berger is').count()) === 0 || await ben.locator('.presence').innerText(), 'who goes is gone');
	await one.end();
});

test('a slash proposes canned answers, filled in; what is not known stops the first sending kindly', async () => {
	const one = await guest('Iris Calder', 'Hello', ann_api);
	await open(ann, one.conversation);
	await box(ann).pressSequentially('/zz-h');
	await ann.getByRole('option', { name: /zz-hello/ }).waitFor();
	await ann.getByText('Hello Iris Calder, Ann Berger of Lantern & Co. here.').waitFor();
	assert.equal(await box(ann).getAttribute('aria-activedescendant'), await ann.getByRole('option', { name: /zz-hello/ }).getAttribute('id'));
	await ann.keyboard.press('Enter');
	assert.equal(await box(ann).inputValue(), 'Hello Iris Calder, Ann Berger of Lantern & Co. here.');
	await ann.keyboard.press('Enter');
	await until(async () => (await items_of(one)).some((item) => item.text === 'Hello Iris Calder, Ann Berger of Lantern & Co. here.'), 'sent');
	await box(ann).pressSequentially('/zz');
	await ann.keyboard.press('ArrowDown');
	await ann.keyboard.press('Escape');
	assert.equal(await ann.getByRole('listbox', { name: 'Canned answers' }).count(), 0);
	await box(ann).fill('');
	await box(ann).fill('/zz-about');
	await ann.keyboard.press('Tab');
	await ann.keyboard.press('Enter');
	await ann.getByText('“topic” is not known here.').waitFor();
	assert.equal(await ann.evaluate(() => { const area = document.activeElement; return area.value.slice(area.selectionStart, area.selectionEnd); }), '{{topic}}');
	await ann.keyboard.type('your order');
	await ann.keyboard.press('Enter');
	await until(async () => (await items_of(one)).some((item) => item.text === 'About your order: we are looking.'), 'sent filled in');
	await one.end();
});

test('a draft is on the desk in two seconds, goes on at another machine, and never comes back once sent', async () => {
	const one = await guest('Dora Draft', 'Hello', ann_api);
	await open(ann, one.conversation);
	await box(ann).pressSequentially('Half a sent');
	await ann.keyboard.press('Escape');
	await ann.keyboard.press('n');
	await box(ann, 'Note').pressSequentially('a note as well');
	await until(async () => (await ann_api.call('GET', '/me/drafts')).drafts.length === 2, 'two drafts on the desk', 5000);
	const other = await sign_in(admin);
	await row(other, one.conversation).getByText('Draft', { exact: true }).waitFor();
	await row(other, one.conversation).click();
	await until(async () => (await box(other).inputValue()) === 'Half a sent', 'the draft at the other machine');
	await box(other).press('End');
	await box(other).pressSequentially('ence.');
	await other.keyboard.press('Enter');
	await until(async () => (await items_of(one)).some((item) => item.text === 'Half a sentence.'), 'sent there');
	await ann.keyboard.press('Escape');
	await ann.keyboard.press('r');
	await until(async () => (await box(ann).inputValue()) === '', 'what was sent elsewhere is gone here');
	await ann.reload();
	await box(ann).waitFor();
	assert.equal(await box(ann).inputValue(), '');
	await ann.getByRole('button', { name: 'Note', exact: true }).click();
	assert.equal(await box(ann, 'Note').inputValue(), 'a note as well', 'the draft of another mode stays');
	await box(ann, 'Note').fill('');
	await other.context().close();
	await one.end();
});

test('Enter or Ctrl+Enter sends, as one likes', async () => {
	const one = await guest('Kay Enter', 'Hello', ann_api);
	await ann.goto(`${desk.url}/w/account`);
	await ann.getByLabel('Sending').selectOption('mod');
	await open(ann, one.conversation);
	await box(ann).pressSequentially('first');
	await ann.keyboard.press('Enter');
	await ann.keyboard.type('second');
	assert.equal(await box(ann).inputValue(), 'first\nsecond');
	await ann.keyboard.press('Control+Enter');
	await until(async () => (await items_of(one)).some((item) => item.text === 'first\nsecond'), 'sent');
	await ann.goto(`${desk.url}/w/account`);
	await ann.getByLabel('Sending').selectOption('enter');
	await one.end();
});

test('three at once: to a team with a word, taken there, a guest, and a lead who whispers unseen', async () => {
	const one = await guest('Tilda Three', 'The jug is cracked', ann_api);
	await open(ann, one.conversation);
	await ann.getByRole('button', { name: 'Hand on' }).click();
	await ann.getByRole('radio', { name: /Returns/ }).check();
	await ann.getByLabel('A word for them').fill('Third crack this week');
	await ann.getByRole('dialog').getByRole('button', { name: 'Hand on' }).click();
	await ann.getByText('Handed to Returns').waitFor();
	await ben.goto(`${desk.url}/w/team`);
	await ben.getByRole('heading', { name: 'Returns' }).waitFor();
	await row(ben, one.conversation).click();
	await ben.getByText('Third crack this week').first().waitFor();
	await ben.getByText('Ann Berger handed the chat to the team Returns').waitFor();
	await ben.getByRole('button', { name: 'Take', exact: true, disabled: false }).waitFor();
	await ben.keyboard.press('t');
	await box(ben).waitFor();
	await ben.keyboard.press('a');
	await ben.getByRole('radio', { name: /Cleo Marsh/ }).check();
	await ben.getByRole('dialog').getByRole('button', { name: 'Invite' }).click();
	await open(cleo, one.conversation);
	await box(cleo).fill('I know these jugs.');
	await cleo.keyboard.press('Enter');
	await ben.getByRole('log').getByText('I know these jugs.').waitFor();
	await open(ann, one.conversation, 'all');
	await ann.getByText('You read along unseen').waitFor();
	assert.equal(await box(ann).count(), 0, 'who reads along has no way to write to the visitor');
	await ann.keyboard.press('w');
	await box(ann, 'Whisper').fill('Offer the blue one');
	await ann.keyboard.press('Enter');
	await ben.locator('article.whisper', { hasText: 'Offer the blue one' }).waitFor();
	await ben.getByText('Ann Berger whispers').waitFor();
	const texts = JSON.stringify(await items_of(one));
	assert.ok(texts.includes('I know these jugs.'));
	for (const secret of ['Offer the blue one', 'Third crack', 'whisper'])
		assert.ok(!texts.includes(secret), `the visitor is shown ${secret}`);
	await cleo.getByRole('button', { name: 'More', exact: true }).click();
	await cleo.locator('#main').getByRole('button', { name: 'Leave this chat' }).click();
	await ben.getByRole('log').getByText('Cleo Marsh left').waitFor();
	await ben.keyboard.press('h');
	await ben.getByRole('radio', { name: /Ann Berger/ }).check();
	await ben.getByRole('dialog').getByRole('button', { name: 'Hand on' }).click();
	await ann.getByRole('button', { name: 'Message', exact: true }).waitFor();
	await one.end();
});

test('an end asks for topic and outcome; what is owed needs an address, and is kept, undone, kept', async () => {
	const one = await guest('Olga Owed', 'When is the lamp back?', ann_api);
	await open(ann, one.conversation);
	await ann.keyboard.press('e');
	await ann.getByLabel('What was it about?').fill('Lamps');
	await ann.getByLabel('We owe an answer').check();
	await ann.getByLabel('What do we owe?').fill('When the lamp is back');
	await ann.getByRole('button', { name: 'End this chat' }).click();
	await ann.getByRole('dialog').waitFor();
	assert.ok(await ann.getByLabel('Their e-mail address').evaluate((field) => !field.validity.valid), 'no address, no end');
	await ann.getByLabel('Their e-mail address').fill('olga@mail.example');
	await ann.getByRole('button', { name: 'End this chat' }).click();
	await ann.getByText('This chat has ended, but an answer is owed').waitFor();
	await ann.getByRole('link', { name: /^Owed/ }).click();
	await ann.locator('[data-owed]', { hasText: 'When the lamp is back' }).click();
	await ann.getByRole('link', { name: 'olga@mail.example' }).first().waitFor();
	await box(ann).fill('It is back on Friday.');
	await ann.keyboard.press('Enter');
	await until(async () => (await items_of(one)).some((item) => item.text === 'It is back on Friday.'), 'said while it is owed');
	await ann.getByRole('button', { name: 'Mark as kept' }).first().click();
	await until(async () => (await ann.locator('[data-owed]').count()) === 0, 'kept at once');
	await ann.getByRole('button', { name: /Undo/ }).click();
	await ann.locator('[data-owed]').waitFor();
	assert.equal((await ann_api.call('GET', '/promises?view=open')).promises.length, 1, 'undone before it was said');
	await ann.getByRole('button', { name: 'Mark as kept' }).first().click();
	await until(async () => (await ann_api.call('GET', '/promises?view=open')).promises.length === 0, 'kept');
	await ann.getByText('Nothing is owed').waitFor();
	await ann.goto(`${desk.url}/w/closed/${one.conversation}`);
	await ann.getByRole('region', { name: 'Details' }).getByText('Lamps').waitFor();
});

test('files go both ways: seen in place, sent by button and by paste', async () => {
	const one = await guest('Fay File', 'Here is a picture', ann_api);
	await send_file(one, 'crack <b>.png', Buffer.from(picture, 'base64'));
	await open(ann, one.conversation);
	const seen = ann.getByRole('log').getByRole('img', { name: 'crack _b_.png' });
	await seen.waitFor();
	await until(() => seen.evaluate((image) => image.complete && image.naturalWidth === 8), 'the picture is drawn');
	const [chooser] = await Promise.all([ann.waitForEvent('filechooser'), ann.getByRole('button', { name: 'Send a file' }).click()]);
	await chooser.setFiles({ name: 'manual.txt', mimeType: 'text/plain', buffer: Buffer.from('Turn it on.') });
	await until(async () => (await items_of(one)).some((item) => item.file?.name === 'manual.txt'), 'sent by button');
	await ann.evaluate((base64) => {
		const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
		const data = new DataTransfer();
		data.items.add(new File([bytes], 'pasted.png', { type: 'image/png' }));
		document.querySelector('.composer textarea').dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
	}, picture);
	await until(async () => (await items_of(one)).some((item) => item.file?.name === 'pasted.png'), 'sent by paste');
	await ann.getByRole('link', { name: /Download manual.txt/ }).waitFor();
	await one.end();
});

test('receipts: sent, delivered, seen; and the visitor reads what the advisor has seen', async () => {
	const one = await guest('Rita Receipt', 'Hello', ann_api);
	await open(ann, one.conversation);
	await until(async () => (await one.call('GET', `/conversations/${one.conversation}/items?since=0`)).readings.staff?.seen >= 2, 'seen by staff');
	await box(ann).fill('Good morning');
	await ann.keyboard.press('Enter');
	const state = ann.locator('article .state').last();
	await until(async () => (await state.innerText()) === 'Sent', 'sent');
	const { seq } = (await items_of(one)).find((item) => item.text === 'Good morning');
	await one.call('POST', `/conversations/${one.conversation}/reading`, { delivered: seq });
	await until(async () => (await state.innerText()) === 'Delivered', 'delivered');
	await one.call('POST', `/conversations/${one.conversation}/reading`, { seen: seq });
	await until(async () => (await state.innerText()) === 'Seen', 'seen');
	await one.end();
});

test('the right pane knows the pages as they are visited, notes, and the rating', async () => {
	const one = await guest('Paula Page', 'Hello', ann_api, { email: 'paula@mail.example', topic: 'Seeds', page: 'https://shop.example/start' });
	await open(ann, one.conversation);
	const pane = ann.getByRole('region', { name: 'Details' });
	await pane.getByText('Seeds').waitFor();
	await one.call('POST', '/trail', { url: 'https://shop.example/seeds/beans', title: 'Beans' });
	await pane.getByRole('link', { name: 'Beans' }).waitFor();
	await one.call('POST', '/trail', { url: 'https://shop.example/seeds/peas', title: '<i>Peas</i>' });
	await until(async () => (await pane.locator('li.is_now').innerText()).startsWith('<i>Peas</i>'), 'the newest page comes first');
	await one.end();
	await one.call('POST', `/conversations/${one.conversation}/rating`, { score: 4, comment: 'Quick and kind' });
	await pane.getByText('Quick and kind').waitFor();
	await pane.getByText('4 of 5').waitFor();
	await ann.getByRole('log').getByText('rated the chat 4 of 5').waitFor();
});

test('a visitor is blocked: for how long and why', async () => {
	const one = await guest('Mallory', 'spam spam spam', ann_api);
	await open(ann, one.conversation);
	await ann.getByRole('button', { name: 'More', exact: true }).click();
	await ann.keyboard.press('ArrowUp');
	await ann.keyboard.press('Enter');
	await ann.getByLabel('For how long').selectOption({ label: 'A week' });
	await ann.getByLabel('Why').fill('Advertises');
	await ann.getByRole('button', { name: 'Block', exact: true }).click();
	await ann.getByText('Mallory is blocked').waitFor();
	await ann.getByText('This chat has ended.').waitFor();
	const { blocks } = await ann_api.call('GET', '/blocks');
	assert.equal(blocks[0].reason, 'Advertises');
	await assert.rejects(one.again('again'));
});

test('one sound for a burst and in one tab only, a notification where nobody looks, marks in title and icon', async () => {
	const second = await ben.context().newPage();
	await second.goto(`${desk.url}/w/inbox`);
	await second.getByRole('heading', { name: 'Waiting' }).waitFor();
	await ben.goto(`${desk.url}/w/inbox`);
	for (const page of [second, ben])
		await page.mouse.click(700, 500);
	await ben.getByRole('button', { name: 'Yes, show notifications' }).click();
	await until(async () => (await ben.getByRole('button', { name: 'Yes, show notifications' }).count()) === 0, 'asked once');
	assert.ok(await ben.evaluate(async () => Boolean(await navigator.serviceWorker.ready)), 'the service worker runs under the policy');
	await ben.evaluate(() => { localStorage.setItem('heard', '[]'); localStorage.removeItem('softanswer.rang'); document.hasFocus = () => false; });
	await second.evaluate(() => { document.hasFocus = () => false; });
	const burst = await Promise.all(['Una', 'Duo', 'Tre'].map((name) => guest(name, `It is ${name}`)));
	await row(ben, burst[2].conversation).waitFor();
	await row(second, burst[2].conversation).waitFor();
	await until(async () => (await kept(ben, 'notified')).length === 3, 'three notifications, one each');
	assert.equal((await kept(ben, 'heard')).length, 2, 'one sound, of two notes');
	assert.match(await ben.title(), /^\(\d+\)/);
	assert.match(await ben.locator('link[rel=icon]').getAttribute('href'), /badge/);
	await ben.goto(`${desk.url}/w/account`);
	await ben.getByLabel('Sound for new chats and messages').uncheck();
	assert.equal(await ben.evaluate(() => localStorage.getItem('softanswer.sound')), 'off');
	await ben.getByLabel('Sound for new chats and messages').check();
	for (const one of burst)
		await one.end();
	await second.close();
});

test('the palette and the list of keys come from one table, and single keys can be turned off', async () => {
	const one = await guest('Key Board', 'Hello', ann_api);
	await open(ann, one.conversation);
	await ann.keyboard.press('?');
	for (const label of ['Write a whisper', 'Ask a colleague to join', 'Go to what is owed'])
		await ann.getByRole('dialog').getByText(label).waitFor();
	await ann.keyboard.press('Escape');
	await ann.keyboard.press('Control+k');
	await ann.keyboard.type('block');
	await ann.keyboard.press('Enter');
	await ann.getByRole('heading', { name: 'Block this visitor' }).waitFor();
	await ann.keyboard.press('Escape');
	for (const [key, view] of [['2', 'all'], ['4', 'owed'], ['3', 'closed'], ['1', 'inbox']]) {
		await ann.keyboard.press(key);
		await ann.waitForURL(`**/w/${view}`);
	}
	await ann.goto(`${desk.url}/w/account`);
	await ann.getByLabel('Single keys act as shortcuts').uncheck();
	await ann.getByRole('heading', { name: 'Your account' }).click();
	await ann.keyboard.press('3');
	await ann.keyboard.press('Control+k');
	await ann.getByRole('combobox', { name: 'What would you like to do?' }).waitFor();
	await ann.keyboard.press('Escape');
	assert.match(ann.url(), /account$/, 'a single key did nothing');
	await ann.getByLabel('Single keys act as shortcuts').check();
	await one.end();
});

test('a whole chat without a mouse', async () => {
	const one = await guest('Keys Only', 'Can you hear the keys?');
	await ann.goto(`${desk.url}/w/waiting`);
	await row(ann, one.conversation).waitFor();
	await ann.keyboard.press('j');
	await ann.getByRole('heading', { name: 'Keys Only' }).waitFor();
	await ann.getByRole('button', { name: 'Take', exact: true, disabled: false }).waitFor();
	await ann.keyboard.press('t');
	await box(ann).waitFor();
	await ann.keyboard.press('r');
	await until(() => box(ann).evaluate((area) => area === document.activeElement), 'the composer has the focus');
	await ann.keyboard.type('/zz-h');
	await ann.getByRole('option').first().waitFor();
	await ann.keyboard.press('Enter');
	await ann.keyboard.press('Enter');
	await until(async () => (await items_of(one)).some((item) => item.text?.startsWith('Hello Keys Only')), 'answered');
	await ann.keyboard.press('Escape');
	await ann.keyboard.press('e');
	await ann.getByRole('dialog').waitFor();
	await ann.keyboard.type('Keys');
	await ann.keyboard.press('Enter');
	await ann.getByText('This chat has ended.').waitFor();
	await until(() => ann.evaluate(() => document.activeElement !== null && !document.querySelector('dialog')), 'the focus is back');
});

test('every state is free of axe\'s violations and moves sideways nowhere: both themes, both directions', async () => {
	const one = await guest('Very Long Name Of Somebody Who Likes To Be Called By All Of It', 'Hello '.repeat(60), ann_api, { email: 'long.address.of.somebody@a-very-long-domain.example', topic: 'A topic' });
	const arabic = await guest('ليلى', 'مرحبا', ann_api);
	const owed = await guest('Owed One', 'Hello', ann_api, { email: 'owed@mail.example' });
	await ann_api.call('POST', `/conversations/${owed.conversation}/end`, { owed: 'The price of the long table, with the bench and the delivery to the island' });
	await send_file(one, 'picture.png', Buffer.from(picture, 'base64'));
	await one.call('POST', '/trail', { url: 'https://shop.example/a/long/way/to/go', title: 'A page whose title is longer than what the pane has room for' });
	await ann_api.note(one.conversation, 'a note');
	await ann_api.call('POST', `/conversations/${one.conversation}/whispers`, { id: 'whisper-0001', text: 'a whisper' });
	await open(ben, one.conversation, 'all');
	const wrong = [];
	const look = async (name) => {
		for (const scheme of ['light', 'dark'])
			for (const size of [{ width: 1440, height: 900 }, { width: 1024, height: 768 }, phone, { width: 320, height: 640 }]) {
				await ann.setViewportSize(size);
				await ann.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
				await pause(60);
				const pane = ann.locator('.detail');
				if (await pane.count() && await pane.evaluate((each) => each.scrollWidth > each.clientWidth))
					wrong.push(`${name} ${size.width}: the right pane moves sideways`);
				if (await sideways(ann) > 0)
					wrong.push(`${name} ${size.width}: moves sideways by ${await sideways(ann)}`);
				/* In the dark wide in the one direction and narrow in the other. */
				if (scheme === 'light' ? size.width === 1440 || size.width === 390 : size.width === (name.startsWith('en') ? 1440 : 390))
					wrong.push(...(await axe_problems(ann, scheme === 'dark' ? 'colours' : name.startsWith('en') ? 'all' : 'layout')).map((problem) => `${name} ${scheme} ${size.width}: ${problem}`));
			}
		await ann.setViewportSize({ width: 1440, height: 900 });
	};
	for (const language of ['en', 'ar-XB']) {
		await ann.evaluate((tag) => localStorage.setItem('softanswer.language', tag), language);
		for (const place of ['team', 'owed', `owed/${owed.conversation}`, `inbox/${arabic.conversation}`, `inbox/${one.conversation}`]) {
			await ann.goto(`${desk.url}/w/${place}`);
			await ann.getByText('Ann Berger').first().waitFor();
			await pause(500);
			await look(`${language} ${place}`);
		}
		for (const key of ['w', 'n', 'h', 'a', 'e']) {
			await ann.locator('.place').first().evaluate(() => document.activeElement?.blur());
			await ann.keyboard.press(key);
			await pause(150);
			await look(`${language} ${key}`);
			await ann.keyboard.press('Escape');
			await pause(100);
		}
		await ann.keyboard.press('r');
		await ann.keyboard.type('/zz');
		await ann.getByRole('option').first().waitFor();
		await look(`${language} canned`);
		await ann.keyboard.press('Escape');
		await ann.locator('.composer textarea').fill('');
	}
	await ann.evaluate(() => localStorage.setItem('softanswer.language', 'en'));
	await ann.goto(`${desk.url}/w/inbox`);
	await ann.getByRole('heading', { name: 'Waiting' }).waitFor();
	for (const each of [one, arabic])
		await each.end();
	assert.deepEqual(wrong, []);
});

test('a chat on a phone: take, canned answer, file, end with something owed', async () => {
	const page = await sign_in(ben_is, { viewport: phone, hasTouch: true, isMobile: true });
	const one = await guest('Pocket Pia', 'Is it heavy?', null, { email: 'pia@mail.example' });
	await row(page, one.conversation).tap();
	await page.getByRole('button', { name: 'Take', exact: true }).tap();
	await box(page).fill('/zz-hello');
	await page.getByRole('option', { name: /zz-hello/ }).tap();
	await page.getByRole('button', { name: 'Send', exact: true }).tap();
	await until(async () => (await items_of(one)).some((item) => item.text?.startsWith('Hello Pocket Pia')), 'answered');
	await page.getByRole('button', { name: 'End', exact: true }).tap();
	await page.getByLabel('We owe an answer').check();
	await page.getByLabel('What do we owe?').fill('Its weight');
	await page.getByRole('button', { name: 'End this chat' }).tap();
	await page.getByText('an answer is owed').first().waitFor();
	assert.equal(await sideways(page), 0);
	await page.getByRole('link', { name: 'Back to the list' }).tap();
	await page.getByRole('link', { name: /^Owed/ }).tap();
	await page.locator('[data-owed]', { hasText: 'Its weight' }).waitFor();
});

