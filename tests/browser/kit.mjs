/*
 * What the browser tests stand on: the real program on a free port with a folder of its own, and Debian's Chromium (CHROMIUM names another).
 *
 * On a PostgreSQL server (tests/kit/with_postgres) each desk has a database of its own.
 *
 * Everything that is started here is stopped here, by its own id, also when a test fails.
 */
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { appendFileSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const from_web = createRequire(join(root, 'web/package.json'));
const { chromium } = from_web('playwright-core');
const axe_path = from_web.resolve('axe-core/axe.min.js');

const program = resolve(process.env.SOFTANSWER_BIN ?? join(root, 'build/dev/softanswer'));
/* The pages' side of Chromium, which does the same for them in three fifths of the time, has no notifications. */
const whole = '/usr/bin/chromium', shell = '/usr/bin/chromium-headless-shell';

export const admin = { name: 'Ann Berger', email: 'ann@lantern.example', password: 'a long enough secret' };

function free_port() {
	return new Promise((done, fail) => {
		const server = createServer().once('error', fail).listen(0, '127.0.0.1', () => {
			const { port } = server.address();
			server.close(() => done(port));
		});
	});
}

/*
 * An empty database on the server that SOFTANSWER_TEST_DATABASE names (an address is postgresql:///NAME?…), with a role of its own:
 * roles are the server's, and the desk of another file is made at the same time.
 */
function new_database() {
	const server = process.env.SOFTANSWER_TEST_DATABASE;
	const name = `browser_${process.pid}_${++made}`;
	execFileSync('createdb', [`--maintenance-db=${server}`, name]);
	return ['--database', server.replace(/^postgresql:\/\/\/[^?]*/, `postgresql:///${name}`), '--role', name];
}
let made = 0;

/* A desk of its own, with the demo shop; `settings` are further lines of its settings file. */
export class Desk {
	static async start({ settings = [] } = {}) {
		const desk = new Desk();
		desk.folder = mkdtempSync(join(tmpdir(), 'softanswer-browser-'));
		desk.port = await free_port();
		desk.url = `http://localhost:${desk.port}`;
		const on_server = process.env.SOFTANSWER_TEST_DATABASE ? new_database() : [];
		await run(['init', '--data', desk.folder, ...on_server]);
		appendFileSync(join(desk.folder, 'softanswer.conf'), ['', 'demo=on', ...settings, ''].join('\n'));
		await desk.serve();
		return desk;
	}

	async serve(by = program) {
		this.output = '';
		this.process = spawn(by, ['serve', '--data', this.folder, '--port', String(this.port)], { stdio: ['ignore', 'pipe', 'pipe'] });
		this.process.stdout.on('data', (text) => { this.output += text; });
		this.process.stderr.on('data', (text) => { this.output += text; });
		const is_over = new Promise((done) => this.process.once('exit', done));
		this.over = is_over;
		for (let tries = 0; ; tries++) {
			try {
				if ((await fetch(`${this.url}/api/v1/desk`)).ok)
					return;
			} catch { /* not yet */ }
			if (tries > 200 || this.process.exitCode !== null)
				throw new Error(`the desk does not serve:\n${this.output}`);
			await pause(50);
		}
	}

	/* The one-time code of the first start, as it stands on the console. */
	code() {
		const found = /(?:setup#|code[^\n:]*:\s*)([A-Za-z0-9_-]{6,})/.exec(this.output);
		if (!found)
			throw new Error(`no first-run code in:\n${this.output}`);
		return found[1];
	}

	/* The same desk, served by a program with other pages: "renewed" or "beyond" of tests/browser/CMakeLists.txt. */
	async upgrade(name) {
		this.process.kill('SIGTERM');
		await this.over;
		await this.serve(join(dirname(program), 'tests/browser', `softanswer_${name}`));
	}

	async kill() {
		this.process.kill('SIGKILL');
		await this.over;
	}

	async stop() {
		this.process.kill('SIGTERM');
		await Promise.race([this.over, pause(5000).then(() => this.kill())]);
		rmSync(this.folder, { recursive: true, force: true });
	}
}

function run(args) {
	return new Promise((done, fail) => {
		const child = spawn(program, args, { stdio: ['ignore', 'ignore', 'inherit'] });
		child.once('exit', (code) => (code === 0 ? done() : fail(new Error(`${args[0]}: exit ${code}`))));
	});
}

export async function open_browser({ is_whole = false } = {}) {
	return chromium.launch({
		executablePath: process.env.CHROMIUM ?? (is_whole || !existsSync(shell) ? whole : shell),
		headless: true,
		args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
			'--disable-component-update', '--disable-sync'],
	});
}

/* A context whose pages report what must not happen: errors of scripts, refusals by the policy. */
export async function open_context(browser, options = {}) {
	const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'en-US', timezoneId: 'America/Denver', ...options });
	context.problems = [];
	context.setDefaultTimeout(10_000);
	context.on('page', (page) => {
		page.on('pageerror', (error) => context.problems.push(`${page.url()}: ${error.message}`));
		page.on('console', (message) => {
			if (/Content Security Policy|Trusted ?Type|Refused to/i.test(message.text()))
				context.problems.push(`${page.url()}: ${message.text()}`);
		});
	});
	return context;
}

