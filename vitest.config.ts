import {defineConfig} from 'vitest/config';

export default defineConfig({
	test: {
		include: ['test/**/*.test.{ts,tsx}'],
		// Two workers: suites start DuckDB and real terminals, and small machines have two cores.
		maxWorkers: 2,
		testTimeout: 30_000,
		hookTimeout: 120_000,
	},
});
