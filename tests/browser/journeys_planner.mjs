/*
 * Journeys of the shift planner: Ann leads, Ben and Cleo answer; one seat, and weeks to come. The journeys follow one another on one desk.
 */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { advisor, colleague } from './actors.mjs';
import { admin, axe_problems, Desk, open_browser, open_context, set_up, sideways, type_clock, until } from './kit.mjs';

const day_ms = 86_400_000, phone = { width: 320, height: 720 };
/* From Monday of the week after next on: nothing of it is over. */
const now = Date.now(), weekday = (Math.floor(now / day_ms) + 3) % 7;
const day = (days) => new Date(now + (14 - weekday + days) * day_ms).toISOString().slice(0, 10);
let desk, browser, context, page, ann, ben, cleo;

before(async () => {
	desk = await Desk.start({ settings: ['floods=off'] });
	browser = await open_browser();
	context = await open_context(browser, { locale: 'en-GB', reducedMotion: 'reduce', acceptDownloads: true });
	page = await context.newPage();
	await set_up(page, desk);
	ann = await advisor(desk, admin);
	await ann.ask('PUT', '/desk', { time_zone: 'UTC' });
	[ben, cleo] = [await colleague(desk, ann, 'Ben Okafor'), await colleague(desk, ann, 'Cleo Marsh')];
	const [pool] = (await ann.ask('GET', '/pools')).pools;
	await ann.ask('PUT', `/pools/${pool.id}`, { size: 1, cap: 4 });
});

after(async () => {
	await browser?.close();
	await desk?.stop();
});

/* "1 09:00+480": what begins on the days of that week, Monday is 0. */
async function times_of(who, from = 0) {
	const { times } = await ann.ask('GET', `/shifts?from=${day(from)}&days=7&person=${who.id}`);
	return times.map((time) => `${Math.round((Date.parse(time.day) - Date.parse(day(0))) / day_ms)} ${String(Math.floor(time.from_minute / 60)).padStart(2, '0')}:${String(time.from_minute % 60).padStart(2, '0')}+${time.minutes}`);
}

/* The name of what has the focus. */
const focus = () => page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent ?? '');

async function tab_to(name) {
	for (let steps = 0; steps < 60; steps++) {
		if (name.test(await focus()))
			return;
		await page.keyboard.press('Tab');
	}
	assert.fail(`no Tab leads to ${name}: ${await focus()}`);
}

const type_time = (name, keys, wanted) => type_clock(page, page.getByRole('dialog').getByLabel(name, { exact: true }), keys, wanted);

async function clean(says) {
	assert.deepEqual(await axe_problems(page), [], says);
	assert.equal(await sideways(page), 0, `${says}: nothing scrolls sideways`);
}

test('a lead plans a week by keys alone: some days of every week, one of them otherwise, another taken away', async () => {
	await page.keyboard.press('8');
	await page.getByRole('grid').waitFor();
	await tab_to(/Add a shift: /);
	for (const days of [-7, 0]) {
		await page.keyboard.press('PageDown');
		await page.locator(`td[data-day="${day(days)}"]`).first().waitFor();
		await until(async () => /^Add a shift: /.test(await focus()) || focus(), 'the focus goes along');
	}
	for (const key of ['Home', 'ArrowDown', 'ArrowUp'])
		await page.keyboard.press(key);
	await until(async () => /^Add a shift: Ann Berger, Monday/.test(await focus()) || focus(), 'the first day of the first person');
	await page.keyboard.press('ArrowDown');
	await page.keyboard.press('Enter');
	const dialog = page.getByRole('dialog', { name: 'A shift for Ben Okafor' });
	await dialog.waitFor();
	await dialog.getByLabel('Wednesday').press('Space');
	await dialog.getByLabel('Thursday').press('Space');
	await type_time('From', '1000PM', '22:00');
	await type_time('Until', '0600AM', '06:00');
	await dialog.getByText('8 h long, until 6:00 the next day.').waitFor();
	await clean('a new shift');
	await page.keyboard.press('Enter');
	await dialog.waitFor({ state: 'detached' });
	assert.deepEqual(await times_of(ben), ['0 22:00+480', '2 22:00+480', '3 22:00+480']);
	await until(async () => /^22:00–6:00, Ben Okafor, Monday .* every week, until 6:00 the next day$/.test(await focus()) || /^Add a shift: Ben/.test(await focus()) || focus(), 'the focus is where it was');

	await page.locator('[data-shift]').nth(1).focus();
	await page.keyboard.press('Enter');
	await page.getByRole('dialog', { name: 'The shift of Ben Okafor' }).waitFor();
	await type_time('From', '0800PM', '20:00');
	await page.keyboard.press('Enter');
	await page.getByText('only this day').first().waitFor();
	assert.deepEqual(await times_of(ben), ['0 22:00+480', '2 20:00+600', '3 22:00+480']);
	assert.deepEqual(await times_of(ben, 7), ['7 22:00+480', '9 22:00+480', '10 22:00+480']);

	await page.locator('[data-shift]').nth(2).focus();
	await page.keyboard.press('Delete');
	await page.getByRole('dialog', { name: 'Take this shift away?' }).waitFor();
	await page.keyboard.press('Escape');
	await until(async () => /^22:00–6:00, Ben Okafor, Thursday/.test(await focus()) || focus(), 'asked, and nothing is done');
	await page.keyboard.press('Delete');
	await page.keyboard.press('ArrowDown');
	await page.keyboard.press('Enter');
	await until(async () => /^Add a shift: Ben Okafor, Thursday/.test(await focus()) || focus(), 'the focus stays on the day');
	assert.deepEqual(await times_of(ben, 7), ['7 22:00+480', '9 22:00+480']);
	await page.keyboard.press('?');
	await page.getByRole('heading', { name: 'In the plan' }).waitFor();
	await page.keyboard.press('Escape');
	await clean('the plan');
});

