import {configDefaults, defineConfig} from 'vitest/config';

export default defineConfig({
	test: {
		include: ['test/**/*.test.{ts,tsx}'],
		// Needs more than Node: vitest.integration.config.ts.
		exclude: [...configDefaults.exclude, 'test/integration/**'],
		// Two workers: suites start DuckDB and real terminals, and small machines have two cores.
		maxWorkers: 2,
		testTimeout: 30_000,
		hookTimeout: 120_000,
	},
});
