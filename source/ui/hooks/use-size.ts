import {useStdout} from 'ink';
import {useEffect} from 'react';
import type {Size} from '../layout.js';

/** Calls `onSize` whenever the terminal changes its size. */
export function useSize(onSize: (size: Size) => void): void {
	const {stdout} = useStdout();
	useEffect(() => {
		const tell = () => {
			onSize({columns: stdout.columns, rows: stdout.rows});
		};

		stdout.on('resize', tell);
		return () => {
			stdout.off('resize', tell);
		};
	}, [stdout, onSize]);
}
