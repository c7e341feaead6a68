/*
 * Makes the README's picture: the workspace beside the chat on a shop's page.
 *     node tests/browser/picture.mjs docs/images/chat.png
 */
import { advisor, visitor } from './actors.mjs';
import { admin, Desk, open_browser, open_context, open_widget, pause, set_up } from './kit.mjs';

const desk = await Desk.start({ settings: ['floods=off'] });
const browser = await open_browser();

/* Two chats that wait and one that is answered, beside the one in the picture. */
async function fill(ann) {
	await ann.status('online');
	await ann.call('POST', '/answers', { shortcut: 'larch-post', title: 'When it leaves', scope: 'all',
		text: 'If you order before two tomorrow, {{visitor.name}}, it leaves at once and is with you on Thursday.' });
	for (const [name, text] of [['Tom Reyes', 'Does the film have Spanish subtitles?'], ['Noor', 'Is the blanket washable?']])
		await visitor(desk, { name, text });
	const iris = await visitor(desk, { name: 'Iris Calder', text: 'Thank you, all is well.' });
	await ann.take(iris.conversation);
	await ann.say(iris.conversation, 'Lovely to hear. Enjoy the seeds!');
}

async function talk(page, panel, ann) {
	const write = async (text) => {
		await panel.getByLabel('Your message').fill(text);
		await panel.getByLabel('Your message').press('Enter');
	};
	await panel.getByLabel('Your name').fill('Vera Lindqvist');
	await write('Good evening! Is the reading lamp Heron in stock?');
	await page.goto(`${desk.url}/w/inbox`);
	await page.getByText('Vera Lindqvist').first().click();
	await page.getByRole('button', { name: 'Take', exact: true }).click();
	const box = page.getByRole('textbox', { name: 'Message', exact: true });
	await box.fill('Good evening, Vera! It is: we have eleven of them.');
	await page.keyboard.press('Enter');
	await panel.getByText('eleven of them').first().waitFor();
	await write('Lovely. Would it be here by Friday?');
	await page.getByRole('log').getByText('by Friday').waitFor();
	await ann.note(page.url().split('/').at(-1), 'Ash is nearly gone: ask the warehouse before promising more than five.');
	await page.locator('article.note').waitFor();
	await box.pressSequentially('/larch');
	await page.getByRole('option').first().waitFor();
	await page.mouse.move(640, 300);
	await pause(600);
}

try {
	const staff = await open_context(browser, { viewport: { width: 1300, height: 760 } });
	const page = await staff.newPage();
	await set_up(page, desk, { shop: 'Lamp & Larch' });
	const ann = await advisor(desk, admin);
	await fill(ann);
	const shopping = await open_context(browser, { viewport: { width: 416, height: 760 } });
	const shop = await shopping.newPage();
	await shop.goto(`${desk.url}/demo`);
	await talk(page, await open_widget(shop), ann);
	const [left, right] = [await page.screenshot(), await shop.screenshot()].map((bytes) => `data:image/png;base64,${bytes.toString('base64')}`);
	const sheet = await (await open_context(browser, { viewport: { width: 1772, height: 800 } })).newPage();
	await sheet.setContent(`<body style="margin:0;background:#e5e1d6;display:flex;gap:16px;padding:20px;box-sizing:border-box">
		<img style="flex:none;border-radius:12px" src="${left}"><img style="flex:none;border-radius:12px" src="${right}"></body>`);
	await sheet.screenshot({ path: process.argv[2] ?? 'chat.png' });
} finally {
	await browser.close();
	await desk.stop();
}
