/* Times as people read them, in the page's language and the reader's time zone. */
import { locale, t } from './texts';

/* "45 s", "4 min", "1 h 5 min", "2 days". */
export function time_span(ms: number): string {
	const seconds = Math.max(0, Math.floor(ms / 1000));
	if (seconds < 60)
		return t.seconds(seconds);
	const minutes = Math.floor(seconds / 60);
	if (minutes < 60)
		return t.minutes(minutes);
	const hours = Math.floor(minutes / 60);
	if (hours < 24)
		return t.hours(hours, hours < 4 ? minutes % 60 : 0);
	return t.days(Math.floor(hours / 24));
}

export function time_of_day(at: string | number): string {
	return new Intl.DateTimeFormat(locale, { hour: 'numeric', minute: '2-digit' }).format(new Date(at));
}

/* A key that is the same for two times of one day. */
export function day_of(at: string | number): string {
	return new Date(at).toDateString();
}

export function day_name(at: string | number, today = Date.now()): string {
	if (day_of(at) === day_of(today))
		return t.today;
	if (day_of(at) === day_of(today - 86_400_000))
		return t.yesterday;
	const this_year = new Date(at).getFullYear() === new Date(today).getFullYear();
	return new Intl.DateTimeFormat(locale, { weekday: 'long', day: 'numeric', month: 'long', year: this_year ? undefined : 'numeric' })
		.format(new Date(at));
}

export function day_and_time(at: string | number): string {
	return new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' }).format(new Date(at));
}

/* Short for a list: the time today, else the day. */
export function time_short(at: string | number): string {
	if (day_of(at) === day_of(Date.now()))
		return time_of_day(at);
	return new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short' }).format(new Date(at));
}
