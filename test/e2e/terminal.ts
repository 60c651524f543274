import process from 'node:process';
import {spawn, type IPty} from '@lydell/node-pty';
import xterm from '@xterm/headless';

export type TerminalOptions = {
	readonly columns?: number;
	readonly rows?: number;
	/** The whole environment. Without CI: with it, Ink draws nothing until it exits. */
	readonly env: NodeJS.ProcessEnv;
	readonly cwd?: string;
};

const pollInterval = 5;
const patience = 20_000;

/** Escape sequences as a keyboard sends them. */
export const keys = {
	up: '\u001B[A',
	down: '\u001B[B',
	right: '\u001B[C',
	left: '\u001B[D',
	home: '\u001B[H',
	end: '\u001B[F',
	pageUp: '\u001B[5~',
	pageDown: '\u001B[6~',
	enter: '\r',
	escape: '\u001B',
	tab: '\t',
	backspace: '\u007F',
	ctrlC: '\u0003',
	ctrlU: '\u0015',
	ctrlD: '\u0004',
} as const;

/** A program in a real pseudo-terminal, and the screen that it draws. */
export class Terminal {
	/** Exit code and signal, once the program has ended. */
	exit: {readonly code: number; readonly signal: number | undefined} | undefined;
	readonly #pty: IPty;
	readonly #screen: InstanceType<typeof xterm.Terminal>;
	#pending = 0;
	#raw = '';
	#isCursorVisible = true;

	constructor(command: string, parameters: readonly string[], {columns = 80, rows = 24, env, cwd = process.cwd()}: TerminalOptions) {
		this.#screen = new xterm.Terminal({cols: columns, rows, allowProposedApi: true, scrollback: 1000});
		this.#pty = spawn(command, [...parameters], {name: 'xterm-256color', cols: columns, rows, cwd, env});
		this.#pty.onData(data => {
			this.#pending++;
			this.#raw += data;
			// DECTCEM: the last of "show" and "hide" holds; xterm itself does not tell.
			const [shown, hidden] = [data.lastIndexOf('\u001B[?25h'), data.lastIndexOf('\u001B[?25l')];
			this.#isCursorVisible = shown === hidden ? this.#isCursorVisible : shown > hidden;
			this.#screen.write(data, () => {
				this.#pending--;
			});
		});
		this.#screen.onData(answer => {
			this.#pty.write(answer);
		});
		this.#pty.onExit(({exitCode, signal}) => {
			this.exit = {code: exitCode, signal};
		});
	}

	/** All that the program wrote. */
	get raw(): string {
		return this.#raw;
	}

	/** The underlined letters of the screen, those of a row side by side. */
	get underlined(): readonly string[] {
		const {active} = this.#screen.buffer;
		return this.lines.map((_, row) => {
			const line = active.getLine(active.viewportY + row);
			return Array.from({length: this.#screen.cols}, (__, column) => line?.getCell(column)).map(cell => cell && cell.isUnderline() !== 0 ? cell.getChars() : '').join('');
		}).filter(letters => letters !== '');
	}

	get isCursorVisible(): boolean {
		return this.#isCursorVisible;
	}

	/** "alternate" while the program has the alternate screen. */
	get buffer(): 'normal' | 'alternate' {
		return this.#screen.buffer.active.type;
	}

	/** The lines of the screen, without spaces at their ends. */
	get lines(): readonly string[] {
		const {active} = this.#screen.buffer;
		return Array.from({length: this.#screen.rows}, (_, row) => active.getLine(active.viewportY + row)?.translateToString(true) ?? '');
	}

	get text(): string {
		return this.lines.join('\n');
	}

	/** Rows that have an inverse cell: the cursor of a list. */
	get inverseRows(): readonly number[] {
		const {active} = this.#screen.buffer;
		return this.lines.flatMap((_, row) => {
			const line = active.getLine(active.viewportY + row);
			const isInverse = Array.from({length: this.#screen.cols}, (__, column) => line?.getCell(column)?.isInverse() ?? 0).some(flag => flag !== 0);
			return isInverse ? [row] : [];
		});
	}

	/** Whether any cell has a colour or a style. */
	get hasStyle(): boolean {
		const {active} = this.#screen.buffer;
		return this.lines.some((_, row) => {
			const line = active.getLine(active.viewportY + row);
			return Array.from({length: this.#screen.cols}, (__, column) => line?.getCell(column)).some(cell => cell && (!cell.isAttributeDefault()));
		});
	}

	write(data: string): void {
		this.#pty.write(data);
	}

	resize(columns: number, rows: number): void {
		this.#screen.resize(columns, rows);
		this.#pty.resize(columns, rows);
	}

	kill(signal: string): void {
		this.#pty.kill(signal);
	}

	/** Waits until the screen is as asked; throws with the screen's text when it does not come. */
	async until(what: string, isSo: (terminal: this) => boolean): Promise<void> {
		const end = Date.now() + patience;
		const look = async (): Promise<void> => {
			if (this.#pending === 0 && isSo(this)) {
				return;
			}

			if (Date.now() > end) {
				throw new Error(`waited in vain for: ${what}\n${this.text}\nexit: ${JSON.stringify(this.exit)}`);
			}

			await new Promise(resolve => {
				setTimeout(resolve, pollInterval);
			});
			return look();
		};

		return look();
	}

	/** Waits until the screen shows a text. */
	async shows(text: string): Promise<void> {
		await this.until(`"${text}"`, terminal => terminal.text.includes(text));
	}

	/** Waits until the screen does not show a text any more. */
	async hides(text: string): Promise<void> {
		await this.until(`no "${text}"`, terminal => !terminal.text.includes(text));
	}

	/** Waits for the program's end and gives its exit code. */
	async exited(): Promise<number> {
		await this.until('the end of the program', terminal => terminal.exit !== undefined);
		return this.exit?.code ?? -1;
	}

	/** Ends the program if it still runs; for after each test. */
	dispose(): void {
		if (!this.exit) {
			this.#pty.kill('SIGKILL');
		}

		this.#screen.dispose();
	}
}
