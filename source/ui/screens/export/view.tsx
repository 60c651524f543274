import type {ReactNode} from 'react';
import {cutEnd} from '../../../lib/terminal-text.js';
import {FieldLine} from '../../components/field-line.js';
import {Line} from '../../components/line.js';
import {exportFormats} from '../../exporter.js';
import type {Layout} from '../../layout.js';
import {fitText} from '../../wrap.js';
import type {ExportState} from './state.js';
import {exportWords} from './words.js';

const place = 'from the folder where the program was started; no file is overwritten';

const quietWords = ({what}: ExportState) => what.kind === 'rows' ? place : 'no file is overwritten, and nothing is changed in AWS: you run the commands';

/** Which format, and into which file. */
export function ExportView({state, layout}: {readonly state: ExportState; readonly layout: Layout}): ReactNode {
	const {columns} = layout;
	const formats = exportFormats.map(format => format === state.format ? `[${format}]` : ` ${format} `).join(' ');
	return (
		<>
			<Line text=''/>
			<Line text={cutEnd(`${state.what.kind === 'rows' ? 'Take along what is on the screen' : 'Write the change and its way back'}: ${exportWords(state)}`, columns)}/>
			<Line text=''/>
			{state.what.kind === 'rows' && <Line text={`  Format  ${formats}`}/>}
			<FieldLine isFocused label={state.what.kind === 'rows' ? '> File    ' : '> Folder  '} field={state.field} width={columns}/>
			<Line text=''/>
			{state.error === null
				? <Line tone='quiet' text={cutEnd(state.request === null ? quietWords(state) : 'writing…', columns)}/>
				: fitText([`! ${state.error}`], columns, 4).map(line => <Line key={line} tone='error' text={line}/>)}
		</>
	);
}
