import {Box, Text, useApp, useIsScreenReaderEnabled} from 'ink';
import {useCallback, useEffect, useReducer, type ReactNode} from 'react';
import type {Workspace} from '../app/workspace.js';
import {cutEnd} from '../lib/terminal-text.js';
import {appReducer} from './app-reducer.js';
import {initApp, layoutFor, lookupOf, planOf, runningWork, sessionsLookupOf, topOf, warningsOf, type AppOptions, type AppState, type Screen} from './app-state.js';
import {FieldLine} from './components/field-line.js';
import {Frame} from './components/frame.js';
import {Line} from './components/line.js';
import {useClipboard} from './hooks/use-clipboard.js';
import {useEvidence} from './hooks/use-evidence.js';
import {useExport} from './hooks/use-export.js';
import {useJob} from './hooks/use-job.js';
import {useNewAccount} from './hooks/use-new-account.js';
import {usePlan} from './hooks/use-plan.js';
import {usePresses} from './hooks/use-presses.js';
import {useQueue} from './hooks/use-queue.js';
import {useSessions} from './hooks/use-sessions.js';
import {useSize} from './hooks/use-size.js';
import {footerText, keyFor} from './keys.js';
import {isTooSmall, smallest, type Layout, type Size} from './layout.js';
import {linearLines} from './linear.js';
import type {Press} from './press.js';
import {AccountsView} from './screens/accounts/view.js';
import {ActionView} from './screens/action/view.js';
import {AddAccountView} from './screens/add-account/view.js';
import {crumbWords, headWords, hintsOf, statusWords} from './screens/describe.js';
import {ExportView} from './screens/export/view.js';
import {FailedView} from './screens/failed/view.js';
import {HelpView} from './screens/help/view.js';
import {LinesView} from './screens/lines/view.js';
import {LoadingView} from './screens/loading/view.js';
import {PeopleView} from './screens/people/view.js';
import {PolicyView} from './screens/policy/view.js';
import {PrincipalView} from './screens/principal/view.js';
import {PrincipalsView} from './screens/principals/view.js';
import {StartDateView} from './screens/start-date/view.js';
import type {TextField} from './text-field.js';

export type AppProps = {
	readonly workspace: Workspace;
	readonly options: AppOptions;
	/** Called once, with the exit code that the user's way of quitting asks for, and the work that it stopped. */
	readonly onExit: (code: number, stopped: string | null) => void;
};

/** The whole program: one reducer for all keys, effects for what its state asks for, and the view of the last screen. */
export function App({workspace, options, onExit}: AppProps): ReactNode {
	const [state, dispatch] = useReducer(appReducer, options, initApp);
	const {exit} = useApp();
	const top = topOf(state);

	usePresses(useCallback((press: Press) => {
		dispatch({type: 'press', press});
	}, []));
	useSize(useCallback((size: Size) => {
		dispatch({type: 'resize', size});
	}, []));
	const onBug = useCallback((error: unknown) => {
		exit(error instanceof Error ? error : new Error(String(error)));
	}, [exit]);
	const enqueue = useQueue(onBug);
	const isRunning = state.exitCode === null;
	useJob(isRunning ? state.job : null, workspace, dispatch, enqueue);
	useEvidence(isRunning ? lookupOf(state) : null, workspace, dispatch, enqueue);
	useSessions(isRunning ? sessionsLookupOf(state) : null, workspace, dispatch, enqueue);
	useClipboard(state.copy, dispatch);
	usePlan(isRunning ? planOf(state) : null, dispatch, onBug);
	useExport({prompt: top.name === 'export' ? top.state : undefined, exporter: state.exporter, dispatch, onBug});
	useNewAccount({form: top.name === 'add-account' ? top.state : undefined, workspace, dispatch, onBug});
	const stopped = runningWork(state);
	useEffect(() => {
		if (state.exitCode !== null) {
			onExit(state.exitCode, stopped);
		}
	}, [state.exitCode, stopped, onExit]);

	return <AppView state={state}/>;
}

