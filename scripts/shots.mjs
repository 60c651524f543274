/** The pictures of the documentation: size, words on the command line, and what is typed once the screen shows a pattern. */
const sizes = [[80, 24], [120, 40], [200, 60]];

/** From the users of the demo to a role, its marks, the policies without them, and the people in it. */
const walk = [
	{name: 'users', title: 'the users of the demo account, an unused one marked', steps: [[/\balice\b/, '']]},
	{name: 'overview', title: 'the demo account in figures', steps: [[/\balice\b/, 'o'], [/worst 1 /, '']]},
	{name: 'role', title: 'a role of the demo account: what it may do, and what it did', steps: [[/\balice\b/, '\t'], [/\bgithub-deploy\b/, '/github-deploy\r'], [/1\/15/, '\r'], [/> - /, 'jjjjjjjjj'], [/> - cloudformation:CreateStack /, '']]},
	{name: 'evidence', title: 'what one mark rests on: grants, events, the change that took it away', steps: [[/\balice\b/, '\r'], [/users › alice/, '/createbucket\r'], [/\/createbucket · 1\//, '\r'], [/taken away by/i, '']]},
	{name: 'policy', title: 'the policies without what is marked, played against every event', steps: [[/\balice\b/, '\t'], [/\bgithub-deploy\b/, '/github-deploy\r'], [/1\/15/, '\r'], [/> - /, 'a'], [/marked/, 'p'], [/replay: /, '']]},
	{name: 'people', title: 'the people in a role', steps: [[/\balice\b/, '\t'], [/\bgithub-deploy\b/, '/^admin !sso\r'], [/admin/, '/\u0015admin !reserved\r'], [/1\/15/, '\r'], [/roles › admin/, '\t'], [/\bcharlie\b[\s\S]*\balice\b/, '']]},
];

export const shots = [
	{
		file: 'docs/screen.svg', columns: 110, rows: 28, words: ['--demo', '--start', '90d'],
		title: 'cloudtracker-tui: what the role github-deploy of the demo account may do, and what it did',
		steps: [[/\balice\b/, '\t'], [/\bgithub-deploy\b/, '/github-deploy\r'], [/1\/15/, '\r'], [/granted by/, 'jjjjjjjjj'], [/> - cloudformation:CreateStack /, '']],
	},
	...sizes.flatMap(([columns, rows]) => walk.map(({name, title, steps}) => ({
		file: `docs/screens/${name}-${columns}x${rows}.svg`, columns, rows, words: ['--demo'], title: `cloudtracker-tui, ${columns} x ${rows}: ${title}`, steps,
	}))),
];
