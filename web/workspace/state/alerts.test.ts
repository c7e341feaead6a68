import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { keep_in_memory, type Keep } from '../../client/storage';
import { Alerts, burst_ms, tunes, type Alert } from './alerts.svelte';
import { Choices } from './choices.svelte';

const notes: number[] = [];

class Sounds {
	state = 'running';
	currentTime = 0;
	destination = {};
	resume = async (): Promise<void> => undefined;
	private node = () => {
		const one = { frequency: { value: 0 }, gain: { setValueAtTime() {}, linearRampToValueAtTime() {}, exponentialRampToValueAtTime() {} }, connect: (to: unknown) => to,
			start: () => notes.push(one.frequency.value), stop() {} };
		return one;
	};
	createOscillator = this.node;
	createGain = this.node;
}

function tab(keep: Keep): { alerts: Alerts; choices: Choices } {
	const choices = new Choices(keep);
	const alerts = new Alerts(keep, choices, () => undefined, () => undefined);
	alerts.start();
	window.dispatchEvent(new Event('pointerdown'));
	return { alerts, choices };
}

const seat: Alert = { conversation: 'seat', tune: 'seat', path: '/w/inbox', title: 'A seat is yours', text: '' };
const chat: Alert = { conversation: 'kP', path: '/w/inbox/kP', title: 'Vera', text: 'Hello?' };
const pitches = (tune: keyof typeof tunes): number[] => tunes[tune].map(([, pitch]) => pitch);

describe('sounds', () => {
	beforeEach(() => {
		notes.length = 0;
		vi.useFakeTimers({ now: 1_000_000 });
		vi.stubGlobal('AudioContext', Sounds);
	});
	afterEach(() => {
		vi.unstubAllGlobals();
		vi.useRealTimers();
	});
	it('tell an offer, a seat, a call for help and a chat apart', () => {
		const heard = Object.values(tunes).map((tune) => tune.map(([, pitch]) => pitch).join());
		expect(new Set(heard).size).toBe(heard.length);
	});
	it('ring once for a burst in two tabs, with the tune of the first', async () => {
		const keep = keep_in_memory(), one = tab(keep), other = tab(keep);
		await Promise.all([one.alerts.tell(seat), other.alerts.tell(seat), one.alerts.tell(chat)]);
		expect(notes).toEqual(pitches('seat'));
		vi.advanceTimersByTime(burst_ms);
		await other.alerts.tell(chat);
		expect(notes).toEqual([...pitches('seat'), ...pitches('chat')]);
	});
	it('are silent where somebody turned them off, and for what is looked at', async () => {
		const { alerts, choices } = tab(keep_in_memory());
		choices.choose_sound(false);
		await alerts.tell(seat);
		choices.choose_sound(true);
		vi.spyOn(document, 'hasFocus').mockReturnValue(true);
		alerts.look_at(chat.conversation);
		await alerts.tell(chat);
		expect(notes).toEqual([]);
		await alerts.tell({ ...chat, conversation: 'offer-kP', tune: 'offer' });
		expect(notes).toEqual(pitches('offer'));
	});
});
