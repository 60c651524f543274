const folders = ['app', 'aws', 'config', 'data', 'demo', 'domain', 'iam', 'lib', 'print', 'trail', 'ui'];

/** Who may import whom: what each folder of source/ may import of ours, besides itself. `cli.ts` and `args.ts` see all. */
const mayImport = {
	data: [],
	lib: [],
	domain: ['data'],
	aws: ['lib'],
	iam: ['aws', 'domain', 'lib'],
	trail: ['aws', 'domain', 'lib'],
	demo: ['domain', 'lib'],
	config: ['domain', 'lib'],
	app: ['iam', 'trail', 'aws', 'demo', 'config', 'domain', 'lib'],
	ui: ['app', 'domain', 'lib'],
	print: ['app', 'domain', 'lib'],
};

const importRules = Object.entries(mayImport).map(([folder, allowed]) => ({
	files: [`source/${folder}/**`],
	rules: {
		'no-restricted-imports': ['error', {
			patterns: [{
				group: [...folders.filter(other => other !== folder && !allowed.includes(other)).map(other => `**/${other}/**`), '**/cli.js', '**/args.js', '**/cli/**', '**/args/**'],
				message: `${folder} imports ${['itself', ...allowed].join(', ')} and nothing else of ours`,
			}],
		}],
	},
}));

/** The domain is pure: no I/O, no clock. */
const pureDomain = {
	files: ['source/domain/**'],
	rules: {
		'no-restricted-globals': ['error', 'process', 'fetch', 'setTimeout', 'setInterval'],
		'import-x/no-nodejs-modules': 'error',
		'no-restricted-syntax': ['error', {
			selector: 'NewExpression[callee.name="Date"][arguments.length=0], MemberExpression[object.name="Date"][property.name="now"]',
			message: 'the domain has no clock',
		}],
	},
};

/** Sets of actions are made of words: a bit per action. */
const wordOperations = {files: ['source/domain/action-set.ts'], rules: {'no-bitwise': 'off'}};

export default [
	{ignores: ['dist', 'source/data/generated', 'tools/*/node_modules', 'bench/data']},
	{
		react: true,
		rules: {
			'react/react-in-jsx-scope': 'off',
			// The JSON contracts say null for what is not known, and the types follow them.
			'@typescript-eslint/no-restricted-types': 'off',
			'unicorn/no-null': 'off',
			'require-unicode-regexp': 'off',
			'prefer-named-capture-group': 'off',
			'@stylistic/no-mixed-operators': 'off',
			'@stylistic/curly-newline': 'off',
			'@stylistic/object-curly-newline': 'off',
			'capitalized-comments': 'off',
			'@stylistic/array-element-newline': 'off',
			'@typescript-eslint/switch-exhaustiveness-check': ['error', {considerDefaultExhaustiveForUnions: true}],
			'unicorn/prefer-set-has': 'off',
			// AWS's JSON spells its keys its own way.
			'@typescript-eslint/naming-convention': 'off',
			'@typescript-eslint/member-ordering': 'off',
			'@typescript-eslint/no-empty-function': 'off',
		},
	},
	{
		// Runs that are taken in turns, and programs that end when they have said why.
		files: ['bench/**', 'scripts/**', 'tools/**'],
		rules: {
			'no-await-in-loop': 'off',
			'unicorn/no-process-exit': 'off',
		},
	},
	...importRules,
	pureDomain,
	wordOperations,
];
