/* What a person chose for this browser: how keys act, what may sound and show. Kept here, not on the desk. */
import type { Keep } from '../../client/storage';

export class Choices {
	private readonly keep: Keep;
	has_single_keys = $state(true);
	sends_with = $state<'enter' | 'mod'>('enter');
	has_sound = $state(true);
	/* Notifications of the browser; null: not asked yet. */
	has_notices = $state<boolean | null>(null);

	constructor(keep: Keep) {
		this.keep = keep;
		this.has_single_keys = keep.get('softanswer.single-keys') !== 'off';
		this.sends_with = keep.get('softanswer.sends-with') === 'mod' ? 'mod' : 'enter';
		this.has_sound = keep.get('softanswer.sound') !== 'off';
		const notices = keep.get('softanswer.notices');
		this.has_notices = notices === null ? null : notices === 'on';
	}

	choose_single_keys(on: boolean): void {
		this.has_single_keys = on;
		this.put('softanswer.single-keys', on ? null : 'off');
	}

	choose_sends_with(key: 'enter' | 'mod'): void {
		this.sends_with = key;
		this.put('softanswer.sends-with', key === 'mod' ? 'mod' : null);
	}

	choose_sound(on: boolean): void {
		this.has_sound = on;
		this.put('softanswer.sound', on ? null : 'off');
	}

	choose_notices(on: boolean): void {
		this.has_notices = on;
		this.put('softanswer.notices', on ? 'on' : 'off');
	}

	private put(key: string, value: string | null): void {
		if (value === null)
			this.keep.remove(key);
		else
			this.keep.set(key, value);
	}
}