/* Holds a shift in the middle or by an end, and takes it where `to` says, beside where it was; lets go, or leaves it held. */
async function drag(bar, to, { by = 0.5, is_held = false } = {}) {
	const box = await bar.boundingBox(), x = box.x + Math.min(box.width - 3, Math.max(3, box.width * by)), y = box.y + box.height / 2;
	await page.mouse.move(x, y);
	await page.mouse.down();
	await page.mouse.move(...to(x, y), { steps: 3 });
	if (!is_held)
		await page.mouse.up();
}

const bar_of = (who, days) => page.locator(`td[data-person="${who.id}"][data-day="${day(days)}"] [data-shift]`);

async function middle_of(who, days) {
	const box = await page.locator(`td[data-person="${who.id}"][data-day="${day(days)}"]`).boundingBox();
	return () => [box.x + box.width / 2, box.y + box.height / 2];
}

test('a shift is dragged to another day, to somebody else and by its end; it is asked as by keys, Escape puts it back, and what is refused says why', async () => {
	const ghost = page.locator('.ghost'), dialog = page.getByRole('dialog', { name: 'The shift of Ben Okafor' });
	await drag(bar_of(ben, 0), await middle_of(cleo, 1), { is_held: true });
	await ghost.getByText('22:00–6:00').waitFor();
	assert.equal(await page.locator('td.is_target').getAttribute('data-person'), String(cleo.id));
	await page.keyboard.press('Escape');
	await page.mouse.up();
	await ghost.waitFor({ state: 'detached' });
	assert.equal(await page.getByRole('dialog').count(), 0, 'no dialog and no click of what was put back');

	await drag(bar_of(ben, 0), await middle_of(cleo, 1));
	await dialog.getByText(/^Cleo Marsh, Tuesday .*, 22:00–6:00 instead of Monday .*, 22:00–6:00\.$/).waitFor();
	await clean('it is asked what is changed');
	await page.keyboard.press('Escape');
	await ghost.waitFor({ state: 'detached' });
	assert.deepEqual(await times_of(ben), ['0 22:00+480', '2 20:00+600']);

	/* For once: the day is another one, and so is whose it is; and back again. */
	await drag(bar_of(ben, 0), await middle_of(cleo, 1));
	await dialog.waitFor();
	await page.keyboard.press('Enter');
	await bar_of(cleo, 1).getByText('only this day').waitFor();
	assert.deepEqual([await times_of(ben), await times_of(cleo)], [['2 20:00+600'], ['1 22:00+480']]);
	await until(async () => /^22:00–6:00, Cleo Marsh, Tuesday/.test(await focus()) || focus(), 'the focus goes along');
	await page.keyboard.press('z');
	await bar_of(ben, 0).waitFor();
	assert.deepEqual([await times_of(ben), await times_of(cleo)], [['0 22:00+480', '2 20:00+600'], []]);
	assert.deepEqual((await ann.ask('GET', `/shifts?from=${day(0)}`)).exceptions.filter((each) => each.day === day(0)), [], 'nothing is left of it');

	/* From a day on, an hour longer by its end; and an extra one without a question. */
	await drag(bar_of(ben, 0), (x, y) => [x + 16, y], { by: 1 });
	await dialog.getByLabel(/From Monday/).check();
	await page.keyboard.press('Enter');
	await dialog.waitFor({ state: 'detached' });
	assert.deepEqual([await times_of(ben), await times_of(ben, 7)], [['0 22:00+540', '2 20:00+600'], ['7 22:00+540', '9 22:00+480']]);
	await page.getByRole('button', { name: 'Undo' }).click();
	await bar_of(ben, 0).getByText('22:00–6:00').waitFor();
	assert.deepEqual(await times_of(ben, 7), ['7 22:00+480', '9 22:00+480']);
	await drag(bar_of(ben, 2), (x, y) => [x - 4, y], { by: 0 });
	await bar_of(ben, 2).getByText('19:45–6:00').waitFor();
	await ghost.waitFor({ state: 'detached' });
	for (const [key, where] of [['PageDown', /^22:00–6:00, Ben Okafor, Wednesday/], ['PageUp', /^19:45–6:00, Ben Okafor, Wednesday/]]) {
		await page.keyboard.press(key);
		await until(async () => where.test(await focus()) || focus(), `${key} after it was dragged: the focus goes along`);
	}
	await drag(bar_of(ben, 2), await middle_of(ben, 0));
	await page.getByText(/^It meets another shift of Ben Okafor: /).first().waitFor();
	await ghost.waitFor({ state: 'detached' });
	for (const scope of [/Only Monday/, /From Monday/]) {
		await drag(bar_of(ben, 0), await middle_of(ben, 2));
		await dialog.getByLabel(scope).check();
		await page.keyboard.press('Enter');
		await dialog.getByRole('alert').getByText(/^It meets another shift of Ben Okafor: /).waitFor();
		await page.keyboard.press('Escape');
		await ghost.waitFor({ state: 'detached' });
	}
	assert.deepEqual(await times_of(ben), ['0 22:00+480', '2 19:45+615']);

	/* A hand that trembles clicks. By the dialog it goes to another day and somebody else as well. */
	await drag(bar_of(ben, 2), (x, y) => [x + 2, y + 2]);
	await dialog.getByLabel('Day', { exact: true }).fill(day(3));
	await dialog.getByLabel('Person').selectOption('Cleo Marsh');
	await page.keyboard.press('Enter');
	await bar_of(cleo, 3).waitFor();
	assert.deepEqual([await times_of(ben), await times_of(cleo)], [['0 22:00+480'], ['3 19:45+615']]);
	await page.getByRole('button', { name: 'Undo' }).click();
	await bar_of(ben, 2).waitFor();
	await clean('after all that');
});