export function pause(ms) {
	return new Promise((done) => setTimeout(done, ms));
}

/* Fills in the first-run page and waits for the workspace. */
export async function set_up(page, desk, { shop = 'Lantern & Co.' } = {}) {
	await page.goto(`${desk.url}/`);
	await page.getByLabel('First-run code').fill(desk.code());
	await page.getByLabel('Name of the desk').fill(shop);
	await page.getByLabel('Name', { exact: true }).fill(admin.name);
	await page.getByLabel('E-mail').fill(admin.email);
	await page.getByLabel('Password').fill(admin.password);
	await page.getByRole('button', { name: 'Open the desk' }).click();
	await page.waitForURL('**/w/settings/start');
	await page.goto(`${desk.url}/w/inbox`);
	await page.getByRole('heading', { name: 'Waiting' }).waitFor();
}

/* The launcher sits in a closed shadow root, where no selector reaches: the page's own door opens it. */
export async function open_widget(page) {
	await page.waitForFunction(() => window.Softanswer !== undefined);
	await page.evaluate(() => window.Softanswer.open());
	return panel_of(page);
}

export async function panel_of(page) {
	for (let tries = 0; tries < 100; tries++) {
		const frame = page.frames().find((each) => each.url().includes('/widget/panel'));
		if (frame)
			return frame;
		await pause(50);
	}
	throw new Error('there is no panel');
}

/*
 * Axe over a page and its frames; the list of what is wrong, empty when all is well. Evaluated, not added as a script: the policy stands.
 * With `what` only that: `colours` is what a theme changes, `layout` what another direction or width does. The structure of one state is
 * the same in all of them, and looked at once.
 */
const axe_rules = {
	all: { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] },
	layout: { type: 'rule', values: ['color-contrast', 'link-in-text-block', 'target-size', 'scrollable-region-focusable'] },
	colours: { type: 'rule', values: ['color-contrast', 'link-in-text-block'] },
};

export async function axe_problems(page, what = 'all') {
	const problems = [];
	for (const frame of page.frames())
		try {
			problems.push(...await axe_problems_of(frame, axe_rules[what]));
		} catch (reason) {
			/* A preview that is drawn anew takes the place of the old one meanwhile. */
			if (!frame.isDetached())
				throw reason;
		}
	return problems;
}

async function axe_problems_of(frame, rules) {
	const source = readFileSync(axe_path, 'utf8');
	if (!await frame.evaluate(() => 'axe' in window))
		await frame.evaluate(source);
	const found = await frame.evaluate((runOnly) => window.axe.run(document, { iframes: false, resultTypes: ['violations'], runOnly }), rules);
	return found.violations.flatMap((violation) => violation.nodes.map((node) =>
		`${new URL(frame.url()).pathname} ${violation.id}: ${node.html.slice(0, 140)} — ${node.failureSummary.split('\n').slice(1, 3).join(' ').trim()}`));
}

