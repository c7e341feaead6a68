/* Names of languages, and whether a tag is one (as the desk looks at them: RFC 5646, roughly). */
import { locale } from '../../../kit/texts';
import { language_options } from '../zones';

export function language_tag_is(tag: string): boolean {
	return /^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/i.test(tag.trim()) && tag.trim().length <= 35;
}

export function language_name(tag: string): string {
	try {
		return new Intl.DisplayNames([locale], { type: 'language' }).of(tag) ?? tag;
	} catch {
		return tag;
	}
}

/* Those that the widget speaks by itself, and this one. */
export function languages_with(tag: string): { value: string; label: string }[] {
	return language_options.some((option) => option.value === tag) ? language_options : [...language_options, { value: tag, label: language_name(tag) }];
}
