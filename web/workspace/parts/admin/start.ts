/* The first steps: which there are, where one is, and what is kept so that a reload or another day goes on there. */
import type { SiteGetAnswer, SiteListAnswer } from '../../../client/api.gen';
import type { Door } from '../../../client/door';
import type { Keep } from '../../../client/storage';

export const steps = ['desk', 'site', 'snippet', 'seats', 'team', 'done'] as const;
export type Step = (typeof steps)[number];

const step_key = 'softanswer.start', site_key = 'softanswer.start.site';

/* The step that the address names, or the one that one had come to. */
export function step_of(named: string | undefined, keep: Keep): Step {
	const kept = keep.get(step_key);
	return steps.find((step) => step === named) ?? steps.find((step) => step === kept) ?? 'desk';
}

export function step_keep(step: Step, keep: Keep): void {
	keep.set(step_key, step);
}

export function step_next(step: Step): Step {
	return steps[Math.min(steps.indexOf(step) + 1, steps.length - 1)]!;
}

export function step_before(step: Step): Step {
	return steps[Math.max(steps.indexOf(step) - 1, 0)]!;
}

export function site_keep(site: string, keep: Keep): void {
	keep.set(site_key, site);
}

/* The site that was set up here, or the first that is not of the desk's own pages; null: none yet. */
export async function first_site(door: Door, keep: Keep): Promise<SiteGetAnswer | null> {
	const { sites } = await door.get<SiteListAnswer>('/sites');
	const kept = keep.get(site_key);
	for (const { site } of [...sites].sort((one, other) => Number(other.site === kept) - Number(one.site === kept))) {
		const found = await door.get<SiteGetAnswer>(`/sites/${site}`);
		if (!found.is_own)
			return found;
	}
	return null;
}

/* "shop.example/cart" as somebody copies it becomes "https://shop.example". */
export function origin_tidy(text: string): string {
	const address = text.trim();
	try {
		return new URL(/^https?:\/\//i.test(address) ? address : `https://${address}`).origin;
	} catch {
		return address;
	}
}

export function origins_of(text: string): string[] {
	return [...new Set(text.split(/[\s,]+/).filter((each) => each !== '').map(origin_tidy))];
}