test('a gap and a crowd are shown, and a better start is accepted', async () => {
	for (const who of [ben, cleo])
		await ann.ask('POST', '/shifts', { id: `crowd-${who.id}-0001`, person: who.id, weekday: 6, from_minute: 540, minutes: 120, first_day: day(0) });
	await ann.ask('POST', '/shifts', { id: 'late-cleo-0001', person: cleo.id, weekday: 6, from_minute: 780, minutes: 120, first_day: day(0) });
	await page.getByText(/Saturday .*, 9:00–11:00: 2 people, 1 seat\./).first().waitFor();
	await page.getByText(/Saturday .*, 11:00–13:00: nobody is on shift\./).first().waitFor();
	const before = await ann.ask('GET', `/shifts/coverage?from=${day(0)}`);
	const [first] = before.suggestions;
	const old = (await ann.ask('GET', `/shifts?from=${day(0)}`)).shifts.find((each) => each.shift === first.shift);
	await page.getByRole('button', { name: /^Accept: / }).first().click();
	await page.getByRole('button', { name: 'Take back' }).waitFor();
	const moved = (await ann.ask('GET', `/shifts?from=${day(0)}`)).shifts.find((each) => each.person === first.person && each.weekday === first.weekday && each.from_minute === first.from_minute);
	assert.equal(moved?.minutes, old.minutes, 'as long as before');
	const { week } = await ann.ask('GET', `/shifts/coverage?from=${day(0)}`);
	assert.ok(week.gap_minutes + week.crowd_minutes < before.week.gap_minutes + before.week.crowd_minutes, JSON.stringify([before.week, week]));
	await page.locator(`a[data-stop="coverage-${day(5)}"]`).click();
	await page.waitForURL(`**/${day(5)}/day`);
	await page.getByRole('link', { name: 'Week', exact: true }).click();
});

