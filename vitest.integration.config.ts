import {defineConfig} from 'vitest/config';

/** Suites that need a real server: `npm run test:integration`. They run one after another: they share one, or each takes a gigabyte. */
export default defineConfig({
	test: {
		include: ['test/integration/**/*.test.ts'],
		globalSetup: ['test/integration/moto.ts'],
		fileParallelism: false,
		testTimeout: 120_000,
		hookTimeout: 300_000,
	},
});
