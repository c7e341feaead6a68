/*
 * The desk's settings while somebody changes them: what was changed here is kept, the rest follows what colleagues set meanwhile, and
 * only what was changed is sent.
 */
import type { Settings } from '../../../client/api';

export class SettingsDraft {
	private base: Settings;
	now = $state<Settings>({} as Settings);

	constructor(settings: Settings) {
		this.base = settings;
		this.now = { ...settings };
	}

	/* As they are on the desk by now. */
	take(settings: Settings): void {
		this.now = { ...settings, ...this.changed() };
		this.base = settings;
	}

	changed(): Partial<Settings> {
		return Object.fromEntries(Object.entries(this.now).filter(([name, value]) => value !== this.base[name as keyof Settings]));
	}

	/* As setting.change takes them; not what is hidden: it could be refused where nobody sees it. */
	asked(...hidden: (keyof Settings)[]): Record<string, string | number> {
		return Object.fromEntries(Object.entries(this.changed()).filter(([name]) => !hidden.includes(name as keyof Settings)).map(([name, value]) => [name, typeof value === 'boolean' ? (value ? 'yes' : 'no') : value as string | number]));
	}
}
