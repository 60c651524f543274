import {createHash} from 'node:crypto';
import vm from 'node:vm';
import {describe, expect, test} from 'vitest';
import {report} from '../../../source/print/report/report.js';
import {pageScript} from '../../../source/print/report/page-script.js';
import {escapeHtml, embeddedJson} from '../../../source/print/report/html.js';
import {aliceRows, analysis, principal, row} from '../analyses.js';
import {hostileAnalysis, hostileNames} from './hostile.js';

const page = (of = analysis(), strict = false): string => [...report(of, 'html', {strict, version: '1.2.3'})].join('');

describe('the page asks nothing of any network', () => {
	test('its policy forbids everything but its own style and script', () => {
		const html = page();
		const policy = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(html)?.[1] ?? '';
		const sha = (tag: string): string => `'sha256-${createHash('sha256').update(new RegExp(String.raw`<${tag}>([\s\S]*?)</${tag}>`).exec(html)?.[1] ?? '').digest('base64')}'`;
		expect(policy).toBe(`default-src 'none'; style-src ${sha('style')}; script-src ${sha('script')}; base-uri 'none'; form-action 'none'`);
	});

	test('it names no address, and loads nothing', () => {
		expect(page()).not.toMatch(/https?:|<link|<img|<iframe|@import|url\(|src=|style="/);
	});
});

describe('what a name holds stays text', () => {
	const html = page(hostileAnalysis());

	test('there are two scripts and one style sheet, whatever the names', () => {
		expect(html.match(/<script/g)).toHaveLength(2);
		expect(html.match(/<\/script/g)).toHaveLength(2);
		expect(html.match(/<style/g)).toHaveLength(1);
	});

	test('no element and no attribute comes from a name', () => {
		const tags = new Set([...html.matchAll(/<\/?([a-z\d!-]+)/gi)].map(match => match[1]?.toLowerCase()));
		expect([...tags].map(tag => tag ?? '').toSorted((a, b) => a < b ? -1 : 1)).toEqual([
			'!doctype', 'a', 'b', 'body', 'br', 'caption', 'code', 'dd', 'details', 'div', 'dl', 'dt', 'footer', 'h1', 'h2', 'head', 'header', 'html', 'li', 'main', 'meta', 'p', 'rect',
			'script', 'section', 'span', 'strong', 'style', 'summary', 'svg', 'table', 'tbody', 'td', 'th', 'thead', 'title', 'tr', 'ul',
		]);
		expect(html).not.toMatch(/<[^>]*\son\w+=["']/);
	});

	test('nothing that hides or reorders text is in it', () => {
		expect(html.replaceAll(/[\n\t]/g, '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u);
	});

	test.each(hostileNames)('%j is there as text', name => {
		expect(html).toContain(escapeHtml(name));
	});

	test('the data reads back, and cannot end its element', () => {
		const text = /<script type="application\/json" id="data">([^<]*)<\/script>/.exec(html)?.[1] ?? '';
		expect(JSON.parse(text)).toHaveProperty('principals.length', hostileNames.length);
		expect(embeddedJson({a: '</script><!--\u2028&'})).toBe(String.raw`{"a":"\u003c/script\u003e\u003c!--\u2028\u0026"}`);
	});
});

describe('without JavaScript', () => {
	test('principals and their actions are tables, with captions and scopes', () => {
		const html = page();
		for (const table of html.match(/<table[\s\S]*?<\/table>/g) ?? []) {
			expect(table).toMatch(/^<table[^>]*><caption>[^<]+<\/caption>/);
			expect(table).not.toMatch(/<th>|<th class/);
		}

		expect(html).toContain('<code>cloudwatch:GetDashboard</code>');
		expect(html).toMatch(/<td class="verdict unused"><span class="mark">-<\/span> unused<\/td><th scope="row" class="name"><a href="#p0"/);
	});

	test('of very many actions those that matter most are in the page, and it says so', () => {
		const many = Array.from({length: 1500}, (_, index) => row(`s3:Act${index}`, {verdict: 'unknown', count: 0}));
		const html = page(analysis({}, {actions: [...many, row('iam:PassRole', {verdict: 'unused', count: 0, risk: {kind: 'privilege-escalation', note: 'passes', source: ''}})]}));
		expect(html).toContain('The 1,000 of 1,501 actions that matter most.');
		expect(html.match(/<code>iam:PassRole<\/code>/g)).toHaveLength(5);
	});
});

describe('what it says', () => {
	test('account, window, source, coverage and warnings', () => {
		const html = page();
		for (const text of ['demo (123456789012)', '2018-01-01 to 2018-05-31, UTC', 'files: /logs', 'Logs cover 150 of 151 days, last 2018-05-30.', '1 of 20 files could not be read', '/logs/a.json.gz: truncated']) {
			expect(html).toContain(text);
		}
	});

	test('what the marks mean and cannot know, and --strict', () => {
		expect(page()).toContain('Resource policies, session policies and resource control policies are not evaluated');
		expect(page()).toContain('with --strict they turn');
		expect(page(analysis(), true)).toContain('prove nothing here (--strict)');
	});

	test('three charts with their numbers', () => {
		const html = page();
		for (const caption of ['Granted against used, by principal', 'Unused grants, by service', 'Last activity']) {
			expect(html).toMatch(new RegExp(`<table class="chart"><caption>${caption}`));
		}

		expect(html).toMatch(/<code>cloudwatch<\/code><\/th><td class="bars"><svg class="bar"[^>]*><rect class="fill-unused" x="0" y="0" width="1000"/);
	});

	test('no logs: nothing says unused, no chart is drawn', () => {
		const base = analysis();
		const html = page(analysis({
			trail: {...base.trail, events: 0, firstEvent: null, lastEvent: null, daysCovered: 0}, warnings: [{code: 'no-logs', message: 'no event of it'}],
			principals: [principal({verdict: 'unknown', reasonCode: 'no-logs', lastUsed: null, counts: {used: 0, unused: 0, unknown: 6, ungranted: 0, granted: 6}})],
		}, {actions: aliceRows.map(one => ({...one, verdict: 'unknown', count: 0}))}));
		expect(html).toContain('every mark is “?”');
		expect(html).toContain('No charts:');
		expect(html).toContain('<strong>not known</strong>');
		expect(html).not.toMatch(/<svg|<td class="verdict unused"><span class="mark">-<\/span> unused<\/td><th/);
	});
});

test('the script is one that parses, and writes no HTML', () => {
	expect(() => new vm.Script(pageScript)).not.toThrow();
	expect(pageScript).not.toMatch(/innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval|fetch|XMLHttpRequest|import\(/);
	expect(pageScript).not.toContain('</');
});