/** The state as it is drawn. */
export function AppView({state}: {readonly state: AppState}): ReactNode {
	const {size} = state;
	const isSpoken = useIsScreenReaderEnabled();
	if (isTooSmall(size)) {
		return <Text wrap='truncate-end'>{cutEnd(`needs ${smallest.columns}x${smallest.rows}, has ${size.columns}x${size.rows}`, size.columns)}</Text>;
	}

	if (isSpoken) {
		return <LinearView state={state}/>;
	}

	if (state.help !== null) {
		return <HelpView first={state.help} size={size} keys={state.keys}/>;
	}

	const screen = topOf(state);
	const layout = layoutFor(state);
	return (
		<Frame
			layout={layout}
			head={headWords(state)}
			crumbs={crumbWords(state.stack)}
			status={statusWords(screen, state)}
			warnings={warningsOf(state)}
			footer={<Footer state={state} screen={screen} columns={layout.columns}/>}
		>
			<Body state={state} screen={screen} layout={layout}/>
		</Frame>
	);
}

/** The state for a screen reader. */
function LinearView({state}: {readonly state: AppState}): ReactNode {
	const lines = linearLines(state).map((text, index) => ({key: `line ${index}`, text}));
	return <Box flexDirection='column'>{lines.map(({key, text}) => <Text key={key}>{text}</Text>)}</Box>;
}

function Body({state, screen, layout}: {readonly state: AppState; readonly screen: Screen; readonly layout: Layout}): ReactNode {
	switch (screen.name) {
		case 'accounts': {
			return <AccountsView state={screen.state} layout={layout} result={state.result}/>;
		}

		case 'add-account': {
			return <AddAccountView state={screen.state} layout={layout}/>;
		}

		case 'start-date': {
			return <StartDateView state={screen.state} layout={layout}/>;
		}

		case 'loading': {
			return state.job && <LoadingView job={state.job} layout={layout}/>;
		}

		case 'failed': {
			return <FailedView message={screen.message} hint={screen.hint} layout={layout}/>;
		}

		case 'principals': {
			return <PrincipalsView state={screen.state} layout={layout} keys={state.keys}/>;
		}

		case 'principal': {
			return <PrincipalView state={screen.state} layout={layout} keys={state.keys}/>;
		}

		case 'action': {
			return <ActionView state={screen.state} layout={layout}/>;
		}

		case 'people': {
			return <PeopleView state={screen.state} layout={layout} keys={state.keys}/>;
		}

		case 'policy': {
			return <PolicyView state={screen.state} layout={layout}/>;
		}

		case 'export': {
			return <ExportView state={screen.state} layout={layout}/>;
		}

		case 'lines': {
			return <LinesView state={screen.state} layout={layout} keys={state.keys}/>;
		}
	}
}

/** The filter that is being typed on a screen; undefined where none is. */
function typedFilter(screen: Screen): TextField | undefined {
	if (screen.name !== 'principals' && screen.name !== 'principal' && screen.name !== 'people' && screen.name !== 'lines') {
		return undefined;
	}

	const {list} = screen.name === 'principals' ? screen.state[screen.state.tab] : screen.state;
	return list.editing ? list.filter : undefined;
}

function Footer({state, screen, columns}: {readonly state: AppState; readonly screen: Screen; readonly columns: number}): ReactNode {
	const filter = typedFilter(screen);
	if (filter) {
		const hint = 'enter keep  esc clear';
		const width = columns - hint.length;
		return (
			<Box>
				<Box width={width}><FieldLine isFocused label='/' field={filter} placeholder=' words, !without, ~fuzzy' width={width - 1}/></Box>
				<Line tone='quiet' text={hint}/>
			</Box>
		);
	}

	const asked = topOf(state).name === 'loading' ? null : state.job?.question ?? null;
	const notice = asked === null ? state.notice : `${asked} ${keyFor(state.keys, 'refresh')} scans, ${keyFor(state.keys, 'back')} stops`;
	return notice === null
		? <Line tone='quiet' text={cutEnd(footerText(hintsOf(screen, state.job), columns, state.keys), columns)}/>
		: <Line tone='warning' text={cutEnd(notice, columns)}/>;
}
