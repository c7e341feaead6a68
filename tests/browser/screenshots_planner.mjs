/*
 * Pictures of the shift planner, to be looked at: light, dark, phone, right to left.
 *     node tests/browser/screenshots_planner.mjs FOLDER [PATTERN]
 */
import { mkdirSync } from 'node:fs';
import { advisor, colleague } from './actors.mjs';
import { admin, Desk, open_browser, open_context, pause, set_up } from './kit.mjs';
import { shooting } from './shoot.mjs';

const folder = process.argv[2] ?? 'screenshots';
const pattern = new RegExp(process.argv[3] ?? '.');
mkdirSync(folder, { recursive: true });

const desk = await Desk.start({ settings: ['floods=off'] });
const browser = await open_browser();
const context = await open_context(browser, { locale: 'en-GB' });
const page = await context.newPage();
const shoot = shooting(page, folder, pattern);
let count = 0;

async function see(place, name) {
	await page.goto(`${desk.url}/w/planner${place}`);
	await page.locator('table, [data-day]').first().waitFor();
	await pause(500);
	await shoot(name);
}

/* What is dragged: to another day and person, by its end, through a day; then the question, and a finger on a phone. */
async function see_dragging() {
	const from = async (name, at = 0.5) => {
		const box = await page.locator(`[data-shift]`).filter({ hasText: name }).first().boundingBox();
		await page.mouse.move(box.x + box.width * at, box.y + box.height / 2);
		await page.mouse.down();
		return box;
	};
	for (const [sort, scheme, language] of [['', 'light', ''], ['-dark', 'dark', ''], ['-rtl', 'light', 'ar-XB']]) {
		if (!pattern.test(`planner-drag${sort}`))
			continue;
		await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
		await page.goto(`${desk.url}/w/planner/2026-11-23`);
		await page.evaluate((tag) => localStorage.setItem('softanswer.language', tag), language);
		await page.reload();
		const rtl = language ? -1 : 1;
		await page.locator('[data-shift]').first().waitFor();
		await pause(400);
		await from(/8:00/);
		const cell = await page.locator('td[data-person]').filter({ hasText: /11:00/ }).first().boundingBox();
		await page.mouse.move(cell.x + 40, cell.y + 30, { steps: 5 });
		await page.screenshot({ path: `${folder}/planner-drag${sort}.png` });
		await page.mouse.up();
		await page.getByRole('dialog').waitFor();
		await page.screenshot({ path: `${folder}/planner-drag-asked${sort}.png` });
		await page.keyboard.press('Escape');
		const bar = await from(/8:00/, language ? 0.03 : 0.97);
		await page.mouse.move(bar.x + (language ? 0 : bar.width) + 24 * rtl, bar.y + 10, { steps: 5 });
		await page.screenshot({ path: `${folder}/planner-drag-end${sort}.png` });
		await page.keyboard.press('Escape');
		await page.mouse.up();
		await page.goto(`${desk.url}/w/planner/2026-11-24/day`);
		await page.locator('[data-shift]').first().waitFor();
		await pause(400);
		const one = await from(/9:00/);
		await page.mouse.move(one.x + one.width / 2 - 120 * rtl, one.y + 60, { steps: 5 });
		await page.screenshot({ path: `${folder}/planner-drag-one${sort}.png` });
		await page.keyboard.press('Escape');
		await page.mouse.up();
	}
	await page.evaluate(() => localStorage.removeItem('softanswer.language'));
	await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
	if (!pattern.test('planner-drag-phone'))
		return;
	await page.setViewportSize({ width: 390, height: 844 });
	await page.goto(`${desk.url}/w/planner/2026-11-23`);
	await page.locator('section[data-day]').first().waitFor();
	await pause(400);
	const row = await page.locator('[data-shift]').first().boundingBox(), finger = await page.context().newCDPSession(page);
	const touch = (type, y) => finger.send('Input.dispatchTouchEvent', { type, touchPoints: type === 'touchEnd' ? [] : [{ x: row.x + 80, y }] });
	await touch('touchStart', row.y + 20);
	await page.locator('.ghost').waitFor();
	for (let i = 1; i <= 6; i++)
		await touch('touchMove', row.y + 20 + 55 * i);
	await page.screenshot({ path: `${folder}/planner-drag-phone.png` });
	await page.keyboard.press('Escape');
	await touch('touchEnd');
	await page.setViewportSize({ width: 1440, height: 900 });
}

