/* One short, soft tone for what is new: in one tab only, one for a burst, and never before somebody has touched the panel. */
let context: AudioContext | null = null;

async function tone(): Promise<void> {
	context ??= new AudioContext();
	await context.resume();
	const at = context.currentTime, gain = context.createGain(), tone = context.createOscillator();
	tone.frequency.setValueAtTime(660, at);
	tone.frequency.setValueAtTime(880, at + 0.09);
	gain.gain.setValueAtTime(0, at);
	gain.gain.linearRampToValueAtTime(0.12, at + 0.02);
	gain.gain.exponentialRampToValueAtTime(0.0001, at + 0.4);
	tone.connect(gain).connect(context.destination);
	tone.start(at);
	tone.stop(at + 0.45);
}

export function play(): void {
	if (!navigator.userActivation?.hasBeenActive)
		return;
	/* Who holds the lock sounds; for two seconds everybody else is silent. */
	void navigator.locks?.request('softanswer.sound', { ifAvailable: true }, async (lock) => {
		if (!lock)
			return;
		await tone().catch(() => undefined);
		await new Promise((resolve) => setTimeout(resolve, 2000));
	}).catch(() => undefined);
}
