import { openDialog } from '../../ui/dialog.tsx';
import { areOn, turn } from './settings.ts';

const keys: [keys: string[], does: string][] = [
  [['c'], 'Write a post'], [['/'], 'Search'], [['j'], 'Next line'], [['k'], 'Line before'],
  [['g', 'h'], 'Home'], [['g', 'c'], 'Calendar'], [['g', 'q'], 'What is scheduled'], [['g', 'p'], 'Posts'], [['g', 'm'], 'Media'], [['g', 'n'], 'Channels'], [['g', 's'], 'Settings'],
  [['?'], 'This list'],
];

/** What the keys do, and the switch that turns them off. */
export function openHelp(): void {
  const dialog = openDialog('Keys');
  const draw = () => dialog.draw(
    <div class="dialog-page">
      <h2>Keys</h2>
      <dl class="key-list">
        <div><dt><kbd>Ctrl</kbd> <kbd>K</kbd> or <kbd>⌘</kbd> <kbd>K</kbd></dt><dd>Go anywhere, do anything</dd></div>
        {keys.map(([list, does]) => <div><dt>{list.map((key) => <><kbd>{key}</kbd> </>)}</dt><dd>{does}</dd></div>)}
      </dl>
      <label class="check"><input type="checkbox" checked={areOn()} onChange={({ currentTarget }) => turn(currentTarget.checked)} /> Single keys do this in this browser</label>
      <div class="buttons"><button type="button" class="button" onClick={() => dialog.close()}>Close</button></div>
    </div>,
  );
  draw();
}