try {
	await set_up(page, desk);
	const ann = await advisor(desk, admin);
	await ann.ask('PUT', '/desk', { time_zone: 'Europe/Berlin' });
	await page.goto(`${desk.url}/w/planner/2026-11-23`);
	await pause(800);
	await shoot('planner-empty');
	const [ben, cleo, dan, ella] = [await colleague(desk, ann, 'Ben Okafor', 'lead'), await colleague(desk, ann, 'Cleo Marsh'), await colleague(desk, ann, 'Dan Featherstonehaugh-Winterbottom'), await colleague(desk, ann, 'Ella Voss')];
	await ann.ask('POST', '/teams', { id: 'team-0001', name: 'Returns and repairs', members: [ben.id, ella.id] });
	const [pool] = (await ann.ask('GET', '/pools')).pools;
	await ann.ask('PUT', `/pools/${pool.id}`, { size: 2, cap: 8 });
	const weekly = (who, weekdays, from, minutes) => Promise.all(weekdays.map((weekday) => ann.ask('POST', '/shifts', { id: `shift-${++count}00000`, person: who.id, weekday, from_minute: from * 60, minutes, first_day: '2026-01-01' })));
	await weekly(ben, [1, 2, 3, 4, 5], 8, 480);
	await weekly(cleo, [1, 2, 3], 8.5, 300);
	await weekly(cleo, [1], 14.5, 150);
	await weekly(dan, [1, 2], 9, 480);
	await weekly(ella, [4], 11, 420);
	await weekly(ella, [6], 22, 480);
	await weekly(dan, [7], 2.25, 90);
	const except = (who, day, more) => ann.ask('POST', '/shifts/exceptions', { id: `except-${++count}0000`, person: who.id, day, ...more });
	await except(cleo, '2026-11-25', { kind: 'off', reason: 'At the dentist’s' });
	await except(ella, '2026-11-27', { kind: 'extra', from_minute: 600, minutes: 240, reason: 'Stocktaking' });
	const [first] = (await ann.ask('GET', '/shifts?from=2026-11-26')).shifts.filter((each) => each.person === ben.id && each.weekday === 4);
	await ann.ask('POST', `/shifts/${first.shift}/day`, { id: 'day-0000001', day: '2026-11-26', from_minute: 720, minutes: 240, reason: 'A course' });
	await ann.ask('PUT', '/holidays/2026-11-28', { name: 'Founders’ day' });

	await see('/2026-11-23', 'planner');
	await see('/2026-11-24/day', 'planner-one');
	await see('/2026-10-25', 'planner-back');
	await see('/2026-03-29/day', 'planner-forward');
	await see_dragging();
	await page.goto(`${desk.url}/w/planner/2026-11-23`);
	await page.locator('[data-shift]').first().click();
	await shoot('planner-dialog-change');
	await page.getByLabel(/From Monday/).check();
	await shoot('planner-dialog-on');
	await page.getByRole('button', { name: 'Take away' }).click();
	await shoot('planner-dialog-remove');
	await page.keyboard.press('Escape');
	await page.locator('[data-shift]').first().focus();
	await page.keyboard.press('+');
	await shoot('planner-dialog-new');
	await page.keyboard.press('Escape');
	await page.getByRole('button', { name: 'Calendar files' }).click();
	await page.getByRole('button', { name: 'Make the file' }).click();
	await page.setInputFiles('input[type=file]', { name: 'shifts.ics', mimeType: 'text/calendar', buffer: Buffer.from(['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//x//y//', 'BEGIN:VEVENT', 'UID:1', 'DTSTART:20261130T180000', 'DTEND:20261130T200000',
		'RRULE:FREQ=WEEKLY', 'SUMMARY:Evening', 'END:VEVENT', 'BEGIN:VEVENT', 'UID:2', 'DTSTART:20261130T200000', 'DTEND:20261130T210000', 'RRULE:FREQ=MONTHLY', 'SUMMARY:Choir', 'END:VEVENT', 'END:VCALENDAR', ''].join('\r\n')) });
	await page.getByText('Left out', { exact: true }).waitFor();
	await shoot('planner-dialog-files');
	await page.keyboard.press('Escape');
	await page.keyboard.press('?');
	await shoot('planner-dialog-keys');
	await page.keyboard.press('Escape');
	for (const problem of context.problems)
		console.error(problem);
} finally {
	await browser.close();
	await desk.stop();
}