test('what is exported is there already when it is imported, and makes the same plan for somebody else', async () => {
	await page.getByRole('button', { name: 'Calendar files' }).click();
	const dialog = page.getByRole('dialog');
	await dialog.getByLabel('Whose shifts').selectOption('Ben Okafor');
	await dialog.getByRole('button', { name: 'Make the file' }).click();
	const download = page.waitForEvent('download');
	await dialog.getByRole('link', { name: /^Download/ }).click();
	const file = { name: (await download).suggestedFilename(), mimeType: 'text/calendar', buffer: readFileSync(await (await download).path()) };
	assert.equal(file.name, 'shifts-ben-okafor.ics');
	await dialog.getByLabel('For whom').selectOption('Ben Okafor');
	await dialog.getByLabel('Calendar file', { exact: true }).setInputFiles(file);
	await dialog.getByText('Nothing new to import.').waitFor();
	assert.ok(await dialog.getByRole('button', { name: 'Import', exact: true }).isDisabled());
	await dialog.getByLabel('For whom').selectOption('Ann Berger');
	await dialog.getByText('For Ann Berger this file has:').waitFor();
	await clean('an import that is looked at');
	assert.deepEqual(await times_of({ id: (await ann.ask('GET', '/me')).id }), [], 'nothing is kept of a trial');
	await dialog.getByRole('button', { name: 'Import', exact: true }).click();
	await dialog.getByText('Imported for Ann Berger:').waitFor();
	assert.deepEqual(await times_of({ id: (await ann.ask('GET', '/me')).id }), await times_of(ben));
	await dialog.getByLabel('Calendar file', { exact: true }).setInputFiles({ name: 'x.ics', mimeType: 'text/calendar', buffer: Buffer.from('no calendar') });
	await dialog.getByText('There is no calendar in this file.').waitFor();
	/* A large one, of which the page sends what matters: the line is that of the file. */
	const guests = 'ATTENDEE;CN=Somebody:mailto:somebody@example.org\r\n'.repeat(1200);
	const monthly = `BEGIN:VEVENT\r\n${guests}SUMMARY:Rounds\r\nDTSTART:20260330T090000\r\nDURATION:PT1H\r\nRRULE:FREQ=MONTHLY\r\nEND:VEVENT\r\n`;
	await dialog.getByLabel('Calendar file', { exact: true }).setInputFiles({ name: 'y.ics', mimeType: 'text/calendar', buffer: Buffer.from(`BEGIN:VCALENDAR\r\n${monthly}${monthly}END:VCALENDAR\r\n`) });
	await dialog.getByText('line 1208, “Rounds”: does not repeat weekly').waitFor();
	await dialog.getByRole('button', { name: 'Close' }).click();
});

test('a day becomes a holiday and one like others again; days off are all sent though their dialog is closed and another one opened', async () => {
	await page.goto(`${desk.url}/w/planner/${day(14)}`);
	const head = page.locator(`[data-stop="day-${day(20)}"]`), dialog = page.getByRole('dialog');
	await head.click();
	await dialog.getByLabel('Name of the holiday').fill('Founders’ day');
	await page.keyboard.press('Enter');
	await head.getByText('Founders’ day').waitFor();
	await dialog.waitFor({ state: 'detached' });
	await head.click();
	await dialog.getByRole('button', { name: 'A day like others' }).click();
	await page.getByText(/^Sunday .* is a day like others\.$/).first().waitFor();
	await dialog.waitFor({ state: 'detached' });
	await until(async () => (await head.getByText('Founders’ day').count()) === 0, 'it is none any more');

	let sent = 0, go_on;
	const held = new Promise((resolve) => { go_on = resolve; });
	await page.route('**/api/v1/shifts/exceptions', async (route) => {
		if (++sent === 3)
			await held;
		await route.continue();
	});
	await page.getByRole('button', { name: /^Add a shift: Cleo Marsh, Tuesday/ }).click();
	await dialog.getByLabel('A day off').check();
	await dialog.getByLabel('Last day off').fill(day(24));
	await dialog.getByRole('button', { name: 'Add', exact: true }).click();
	await until(() => sent === 3 || sent, 'half of it is sent');
	await page.keyboard.press('Escape');
	await dialog.waitFor({ state: 'detached' });
	await page.getByRole('button', { name: /^Add a shift: Ben Okafor, Friday/ }).click();
	await page.getByRole('dialog', { name: 'A shift for Ben Okafor' }).waitFor();
	go_on();
	await page.getByText(/^Cleo Marsh is off: /).first().waitFor();
	await page.getByRole('dialog', { name: 'A shift for Ben Okafor' }).waitFor();
	await page.unroute('**/api/v1/shifts/exceptions');
	await page.keyboard.press('Escape');
	const { exceptions } = await ann.ask('GET', `/shifts?from=${day(14)}&days=14`);
	assert.deepEqual(exceptions.map((each) => [each.person, each.day, each.kind]), Array.from({ length: 10 }, (_, i) => [cleo.id, day(15 + i), 'off']));
	assert.deepEqual(context.problems, []);
});

