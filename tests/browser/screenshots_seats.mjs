/*
 * Pictures of seats, offers, the wall and their settings, to be looked at: light, dark, phone, right to left.
 *     node tests/browser/screenshots_seats.mjs FOLDER [PATTERN]
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { advisor, colleague, visitor } from './actors.mjs';
import { admin, Desk, open_browser, open_context, pause, set_up } from './kit.mjs';
import { shooting } from './shoot.mjs';

const folder = process.argv[2] ?? 'screenshots';
const pattern = new RegExp(process.argv[3] ?? '.');
mkdirSync(folder, { recursive: true });

const desk = await Desk.start({ settings: ['floods=off'] });
const browser = await open_browser();
const context = await open_context(browser);
const page = await context.newPage();

const shoot = shooting(page, folder, pattern);

async function shift_of(ann, person, minutes_left) {
	const began = new Date(Date.now() - 60 * 60_000);
	await ann.ask('POST', '/shifts', { id: `shift-${person}-${minutes_left}`, person, weekday: began.getUTCDay() || 7, from_minute: began.getUTCHours() * 60 + began.getUTCMinutes(),
		minutes: 60 + minutes_left, first_day: began.toISOString().slice(0, 10) });
}

async function open_switch() {
	await page.locator('button[data-status]').waitFor();
	await page.keyboard.press('o');
	await page.locator('button:focus strong').waitFor();
}

const come = (name, text, more = {}) => visitor(desk, { name, text, ...more });

try {
	await set_up(page, desk);
	const ann = await advisor(desk, admin);
	await page.goto(`${desk.url}/w/board`);
	await pause(500);
	await shoot('board-empty');
	await ann.ask('PUT', '/desk', { time_zone: 'UTC', offers: 'no' });
	const ben = await colleague(desk, ann, 'Ben Okafor'), cleo = await colleague(desk, ann, 'Cleo Marsh'), dan = await colleague(desk, ann, 'Dan Featherstonehaugh-Winterbottom'),
		ella = await colleague(desk, ann, 'Ella Voss'), finn = await colleague(desk, ann, 'Finn Ottesen');
	const [pool] = (await ann.ask('GET', '/pools')).pools;
	await ann.ask('PUT', `/pools/${pool.id}`, { size: 4, cap: 8 });
	await ann.ask('POST', '/teams', { id: 'team-0001', name: 'Returns', members: [finn.id] });
	const { teams } = await ann.ask('GET', '/teams');
	await ann.ask('POST', '/pools', { id: 'pool-0001', team: teams[0].id, size: 1, cap: 4 });
	for (const each of [ben, cleo, dan, ella, finn])
		await each.be('online');
	await page.goto(`${desk.url}/w/inbox`);
	await open_switch();
	await shoot('switch');
	await page.keyboard.press('Enter');
	await pause(500);
	for (const [name, text, who] of [['Vera Lindqvist', 'Is the blanket washable?', ben], ['Tom Reyes', 'Does the lamp take an ordinary bulb?', ben], ['Maya Lind', 'My parcel is late.', cleo]])
		await who.take((await come(name, text)).conversation);
	await shift_of(ann, ben.id, 6);
	await cleo.be('away', { reason: 'Lunch', back_at: new Date(Date.now() + 25 * 60_000).toISOString() });
	await pause(1500);
	await shoot('line');
	await page.goto(`${desk.url}/w/board`);
	await pause(600);
	await shoot('board');
	await page.getByRole('button', { name: 'Free the seat: Cleo Marsh' }).click();
	await page.getByRole('button', { name: 'Chats: Cleo Marsh' }).click();
	await shoot('board-dialog');
	await page.getByLabel('Why (for the log)').fill('Forgotten since noon');
	await page.keyboard.press('Enter');
	await page.goto(`${desk.url}/w/board/log`);
	await pause(600);
	await shoot('log');
	await page.goto(`${desk.url}/w/inbox`);
	await page.locator('button[data-status="online"]').waitFor();
	const iris = await come('Iris Calder', 'Me again. The jug I ordered on Monday has a crack near the handle.');
	await ann.take(iris.conversation);
	await page.goto(`${desk.url}/w/inbox/${iris.conversation}`);
	await page.getByRole('textbox', { name: 'Message', exact: true }).fill('Oh no, I am sorry about that. You need not');
	await ann.ask('PUT', '/desk', { offers: 'yes' });
	for (const each of [dan, ella])
		await each.be('offline');
	await come('Noor', 'What is the DVD’s region? I live in Canada and our player is rather picky about it, so I would like to be sure.', { topic: 'Films', language: 'fr' });
	await page.locator('.side article[data-offer]').first().waitFor();
	await shoot('offer');
	await come('Elena Duarte', 'Do you wrap things as presents?');
	await pause(700);
	await page.goto(`${desk.url}/w/inbox`);
	await pause(700);
	await shoot('offers');
	await page.goto(`${desk.url}/w/inbox`);
	await open_switch();
	await page.keyboard.press('ArrowDown');
	await page.keyboard.press('Enter');
	await shoot('away-dialog');
	await page.keyboard.press('Escape');
	await open_switch();
	for (let i = 0; i < 3; i++)
		await page.keyboard.press('ArrowDown');
	await page.keyboard.press('Enter');
	await shoot('leave-dialog');
	await page.keyboard.press('Escape');
	await ann.ask('PUT', '/desk', { offers: 'no' });
	for (const each of [dan, ella, cleo])
		await each.be('online');
	await dan.be('away', { reason: 'Lunch', back_at: new Date(Date.now() + 25 * 60_000).toISOString() });
	await come('Bartholomew Featherstonehaugh of Upper Slaughter', 'Is anybody there?');
	await come('Yusuf', 'My order has not come.');
	await page.goto(`${desk.url}/w/wall`);
	await page.locator('[data-help]').first().waitFor().catch(() => undefined);
	await pause(600);
	await shoot('wall');
	/* A window that fills the screen has no other size. */
	await page.setViewportSize({ width: 1920, height: 1080 });
	await page.getByRole('button', { name: 'Full screen' }).click();
	for (const scheme of ['light', 'dark']) {
		await page.emulateMedia({ colorScheme: scheme });
		await pause(600);
		if (pattern.test('wall-bare'))
			await page.screenshot({ path: join(folder, `wall-bare-${scheme}.png`) });
	}
	await page.emulateMedia({ colorScheme: 'light' });
	await page.getByRole('button', { name: 'Leave full screen' }).click();
	await page.goto(`${desk.url}/w/settings/seats`);
	await page.getByLabel('Seats', { exact: true }).first().fill('1');
	await shoot('settings-seats');
	await ann.ask('PUT', `/people/${ben.id}/abilities`, { cap: 2, topics: ['Delivery', 'Returns'], languages: ['es', 'pt-BR'] });
	await page.goto(`${desk.url}/w/settings/abilities`);
	await pause(600);
	await shoot('settings-abilities');
	await page.getByRole('button', { name: 'Change: Ben Okafor' }).click();
	await pause(300);
	await shoot('abilities-dialog');
	await page.goto(`${desk.url}/w/settings/routing`);
	await page.getByLabel('Seconds to accept an offer').or(page.getByLabel('Chats that one advisor holds well')).first().waitFor();
	await shoot('settings-routing');
	await page.goto(`${desk.url}/w/settings/start/seats`);
	await pause(600);
	await shoot('start-seats');
	for (const problem of context.problems)
		console.error(problem);
} finally {
	await browser.close();
	await desk.stop();
}
