/*
 * Pictures of the widget in each of its states, to be looked at: light, dark, phone, right to left.
 *     node tests/browser/screenshots_widget.mjs FOLDER [PATTERN]
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { advisor } from './actors.mjs';
import { open_hosts } from './hosts.mjs';
import { admin, Desk, open_browser, open_context, open_widget, panel_of, set_up } from './kit.mjs';

const folder = process.argv[2] ?? 'screenshots';
const pattern = new RegExp(process.argv[3] ?? '.');
mkdirSync(folder, { recursive: true });

const png = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAgAAAAICAIAAABLbSncAAAAFElEQVR4nGNk+M+AFTAx4AIjVAIAMhQBD2Z2FZkAAAAASUVORK5CYII=', 'base64');
let site, desk;
const hosts = await open_hosts(() => desk, () => site);
desk = await Desk.start({ settings: ['floods=off'] });
const browser = await open_browser();

/* Each sort of page is a visitor of its own: a picture after each step that it goes through. */
const sorts = [
	['', { viewport: { width: 900, height: 760 } }, 'en'],
	['-phone', { viewport: { width: 390, height: 844 }, colorScheme: 'dark' }, 'en'],
	['-rtl', { viewport: { width: 900, height: 760 } }, 'ar-XB'],
];

async function walk(ann, [sort, options, language]) {
	const context = await open_context(browser, options);
	const page = await context.newPage();
	const shoot = async (name) => {
		for (const scheme of sort === '' ? ['light', 'dark'] : [options.colorScheme ?? 'light']) {
			await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
			await page.frames().at(-1).waitForFunction((wanted) => document.documentElement.dataset.theme === wanted, scheme);
			if (pattern.test(`${name}${sort}-${scheme}`))
				await page.screenshot({ path: join(folder, `widget-${name}${sort}-${scheme}.png`) });
		}
	};
	const say = async (panel, text) => {
		await panel.locator('.composer textarea').fill(text);
		await panel.locator('.composer textarea').press('Enter');
	};
	const url = (path) => `${hosts.plain.url}${path}?language=${language}`;

	await ann.status('online');
	await page.goto(url('/lamps'));
	await (await panel_of(page)).locator('.card').waitFor();
	await shoot('invitation');
	await page.goto(url('/'));
	const panel = await open_widget(page);
	await panel.locator('fieldset').waitFor();
	await shoot('ask');
	await say(panel, 'Where is my order? I wait since Monday.');
	await panel.locator('.error').first().waitFor();
	await shoot('missing');
	await panel.locator('fieldset input').first().fill('Vera Lindqvist');
	await panel.locator('input[type=email]').fill('vera@mail.example');
	await panel.locator('input[type=checkbox]').check();
	await panel.locator('.composer textarea').press('Enter');
	await panel.locator('.waiting').waitFor();
	await shoot('waiting');
	const { conversation } = (await ann.ask('GET', '/chats?view=waiting')).chats[0];
	await ann.take(conversation);
	await ann.say(conversation, 'Good day! I look for it at once: https://lamps.example/orders/20417');
	await panel.locator('input[type=file]').setInputFiles([{ name: 'lamp.png', mimeType: 'image/png', buffer: png },
		{ name: 'a long name of a receipt that has to be broken somewhere.txt', mimeType: 'text/plain', buffer: Buffer.from('x') }]);
	await panel.locator('a.row').waitFor();
	await page.route(/\/files$/, (route) => route.fulfill({ status: 409, contentType: 'application/problem+json',
		body: JSON.stringify({ type: 'urn:softanswer:state', title: 'It cannot be', status: 409, detail: 'the desk takes no more files today' }) }));
	await say(panel, 'Here is what I have.');
	await panel.locator('input[type=file]').setInputFiles({ name: 'film.txt', mimeType: 'text/plain', buffer: Buffer.from('x') });
	await panel.locator('.failed, [class*=fail]').first().waitFor();
	const { items } = await ann.ask('GET', `/conversations/${conversation}/items`);
	await ann.ask('POST', `/conversations/${conversation}/reading`, { delivered: items.at(-1).seq, seen: items.at(-1).seq });
	await shoot('chat');
	await panel.locator('header button[aria-expanded]').click();
	await panel.locator('.more button').first().click();
	await panel.locator('dialog[open]').waitFor();
	await shoot('transcript');
	await page.keyboard.press('Escape');
	await ann.end(conversation);
	await panel.locator('.scores input').nth(3).check();
	await shoot('rating');
	await context.close();

	await ann.status('away');
	const late = await open_context(browser, options);
	const shut = await late.newPage();
	await shut.goto(url('/'));
	const form = await open_widget(shut);
	await form.locator('fieldset').waitFor();
	await shut.screenshot({ path: join(folder, `widget-closed${sort}.png`) });
	await late.close();
}

try {
	const staff = await open_context(browser);
	await set_up(await staff.newPage(), desk);
	await staff.close();
	const ann = await advisor(desk, admin);
	({ site } = await ann.ask('POST', '/sites', { id: 'site-of-pictures', name: 'Lamps', language: 'en', origins: hosts.origins, ask_name: 'optional', ask_email: 'required',
		consent_url: 'https://lamps.example/privacy', bulletin: 'Closed on 24 December. What is on its way still comes: https://lamps.example/news',
		is_inviting: true, invites: [{ path: '/lamps', seconds: 0 }],
		fields: [{ label: 'Order number', kind: 'line' }, { label: 'Lamp', kind: 'choice', choices: ['Heron', 'Finch'] }, { label: 'I am of age', kind: 'check', is_required: true }] }));
	for (const sort of sorts)
		await walk(ann, sort);
} finally {
	await browser.close();
	await desk.stop();
	hosts.close();
}
