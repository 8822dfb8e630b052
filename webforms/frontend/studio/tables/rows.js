// Rows by keyboard: another below or above, copied, moved, gone; the cursor goes along.
const KEYS = [
  [(event) => event.altKey && event.key === 'ArrowUp', 'row_up'],
  [(event) => event.altKey && event.key === 'ArrowDown', 'row_down'],
  [(event) => chosen(event) && event.shiftKey && event.key === 'Enter', 'row_above'],
  [(event) => chosen(event) && event.key === 'Enter', 'row_below'],
  [(event) => chosen(event) && event.key.toLowerCase() === 'd', 'copy_row'],
  [(event) => chosen(event) && ['Delete', 'Backspace'].includes(event.key), 'drop_row'],
];
const chosen = ({ ctrlKey, metaKey }) => ctrlKey || metaKey;

export function hearKeys(act) {
  document.addEventListener('keydown', (event) => {
    const found = event.target.closest('[data-rd-canvas]') && KEYS.find(([fits]) => fits(event));
    if (!found) return;
    event.preventDefault();
    event.stopPropagation();
    act(found[1]);
  }, true);
}

// The cell of a row in which somebody was writing, once the table has drawn itself anew.
function goOn(viewer, row, at) {
  const cell = row.cells[at];
  requestAnimationFrame(() => {
    viewer.get('selection').select(cell);
    document.querySelector(`td[data-element-id="${CSS.escape(cell.id)}"] [contenteditable]`)?.focus();
  });
}

const placeOf = (viewer, row) => Math.max(0, row.cells.indexOf(viewer.get('selection').get()));

export function moveRow(viewer, row, by) {
  const { rows } = viewer.get('sheet').getRoot();
  const to = rows.indexOf(row) + by;
  const at = placeOf(viewer, row);
  if (rows[to]) viewer.get('modeling').moveRow(row, to);
  goOn(viewer, row, at);
}

// Another row above (0) or below (1).
export function addRow(viewer, row, below) {
  const at = placeOf(viewer, row);
  const index = viewer.get('sheet').getRoot().rows.indexOf(row) + below;
  goOn(viewer, viewer.get('modeling').addRow({ type: 'dmn:DecisionRule' }, index), at);
}

export function dropRow(viewer, row) {
  const { rows } = viewer.get('sheet').getRoot();
  const at = placeOf(viewer, row), index = rows.indexOf(row);
  viewer.get('modeling').removeRow(row);
  const next = rows[Math.min(index, rows.length - 1)];
  if (next) goOn(viewer, next, at);
  else viewer.get('selection').deselect();
}

// The same row once more below itself; one step to take back.
export function copyRow(viewer, row) {
  const at = placeOf(viewer, row);
  const twin = viewer.get('modeling').addRow({ type: 'dmn:DecisionRule' }, viewer.get('sheet').getRoot().rows.indexOf(row) + 1);
  row.cells.forEach((cell, place) => { twin.cells[place].businessObject.text = cell.businessObject.text; });
  twin.businessObject.description = row.businessObject.description;
  const english = row.businessObject.get('redress:en');
  if (english) twin.businessObject.set('redress:en', english);
  viewer.get('eventBus').fire('elements.changed', { elements: [twin, ...twin.cells] });
  goOn(viewer, twin, at);
}
