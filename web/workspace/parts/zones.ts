/* Languages that there are words for, by their own names; time zones that the browser knows. */
export const language_options = [
	{ value: 'en', label: 'English' },
	{ value: 'es', label: 'Español' },
	{ value: 'de', label: 'Deutsch' },
];

export function zone_here(): string {
	return Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC';
}

export function zone_options(also: string): { value: string; label: string }[] {
	const known = typeof Intl.supportedValuesOf === 'function' ? Intl.supportedValuesOf('timeZone') : [];
	const zones = new Set([also, zone_here(), 'UTC', ...known].filter((zone) => zone !== ''));
	return [...zones].sort().map((zone) => ({ value: zone, label: zone.replaceAll('_', ' ') }));
}
