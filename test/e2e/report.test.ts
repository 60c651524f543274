import {existsSync} from 'node:fs';
import {mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {pathToFileURL} from 'node:url';
import {chromium, type Browser, type BrowserContextOptions, type Page} from 'playwright-core';
import {afterAll, afterEach, beforeAll, describe, expect, test} from 'vitest';
import {report} from '../../source/print/report/report.js';
import {hostileAnalysis, hostileNames} from '../print/report/hostile.js';
import {terminalText} from '../../source/lib/terminal-text.js';
import {runCli} from '../support/run-cli.js';

/** Debian's own browser. */
const browserPath = '/usr/bin/chromium';

describe.skipIf(!existsSync(browserPath))(`a report in a browser (skipped where there is no ${browserPath})`, () => {
	let home = '';
	let browser: Browser | undefined;
	let complaints: string[] = [];
	let requests: string[] = [];

	beforeAll(async () => {
		home = await mkdtemp(path.join(tmpdir(), 'cloudtracker-tui-test-'));
		const {code} = await runCli(['report', '--demo', '--output', path.join(home, 'demo.html')], home);
		expect(code).toBe(0);
		await writeFile(path.join(home, 'hostile.html'), [...report(hostileAnalysis(), 'html', {strict: false, version: '1.2.3'})].join(''));
		browser = await chromium.launch({executablePath: browserPath, args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-dev-shm-usage']});
	});

	afterAll(async () => {
		await browser?.close();
		await rm(home, {recursive: true, force: true});
	});

	afterEach(async () => {
		await Promise.all((browser?.contexts() ?? []).map(async context => context.close()));
	});

	/** A report opened from its file, offline. */
	async function open(name: string, options: BrowserContextOptions = {}): Promise<Page> {
		complaints = [];
		requests = [];
		const context = await browser!.newContext({...options, offline: true});
		const page = await context.newPage();
		page.on('console', message => {
			complaints.push(message.text());
		});
		page.on('pageerror', error => {
			complaints.push(error.message);
		});
		page.on('dialog', dialog => {
			complaints.push(`dialog ${dialog.message()}`);
			void dialog.dismiss();
		});
		page.on('request', request => {
			requests.push(request.url());
		});
		await page.goto(pathToFileURL(path.join(home, `${name}.html`)).href);
		return page;
	}

	const names = async (page: Page): Promise<string[]> => page.locator('#principals tbody tr:visible th').allInnerTexts();

	const numbers = async (page: Page, column: number): Promise<number[]> => {
		const texts = await page.locator(`#principals tbody tr td:nth-child(${column})`).allInnerTexts();
		return texts.map(text => Number(text.replaceAll(',', '')));
	};

	const descending = (values: readonly number[]): number[] => values.toSorted((a, b) => b - a);

	test('it opens without a complaint, and asks for nothing but itself', async () => {
		const page = await open('demo');
		expect(await page.title()).toBe('What account demo (111122223333) grants, and what was used');
		expect(await page.locator('svg.bar rect').count()).toBeGreaterThan(10);
		expect(complaints).toEqual([]);
		expect(requests).toEqual([page.url()]);
	});

	test('a table sorts by a click, and back by another', async () => {
		const page = await open('demo');
		const header = page.locator('#principals th', {hasText: 'granted'}).first();
		await header.getByRole('button').click();
		expect(await header.getAttribute('aria-sort')).toBe('descending');
		expect(await numbers(page, 5)).toEqual(descending(await numbers(page, 5)));
		await header.getByRole('button').click();
		expect(await header.getAttribute('aria-sort')).toBe('ascending');
		expect(await numbers(page, 5)).toEqual(descending(await numbers(page, 5)).toReversed());
	});

	test('and by the keyboard alone', async () => {
		const page = await open('demo');
		await page.locator('#principals th button').nth(1).focus();
		await page.keyboard.press('Enter');
		const sorted = await names(page);
		expect(sorted).toEqual(sorted.toSorted((a, b) => a.toLowerCase() < b.toLowerCase() ? -1 : 1));
		await page.keyboard.press('Tab');
		await page.keyboard.press('Space');
		expect(await page.locator('#principals th[aria-sort]').textContent()).toContain('kind');
	});

	test('the filter narrows the principals and their sections; a space is AND, "!" excludes', async () => {
		const page = await open('demo');
		const filter = page.getByLabel('Filter principals');
		await filter.fill('role github !plan');
		expect(await names(page)).toEqual(['github-deploy']);
		expect(await page.locator('details.principal:visible').count()).toBe(1);
		expect(await page.getByText('1 of 18 principals').isVisible()).toBe(true);
		await filter.fill('');
		expect(await names(page)).toHaveLength(18);
	});

	test('a name leads to its actions: all of them, a page at a time, dangerous ones first; they sort and filter', async () => {
		const page = await open('demo');
		await page.locator('#principals').getByRole('link', {name: 'admin', exact: true}).click();
		const section = page.locator('details.principal[open]');
		await section.locator('.tools').waitFor();
		expect(await section.locator('tbody tr').count()).toBe(500);
		expect(await section.locator('tbody tr').first().textContent()).toMatch(/unused[\s\S]*privilege-escalation/);
		await section.getByRole('button', {name: 'Show 500 more'}).click();
		expect(await section.locator('tbody tr').count()).toBe(1000);
		await section.getByLabel('Filter actions').fill('iam:passrole');
		expect(await section.locator('tbody th').allInnerTexts()).toEqual(['iam:PassRole']);
		await section.getByLabel('Filter actions').fill('');
		await section.getByLabel('Verdict').selectOption('used');
		const count = await section.locator('tbody tr').count();
		expect(await page.locator('#principals tr', {has: page.getByRole('link', {name: 'admin', exact: true})}).locator('td').nth(4).textContent()).toBe(String(count));
		await section.getByRole('button', {name: 'events'}).click();
		const texts = await section.locator('tbody td:nth-child(5)').allInnerTexts();
		const events = texts.map(text => Number.parseInt(text.replaceAll(',', ''), 10));
		expect(events).toEqual(descending(events));
		expect(complaints).toEqual([]);
	});

	test('without JavaScript the tables are there, and nothing pretends to sort', async () => {
		const page = await open('demo', {javaScriptEnabled: false});
		expect(await page.locator('#principals tbody tr').count()).toBe(18);
		expect(await page.locator('button').count()).toBe(0);
		await page.locator('details.principal summary', {hasText: 'alice'}).click();
		expect(await page.locator('details.principal[open] tbody th').allInnerTexts()).toContain('s3:CreateBucket');
	});

	test.each([390, 1280])('nothing makes the page wider than the window: %i', async width => {
		const page = await open('demo', {viewport: {width, height: 800}});
		await page.locator('#principals a').first().click();
		await page.locator('details[open] .tools').waitFor();
		expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
	});

	test('dark where the reader likes it dark', async () => {
		const ground = async (colorScheme: 'light' | 'dark'): Promise<unknown> => {
			const page = await open('demo', {colorScheme});
			return page.evaluate('getComputedStyle(document.body).backgroundColor');
		};

		expect(await ground('light')).toBe('rgb(255, 255, 255)');
		expect(await ground('dark')).toBe('rgb(17, 22, 27)');
	});

	test('hostile names are text, in what is there and in what the script makes', async () => {
		const page = await open('hostile');
		await page.locator('details.principal summary').first().click();
		await page.locator('details.principal[open] .tools').waitFor();
		const shown = await page.locator('details.principal[open] tbody th').allInnerTexts();
		expect(shown.toSorted()).toEqual(hostileNames.map(name => terminalText(`s3:${name}`)).toSorted());
		expect(await page.locator('#principals tbody th').allInnerTexts()).toHaveLength(hostileNames.length);
		expect(await page.locator('img, iframe, [onmouseover], body script ~ script ~ script').count()).toBe(0);
		expect(complaints).toEqual([]);
		expect(requests).toEqual([page.url()]);
	});
});