test('an advisor sees the plan and changes nothing; on a phone days stand below each other, in every look', async () => {
	const other = await open_context(browser, { locale: 'en-GB', reducedMotion: 'reduce' });
	page = await other.newPage();
	await page.goto(`${desk.url}/sign-in`);
	await page.getByLabel('E-mail').fill(ben.email);
	await page.getByLabel('Password').fill(ben.password);
	await page.getByRole('button', { name: 'Sign in' }).click();
	await page.getByRole('heading', { name: 'Waiting' }).waitFor();
	await page.goto(`${desk.url}/w/planner/${day(0)}`);
	await page.getByRole('table').getByText('22:00–6:00').first().waitFor();
	assert.equal(await page.getByRole('button', { name: /^Add a shift|^Accept/ }).count(), 0);
	await drag(page.locator('[data-shift]').first(), (x, y) => [x + 40, y], { is_held: true });
	assert.equal(await page.locator('.ghost').count(), 0, 'nothing is dragged');
	await page.mouse.up();
	await ann.ask('PUT', `/holidays/${day(4)}`, { name: 'Founders’ day' });
	await page.getByText('Founders’ day').first().waitFor();
	await clean('read only');
	await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce', forcedColors: 'active' });
	await clean('forced colours');
	assert.deepEqual(other.problems, []);
	await other.close();

	page = await context.newPage();
	await page.setViewportSize(phone);
	await page.goto(`${desk.url}/w/planner/${day(0)}`);
	for (const [scheme, language] of [['dark', 'ar-XB'], ['light', '']]) {
		/* All of it is there before it is loaded again: nothing that is under way is broken off. */
		await page.locator('section.day').nth(6).waitFor();
		await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
		await page.evaluate((tag) => localStorage.setItem('softanswer.language', tag), language);
		await page.reload();
		await page.locator('section.day').nth(6).waitFor();
		await clean(`a phone, ${scheme} ${language}`);
	}
	/* A finger drags what it has rested on; far from the edges, where the page scrolls by itself. */
	await page.locator('section.day').first().evaluate((section) => section.scrollIntoView());
	const row = await page.locator('[data-shift]').first().boundingBox(), hand = await context.newCDPSession(page);
	const touch = (type, y) => hand.send('Input.dispatchTouchEvent', { type, touchPoints: type === 'touchEnd' ? [] : [{ x: row.x + 40, y: row.y + y }] });
	await touch('touchStart', 20);
	await page.locator('.ghost').waitFor();
	await touch('touchMove', 60);
	const next = await page.locator(`section.day[data-day="${day(1)}"]`).boundingBox();
	await touch('touchMove', next.y + 20 - row.y);
	await page.locator(`section.day.is_target[data-day="${day(1)}"]`).waitFor();
	await touch('touchEnd');
	await page.getByRole('dialog').getByText(/, Tuesday .* instead of Monday /).waitFor();
	await clean('a shift that a finger dropped');
	await page.keyboard.press('Escape');
	await page.locator('.ghost').waitFor({ state: 'detached' });
	await page.getByRole('button', { name: /^Add a shift: Tuesday/ }).click();
	await page.getByRole('dialog').getByLabel('Person').selectOption('Cleo Marsh');
	await page.getByRole('dialog').getByLabel('A day off').check();
	await clean('a day off on a phone');
	await page.getByRole('dialog').getByRole('button', { name: 'Add', exact: true }).click();
	await page.locator(`section.day[data-day="${day(1)}"]`).getByText('Off').waitFor();
	assert.deepEqual(context.problems, []);
});
