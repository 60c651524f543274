import {describe, expect, test} from 'vitest';
import {exportFileName} from '../../source/print/export-name.js';
import {exportFormats, exportRows, type ScreenRows} from '../../source/print/export-rows.js';
import {objectOf} from '../support/documents.js';
import {aliceRows, analysis, principal} from './analyses.js';
import {hostileNames} from './report/hostile.js';

const given = analysis();
const principals: ScreenRows = {kind: 'principals', analysis: given, rows: given.principals.slice(1, 3), total: 4, filter: 'a !x', toggles: [], sort: 'name'};
const actions: ScreenRows = {kind: 'actions', analysis: given, principal: principal(), rows: aliceRows.slice(2, 5), total: 6, filter: '', toggles: ['hide benign'], sort: 'risk'};

describe('the heading names account, window, filter and how many rows are shown', () => {
	test('text', () => {
		expect(exportRows(principals, 'text')).toBe([
			'# account: demo (123456789012)', '# window: 2018-01-01 to 2018-05-31', '# coverage: logs cover 150 of 151 days, last 2018-05-30', '# filter: /a !x', '# sort: name', '# rows: 2 of 4',
			'  alice', '- bob', '',
		].join('\n'));
		expect(exportRows(actions, 'text')).toContain('# principal: arn:aws:iam::123456789012:user/alice\n# filter: hide benign\n# sort: risk\n# rows: 3 of 6\n- cloudwatch:describealarmsformetric\n- cloudwatch:getdashboard\n? cloudwatch:getmetricdata\n');
	});

	test('CSV: in columns, so that a spreadsheet reads it', () => {
		const lines = exportRows(actions, 'csv').trimEnd().split('\r\n');
		expect(lines[0]).toBe('account,window,filter,principal,action,verdict,reasonCode,reason,count,failed,denied,firstUsed,lastUsed,events,deniedInPart,blockedBy,accessLevel,risk');
		expect(lines[1]).toMatch(/^123456789012,2018-01-01 to 2018-05-31,hide benign,arn:aws:iam::123456789012:user\/alice,cloudwatch:DescribeAlarmsForMetric,unused,/);
		expect(lines).toHaveLength(4);
	});

	test('JSON', () => {
		expect(objectOf(exportRows(principals, 'json'))).toMatchObject({
			schemaVersion: 1, account: {id: '123456789012', name: 'demo'}, filter: 'a !x', sort: 'name', total: 4, principals: [{name: 'alice'}, {name: 'bob', unusedDangerous: 0}],
		});
	});

	test('Markdown', () => {
		expect(exportRows(actions, 'md')).toContain('- filter: `hide benign`\n');
		expect(exportRows(actions, 'md')).toContain('| `-` | `cloudwatch:GetDashboard` |');
	});
});

test('rows stay in the order of the screen', () => {
	const reversed = {...actions, rows: [...actions.rows].toReversed()};
	expect(exportRows(reversed, 'text').split('\n').slice(-4, -1)).toEqual(['? cloudwatch:getmetricdata', '- cloudwatch:getdashboard', '- cloudwatch:describealarmsformetric']);
});

test('no logs are said, in every format with a heading', () => {
	const blind = {...actions, analysis: analysis({trail: {...given.trail, events: 0}})};
	expect(exportRows(blind, 'text')).toContain('no event of the account');
	expect(exportRows(blind, 'md')).toContain('no event of the account');
});

test.each(exportFormats)('%s: nothing in it acts on a terminal', format => {
	const hostile: ScreenRows = {...principals, filter: hostileNames.join(' '), rows: hostileNames.map(name => principal({name, reason: name}))};
	expect(exportRows(hostile, format).replaceAll(/[\n\r]/g, '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u);
});

test.each([
	['of a list', principals, 'csv', 'demo-principals.csv'],
	['of a principal', actions, 'text', 'demo-alice-actions.txt'],
	['a name that would leave the folder', {...actions, principal: principal({name: '../../etc/x'})}, 'md', 'demo-etc-x-actions.md'],
] as const)('a file name %s', (_, screen, format, name) => {
	expect(exportFileName(screen, format)).toBe(name);
});
