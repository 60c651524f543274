import {defineConfig} from 'vitest/config';

/** Suites that need more than Node: `npm run test:integration`. They share one server, so they run one after another. */
export default defineConfig({
	test: {
		include: ['test/integration/**/*.test.ts'],
		globalSetup: ['test/integration/moto.ts'],
		fileParallelism: false,
		testTimeout: 60_000,
		hookTimeout: 300_000,
	},
});
