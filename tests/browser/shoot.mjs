/* Pictures of one place in every look: light, dark, on a phone, right to left, in German on a dark phone. Of dialogs, which a reload closes, not the last two. */
import { join } from 'node:path';
import { pause } from './kit.mjs';

const wide = { width: 1440, height: 900 }, phone = { width: 390, height: 844 };
const looks = [['', wide, 'light', ''], ['-dark', wide, 'dark', ''], ['-phone', phone, 'light', ''], ['-rtl', wide, 'light', 'ar-XB'], ['-de', phone, 'dark', 'de']];

/* Gives a function that takes the pictures of a name that the pattern matches. */
export function shooting(page, folder, pattern, options = {}) {
	async function speak(language) {
		await page.evaluate((tag) => (tag ? localStorage.setItem('softanswer.language', tag) : localStorage.removeItem('softanswer.language')), language);
		await page.reload();
		await pause(900);
	}

	return async (name) => {
		for (const [sort, size, scheme, language] of looks) {
			if (!pattern.test(`${name}${sort}`) || (language && /dialog|switch/.test(name)))
				continue;
			await page.setViewportSize(size);
			await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
			if (language)
				await speak(language);
			await pause(250);
			await page.screenshot({ path: join(folder, `${name}${sort}.png`), ...options });
			if (language)
				await speak('');
		}
		await page.setViewportSize(wide);
		await page.emulateMedia({ colorScheme: 'light' });
	};
}