/* How far the page can be moved sideways, px. */
export function sideways(page) {
	return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}

/* Asks until it is so; else says what was seen last. */
export async function until(check, says, ms = 20_000) {
	for (const end = Date.now() + ms; ;) {
		const seen = await check();
		if (seen === true)
			return;
		if (Date.now() > end)
			assert.fail(`${says}: ${JSON.stringify(seen)}`);
		await pause(100);
	}
}

/*
 * By the keys of a clock. Chromium takes two digits for two numbers when more than a second lies between them, as on a busy machine:
 * then a person types again.
 */
export async function type_clock(page, clock, keys, wanted) {
	await until(async () => {
		await clock.blur();
		await clock.focus();
		await page.keyboard.type(keys);
		return await clock.inputValue() === wanted || await clock.inputValue();
	}, `the clock shows ${wanted}`);
}

/* Counts what sounds and what is notified, across reloads and tabs; a headless browser has no loudspeaker. */
export function listen_in(context) {
	return context.addInitScript(() => {
		if (location.protocol === 'about:')
			return;
		const add = (name, what) => localStorage.setItem(name, JSON.stringify([...JSON.parse(localStorage.getItem(name) ?? '[]'), what]));
		const param = { value: 0, setValueAtTime() {}, linearRampToValueAtTime() {}, exponentialRampToValueAtTime() {} };
		const node = () => { const one = { connect: (to) => to, start: () => add('heard', one.frequency.value), stop() {}, frequency: { value: 0 }, gain: param }; return one; };
		window.AudioContext = class { state = 'running'; currentTime = 0; destination = {}; resume = async () => {}; createOscillator = node; createGain = node; };
		let permission = localStorage.getItem('permission') ?? 'default';
		window.Notification = class {
			static get permission() { return permission; }
			static async requestPermission() { localStorage.setItem('permission', permission = 'granted'); return permission; }
			constructor(title, options) { add('notified', `${title}: ${options.body}`); }
		};
		ServiceWorkerRegistration.prototype.showNotification = async (title, options) => add('notified', `${title}: ${options.body}`);
	});
}

/*
 * The browser's own sounds, written down as they go out, and its own notifications. Without a head every page has the focus: none has it
 * while "is_away" is in the storage.
 */
export async function overhear(context, origin) {
	await context.grantPermissions(['notifications'], { origin });
	await context.addInitScript(() => {
		if (location.protocol === 'about:')
			return;
		const start = OscillatorNode.prototype.start;
		OscillatorNode.prototype.start = function (at) {
			localStorage.setItem('heard', JSON.stringify([...JSON.parse(localStorage.getItem('heard') ?? '[]'), this.frequency.value]));
			return start.call(this, at);
		};
		const has_focus = document.hasFocus;
		document.hasFocus = () => localStorage.getItem('is_away') === null && has_focus.call(document);
	});
}

/* The notifications that are shown: title by tag. */
export const shown = (page) => page.evaluate(async () =>
	Object.fromEntries((await (await navigator.serviceWorker.ready).getNotifications()).map(({ tag, title }) => [tag, title])));

/* Somebody clicks the notification with that tag, or its button `action`. */
export async function click_notification(context, tag, action = '') {
	const worker = context.serviceWorkers().find((one) => one.url().endsWith('/service-worker.js'));
	await worker.evaluate(async ([wanted, button]) => {
		const [notification] = await self.registration.getNotifications({ tag: wanted });
		self.dispatchEvent(new NotificationEvent('notificationclick', { notification, action: button }));
	}, [tag, action]);
}

/* What listen_in() and overhear() have written down. */
export const kept = (page, name) => page.evaluate((key) => JSON.parse(localStorage.getItem(key) ?? '[]'), name);
