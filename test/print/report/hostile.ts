import {analysis, grant, principal, row} from '../analyses.js';

/** What a policy, a log or a path may hold to break out of a page, a table or a terminal. */
export const hostileNames = [
	'</script><script>alert(1)</script>', '"><img src=x onerror=alert(1)>', '\' onmouseover=\'alert(1)', '<!--<script>', ']]></style>', '\u2028alert(1)\u2029', '\u001B[2J\u202Eevil',
	'a|b `c` *d* [e](https://example.com) @everyone $x$', String.raw`back\slash\|pipe`, '=HYPERLINK("x")', ['$', 'alert(1)}'].join('{'), '&lt;b&gt;', '\uD800lone', '__proto__',
] as const;

/** An account whose every name is hostile. */
export function hostileAnalysis() {
	const principals = hostileNames.map((name, index) => principal({
		name, arn: `arn:aws:iam::123456789012:user/${index}${name}`, kind: index % 2 === 0 ? 'user' : 'role', reason: name, verdict: index % 3 === 0 ? 'unused' : 'used',
		counts: {used: 1, unused: 2, unknown: 0, ungranted: 1, granted: 3}, unusedDangerous: 1,
	}));
	const rows = hostileNames.map((name, index) => row(`s3:${name}`, {
		verdict: index % 2 === 0 ? 'unused' : 'ungranted', reason: name, blockedBy: [name], deniedInPart: index % 3 === 0, count: index % 4, denied: 0, events: [`s3.amazonaws.com:Call${index}`],
		risk: index % 4 === 0 ? {kind: 'data-exfiltration', note: name, source: 'https://docs.aws.amazon.com/'} : null,
	}));
	const base = analysis();
	return analysis({
		account: {id: '123456789012', name: hostileNames[0]},
		trail: {...base.trail, location: `/logs/${hostileNames[1]}`},
		warnings: hostileNames.map(message => ({code: 'policy-note', message})),
		principals,
		unmapped: hostileNames.map(name => ({eventSource: name, eventName: name, count: 1})),
		principal: arn => ({
			principal: principals.find(one => one.arn === arn) ?? principals[0]!, actions: rows, grantedBy: () => [{...grant, policy: hostileNames[0]}],
			attempted: [{action: hostileNames[1], denied: 2}], noPermissionNeeded: [], unmapped: [], notes: [hostileNames[0]],
		}),
	});
}
