/*
 * B8: what the pages weigh (gzip) and how soon they are there for a slow device: from opening the widget to its first view, and from
 * the first message to the chat's view, in Chromium with a processor slowed four times.
 *
 *   script/bench widget [--json FILE] [--quick]
 *
 * Medians of five visitors (--quick: three), each with an empty cache. The desk runs on the same machine, unslowed.
 */
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { availableParallelism, hostname, loadavg } from 'node:os';
import { fileURLToPath } from 'node:url';
import { advisor } from '../tests/browser/actors.mjs';
import { admin, Desk, open_browser, open_context, panel_of, set_up } from '../tests/browser/kit.mjs';

const is_quick = process.argv.includes('--quick');
const json = process.argv[process.argv.indexOf('--json') + 1];
const slowed = 4;
/* Of others: times mean little where more is under way than there are processors. Sizes are exact anyway. */
const load = loadavg()[0] / availableParallelism();

const sizes = JSON.parse(execFileSync('node', [fileURLToPath(new URL('../web/sizes.mjs', import.meta.url)), '--json'], { encoding: 'utf8' }));
const figures = {};
const tell = (key, value, unit, goal, against, others = []) => {
	figures[key] = { value, unit, goal, better: 'lower', against, ratio: Number((value / goal).toFixed(3)) };
	console.log(`${key.padEnd(24)} ${String(value).padStart(8)} ${unit}   goal ${goal}   ratio ${figures[key].ratio}   ${others.length ? `from ${Math.min(...others)} to ${Math.max(...others)}` : ''}`);
};
const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];

tell('loader_gz_bytes', sizes['widget.js'], 'bytes', 3000, 'the goal');
tell('panel_gz_bytes', sizes['widget/panel.html'], 'bytes', 30_000, 'the goal');
tell('workspace_gz_bytes', sizes['workspace/index.html'], 'bytes', 140_000, 'the goal');

const desk = await Desk.start({ settings: ['floods=off'] });
const browser = await open_browser();
const views = [], chats = [];
try {
	const staff = await open_context(browser);
	await set_up(await staff.newPage(), desk);
	await staff.close();
	const ann = await advisor(desk, admin);
	await ann.status('online');
	for (let i = 0; i < (is_quick ? 3 : 5); i++) {
		const context = await open_context(browser);
		const page = await context.newPage();
		await page.goto(`${desk.url}/demo`);
		await page.waitForFunction(() => window.Softanswer?.open);
		const session = await context.newCDPSession(page);
		await session.send('Emulation.setCPUThrottlingRate', { rate: slowed });
		const opened = performance.now();
		await page.evaluate(() => window.Softanswer.open());
		const panel = await panel_of(page);
		await panel.getByLabel('Your message').waitFor();
		views.push(Math.round(performance.now() - opened));
		await panel.getByLabel('Your message').fill('Is the lamp in stock?');
		const written = performance.now();
		await panel.getByLabel('Your message').press('Enter');
		await panel.locator('[role=log] article').first().waitFor();
		chats.push(Math.round(performance.now() - written));
		await context.close();
		for (const { conversation } of (await ann.ask('GET', '/chats?view=waiting')).chats) {
			await ann.take(conversation);
			await ann.end(conversation);
		}
	}
} finally {
	await browser.close();
	await desk.stop();
}
tell('first_view_ms', median(views), 'ms', 1000, `a processor slowed ${slowed} times`, views);
tell('first_conversation_ms', median(chats), 'ms', 1000, `a processor slowed ${slowed} times`, chats);

if (load > 1)
	console.log(`The machine was loaded: ${load.toFixed(1)} for each processor. Times are longer than they would be.`);

if (process.argv.includes('--json'))
	writeFileSync(json, `${JSON.stringify({ bench: 'widget', machine: hostname(), commit: execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim(),
		...(is_quick ? { quick: true } : {}), ...(load > 1 ? { load_per_processor: Number(load.toFixed(1)) } : {}), figures }, null, '\t')}\n`);
