import {defineConfig} from 'vitest/config';

/** Suites that need a real server. One after the other: each server takes a gigabyte. */
export default defineConfig({
	test: {
		include: ['test/integration/**/*.test.ts'],
		fileParallelism: false,
		testTimeout: 120_000,
		hookTimeout: 300_000,
	},
});
