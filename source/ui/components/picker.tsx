import {Text} from 'ink';
import SelectInput from 'ink-select-input';
import type {ReactNode} from 'react';
import {cutEnd} from '../../lib/terminal-text.js';

type PickerItem = {readonly key: string; readonly label: string};

export type PickerProps = {
	readonly items: readonly PickerItem[];
	readonly cursor: number;
	readonly width: number;
	readonly height: number;
};

type IndicatorProps = {readonly isSelected?: boolean};
type ItemProps = {readonly isSelected?: boolean; readonly label: string};

function Indicator({isSelected = false}: IndicatorProps): ReactNode {
	return <Text>{isSelected ? '> ' : '  '}</Text>;
}

function Item({isSelected = false, label}: ItemProps): ReactNode {
	return <Text inverse={isSelected} wrap='truncate-end'>{label}</Text>;
}

/**
A short list to pick from. It only draws: left to its own keys, ink-select-input takes digits as a choice and loses what arrives in one chunk. A new key
starts it anew at the cursor.
*/
export function Picker({items, cursor, width, height}: PickerProps): ReactNode {
	return (
		<SelectInput
			key={`${cursor} ${items.map(item => item.key).join(' ')}`}
			isFocused={false}
			initialIndex={cursor}
			limit={height}
			items={items.map(({key, label}) => ({key, value: key, label: cutEnd(label, width - 2)}))}
			indicatorComponent={Indicator}
			itemComponent={Item}
		/>
	);
}
