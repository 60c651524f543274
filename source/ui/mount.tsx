import {render} from 'ink';
import {App} from './app.js';
import {keysWith} from './keys.js';
import type {Size} from './layout.js';
import type {TuiOptions} from './run.js';

/** Frames a second at most. */
const maxFps = 60;

/** Draws the program on standard output. `exited` rejects with what an error of ours threw; `onExit` is called when the user quits. */
export function mount(options: TuiOptions, size: Size, onExit: (code: number, stopped: string | null) => void): {readonly exited: Promise<unknown>; unmount(): void} {
	const {workspace, keys, exporter, account, window, end, showUsed, ignoreBenign, ignoreUnknown} = options;
	const instance = render(
		<App
			workspace={workspace}
			options={{
				size,
				keys: keysWith(keys),
				exporter,
				// "90 days" are counted back from the window's last day, which is today unless --end says otherwise.
				today: new Date(Date.parse(end) - 1),
				accounts: workspace.accounts(),
				account,
				start: window?.start,
				end,
				toggles: {usedOnly: showUsed, hideBenign: ignoreBenign, hideUnknown: ignoreUnknown},
			}}
			onExit={onExit}
		/>,
		{exitOnCtrlC: false, maxFps},
	);
	return {
		exited: instance.waitUntilExit(),
		unmount() {
			instance.unmount();
		},
	};
}
