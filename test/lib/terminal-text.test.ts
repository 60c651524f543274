import fc from 'fast-check';
import stringWidth from 'string-width';
import {describe, expect, test} from 'vitest';
import {cutEnd, cutMiddle, displayWidth, padEnd, padStart, terminalText} from '../../source/lib/terminal-text.js';

describe('terminalText shows what a terminal would act on', () => {
	test.each([
		{name: 'plain text stays', text: 's3:GetObject [/path] ~', shown: 's3:GetObject [/path] ~'},
		{name: 'letters of other scripts stay', text: 'Zoë 管理者', shown: 'Zoë 管理者'},
		{name: 'a newline does not start a line', text: 'a\nb\r\tc', shown: String.raw`a\nb\r\tc`},
		{name: 'an escape sequence does not colour', text: '\u001B[31mred', shown: String.raw`\x1b[31mred`},
		{name: 'an OSC sequence does not set the title', text: '\u001B]0;x\u0007', shown: String.raw`\x1b]0;x\x07`},
		{name: 'NUL and DEL are shown', text: '\0\u007F', shown: String.raw`\x00\x7f`},
		{name: 'a C1 CSI is shown', text: '\u009B31m', shown: String.raw`\u009b31m`},
		{name: 'bidi overrides and isolates do not reorder', text: '\u202Eabc\u2066', shown: String.raw`\u202eabc\u2066`},
		{name: 'a zero-width space does not hide', text: 'ad\u200Bmin', shown: String.raw`ad\u200bmin`},
		{name: 'a Hangul filler does not hide', text: 'a\u3164', shown: String.raw`a\u3164`},
		{name: 'tag characters do not hide', text: 'a\u{E0041}', shown: String.raw`a\u{e0041}`},
		{name: 'line separators do not break the line', text: 'a\u2028b\u0085', shown: String.raw`a\u2028b\u0085`},
		{name: 'a lone surrogate is shown', text: 'a\uD800', shown: String.raw`a\ud800`},
	])('$name', ({text, shown}) => {
		expect(terminalText(text)).toBe(shown);
	});

	test('what is safe stays as it is, for any string', () => {
		fc.assert(fc.property(fc.string({unit: 'binary'}), text => {
			const once = terminalText(text);
			expect(terminalText(once)).toBe(once);
			expect(once).not.toMatch(/[\p{Cc}\u202A-\u202E\u2066-\u2069]/u);
		}));
	});
});

describe('cutting by display width', () => {
	test.each([
		{name: 'what fits is not cut', cut: cutEnd, text: 'alice', width: 5, shown: 'alice'},
		{name: 'the end goes, and says so', cut: cutEnd, text: 'alice', width: 4, shown: 'ali…'},
		{name: 'the middle goes, and says so', cut: cutMiddle, text: 'arn:aws:iam::1:role/x', width: 9, shown: 'arn:…le/x'},
		{name: 'wide characters count two columns', cut: cutEnd, text: '管理者', width: 4, shown: '管…'},
		{name: 'one column holds the ellipsis', cut: cutMiddle, text: 'alice', width: 1, shown: '…'},
		{name: 'no column holds nothing', cut: cutEnd, text: 'alice', width: 0, shown: ''},
		{name: 'escapes are made visible before the cut', cut: cutEnd, text: '\u001B[31m', width: 5, shown: String.raw`\x1b` + '…'},
	])('$name', ({cut, text, width, shown}) => {
		expect(cut(text, width)).toBe(shown);
	});

	test('never wider than asked, for any string', () => {
		fc.assert(fc.property(fc.string({unit: 'grapheme'}), fc.integer({min: 0, max: 40}), (text, width) => {
			expect(stringWidth(cutEnd(text, width))).toBeLessThanOrEqual(width);
			expect(stringWidth(cutMiddle(text, width))).toBeLessThanOrEqual(width);
		}));
	});
});

test('padding counts columns, not code units', () => {
	expect(padEnd('管', 4)).toBe('管  ');
	expect(padStart('7', 3)).toBe('  7');
	expect(padEnd('alice', 3)).toBe('alice');
	expect(displayWidth('管理')).toBe(4);
});
