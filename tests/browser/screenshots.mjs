/*
 * Pictures of every page, to be looked at: light, dark, phone.
 *     node tests/browser/screenshots.mjs FOLDER [PATTERN]
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { advisor, join_desk, visitor } from './actors.mjs';
import { admin, Desk, open_browser, open_context, open_widget, panel_of, pause, set_up } from './kit.mjs';

const folder = process.argv[2] ?? 'screenshots';
const pattern = new RegExp(process.argv[3] ?? '.');
mkdirSync(folder, { recursive: true });

const wide = { width: 1440, height: 900 }, middle = { width: 1024, height: 768 }, phone = { width: 390, height: 844 };
const desk = await Desk.start({ settings: ['floods=off'] });
const browser = await open_browser();

async function shoot(page, name, sizes = { '': wide, '-phone': phone }) {
	for (const [size_name, size] of Object.entries(sizes)) {
		await page.setViewportSize(size);
		for (const scheme of ['light', 'dark']) {
			const file = `${name}${size_name}-${scheme}.png`;
			if (!pattern.test(file))
				continue;
			await page.emulateMedia({ colorScheme: scheme });
			await pause(250);
			await page.screenshot({ path: join(folder, file) });
		}
	}
	await page.setViewportSize(wide);
}

async function fill(ann) {
	const ben = { email: 'ben@lantern.example', password: 'another long secret' };
	await join_desk(desk, await ann.invite({ name: 'Ben Okafor', email: ben.email, role: 'advisor' }), ben);
	const other = await advisor(desk, ben);
	await other.status('online');
	await ann.status('online');
	await ann.invite({ name: 'Cleo Marsh', email: 'cleo@lantern.example', role: 'backup' });

	const iris = await visitor(desk, { name: 'Iris Calder', email: 'iris.calder@mail.example', page: 'https://lamp-and-larch.example/seeds/first-garden',
		text: 'Is the seed calendar in the box printed for the north as well?' });
	await ann.take(iris.conversation);
	await ann.say(iris.conversation, 'Yes: it has a column for each region, yours begins in April.');
	await iris.say('Lovely, thank you!');
	await iris.end();
	await iris.again('Me again. The jug I ordered on Monday has a crack near the handle. What shall I do with it?');
	await ann.take(iris.conversation);
	await ann.note(iris.conversation, 'Order 20417, jug in clay red. Third crack from this batch this week: told the warehouse.');
	await ann.say(iris.conversation, 'Oh no, I am sorry about that. You need not send it back; I am putting a new one on today’s post.');
	await ann.say(iris.conversation, 'Would you like the same colour again? They are here: https://lamp-and-larch.example/jugs');
	await iris.say('That is very kind. The same colour, please.');
	await iris.say('And if it goes to my office instead, even better: 14 Mill Lane.');

	await iris.call('POST', '/trail', { url: 'https://lamp-and-larch.example/jugs', title: 'Jugs and pitchers' });
	await iris.call('POST', '/trail', { url: 'https://lamp-and-larch.example/jugs/clay-red', title: 'Jug, clay red' });
	const { people } = await ann.call('GET', '/people');
	const id_of = (name) => people.find((person) => person.name.startsWith(name)).id;
	await ann.call('POST', '/teams', { id: 'team-0001', name: 'Returns', members: [id_of('Ann'), id_of('Ben')] });
	for (const [shortcut, title, text] of [['larch-thanks', 'Thanks for waiting', 'Thank you for waiting, {{visitor.name}}. I have it here in front of me.'],
		['larch-return', 'Nothing to send back', 'You need not send it back. {{me.name}} of {{desk.name}} has a new one on its way to you.']])
		await ann.call('POST', '/answers', { shortcut, title, text, scope: 'all' });
	for (const [name, owed] of [['Gus Holm', 'When the oak bench is back, and whether it comes in two parcels'], ['Maya Lind', 'The washing instructions for the wool blanket, in French']]) {
		const promised = await visitor(desk, { name, email: 'someone@mail.example', text: 'Can you find that out for me?' });
		await ann.take(promised.conversation);
		await ann.call('POST', `/conversations/${promised.conversation}/end`, { outcome: 'owed', owed });
	}

	const tom = await visitor(desk, { name: 'Tom Reyes', text: 'Does the reading lamp take an ordinary bulb?', page: 'https://lamp-and-larch.example/lamps/heron' });
	await ann.take(tom.conversation);
	await ann.say(tom.conversation, 'It does: E27, up to 40 watts.');
	const vera = await visitor(desk, { name: 'Vera Lindqvist', email: 'vera@mail.example', text: 'Is the blanket washable?' });
	await other.take(vera.conversation);
	await other.say(vera.conversation, 'By hand, in cool water. It dries in a day.');
	await visitor(desk, { name: 'Noor', text: 'What is the DVD’s region? I live in Canada and our player is rather picky about it.', page: 'https://lamp-and-larch.example/films' });
	await visitor(desk, { text: 'hello? anybody there' });
	for (const [name, text] of [['Max Winter', 'Thanks, that was quick.'], ['Elena Duarte', 'The parcel is here, all well.'], ['Old Mr. Pym', 'I shall order by letter, then.']]) {
		const done = await visitor(desk, { name, text });
		await other.take(done.conversation);
		await other.end(done.conversation);
	}
	return iris;
}

try {
	const context = await open_context(browser);
	const page = await context.newPage();
	await page.goto(`${desk.url}/setup`);
	await page.getByRole('heading', { name: 'Welcome' }).waitFor();
	await shoot(page, 'setup');
	await set_up(page, desk);
	await shoot(page, 'inbox-empty');
	const ann = await advisor(desk, admin);
	const iris = await fill(ann);

	await page.goto(`${desk.url}/w/inbox`);
	await page.getByText('Noor').waitFor();
	await shoot(page, 'inbox', { '': wide, '-middle': middle, '-phone': phone });
	await page.goto(`${desk.url}/w/inbox/${iris.conversation}`);
	await page.getByText('14 Mill Lane').first().waitFor();
	await shoot(page, 'chat', { '': wide, '-middle': middle, '-phone': phone });
	await page.evaluate(() => localStorage.setItem('softanswer.language', 'ar-XB'));
	await page.reload();
	await page.getByText('14 Mill Lane').first().waitFor();
	await shoot(page, 'chat-rtl', { '': wide, '-phone': phone });
	await page.evaluate(() => localStorage.removeItem('softanswer.language'));
	await page.reload();
	await page.getByText('14 Mill Lane').first().waitFor();
	await page.keyboard.press('r');
	await page.keyboard.type('/larch');
	await page.getByRole('option').first().waitFor();
	await shoot(page, 'canned');
	await page.keyboard.press('Escape');
	await page.keyboard.press('Control+a');
	await page.keyboard.press('Backspace');
	await page.keyboard.press('Escape');
	await page.keyboard.press('w');
	await page.keyboard.type('Ben, do we still have the old glaze?');
	await shoot(page, 'whisper');
	await page.keyboard.press('Control+a');
	await page.keyboard.press('Backspace');
	await page.keyboard.press('Escape');
	await page.keyboard.press('n');
	await page.keyboard.type('Office address for this one only.');
	await shoot(page, 'note');
	await page.keyboard.press('Escape');
	await page.keyboard.press('Control+k');
	await shoot(page, 'palette');
	await page.keyboard.press('Escape');
	await page.keyboard.press('?');
	await shoot(page, 'shortcuts');
	await page.keyboard.press('Escape');
	await page.keyboard.press('h');
	await shoot(page, 'hand');
	await page.keyboard.press('Escape');
	await page.keyboard.press('a');
	await shoot(page, 'invite-guest');
	await page.keyboard.press('Escape');
	await page.getByRole('button', { name: 'More', exact: true }).click();
	await shoot(page, 'menu');
	await page.getByRole('button', { name: 'Block this visitor' }).click();
	await shoot(page, 'block');
	await page.keyboard.press('Escape');
	await page.keyboard.press('e');
	await shoot(page, 'end');
	await page.getByLabel('We owe an answer').check();
	await shoot(page, 'end-owed');
	await page.keyboard.press('Escape');
	await page.setViewportSize(middle);
	await page.getByRole('button', { name: 'Details' }).click();
	await shoot(page, 'details', { '-middle': middle, '-phone': phone });
	for (const place of ['closed', 'all', 'team', 'owed', 'people', 'audit', 'settings', 'account']) {
		await page.goto(`${desk.url}/w/${place}`);
		await pause(600);
		await shoot(page, place);
	}
	await page.goto(`${desk.url}/w/people`);
	await page.getByRole('button', { name: 'Invite' }).click();
	await shoot(page, 'invite');
	await page.goto(`${desk.url}/invitation#x`);
	await shoot(page, 'invitation');
	await page.goto(`${desk.url}/reset#x`);
	await shoot(page, 'reset');

	const shopping = await open_context(browser);
	const shop = await shopping.newPage();
	await shop.goto(`${desk.url}/demo`);
	await shop.waitForFunction(() => window.Softanswer !== undefined);
	await shoot(shop, 'shop');
	const panel = await open_widget(shop);
	await panel.getByText('How can we help?').waitFor();
	await shoot(shop, 'widget-new');
	await panel.getByLabel('Your name').fill('Piet');
	await panel.getByLabel('Your message').fill('Do you wrap things as presents?');
	await panel.getByLabel('Your message').press('Enter');
	await panel.getByText('in line').or(panel.getByText('You are next')).first().waitFor();
	await shoot(shop, 'widget-waiting');
	await page.goto(`${desk.url}/w/inbox`);
	await page.getByText('Piet').first().click();
	await page.getByRole('button', { name: 'Take', exact: true }).click();
	await page.getByRole('textbox', { name: 'Message' }).fill('We do, in brown paper with a sprig of larch. Who is it for?');
	await page.keyboard.press('Enter');
	await panel.getByText('sprig of larch').first().waitFor();
	await (await panel_of(shop)).getByLabel('Your message').fill('My aunt. She will be eighty.');
	await panel.getByLabel('Your message').press('Enter');
	await page.getByRole('textbox', { name: 'Message' }).pressSequentially('Eighty!');
	await panel.getByText('Ann Berger is typing').waitFor();
	await shoot(shop, 'widget-chat');
	await panel.getByRole('button', { name: 'End chat' }).click();
	await panel.getByText('This chat has ended').first().waitFor();
	await shoot(shop, 'widget-over');

	await page.goto(`${desk.url}/w/account`);
	await context.clearCookies();
	await page.goto(`${desk.url}/sign-in`);
	await page.getByRole('heading', { name: /Sign in/ }).waitFor();
	await shoot(page, 'sign-in');
	for (const problem of [...context.problems, ...shopping.problems])
		console.error(problem);
} finally {
	await browser.close();
	await desk.stop();
}
