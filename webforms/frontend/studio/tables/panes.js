// F6 goes from a cell to the panel beside the table, where it is changed by choosing, and back to the cell.
const FIELD = 'select, input:not([type="hidden"]), textarea';

export function goBetween(canvas, panel) {
  let cell = null;
  const there = {
    canvas: () => panel.querySelector(FIELD),
    panel: () => cell && canvas.querySelector(`td[data-element-id="${CSS.escape(cell)}"] [contenteditable]`),
  };
  document.addEventListener('keydown', (event) => {
    const side = event.key === 'F6' && (canvas.contains(event.target) ? 'canvas' : panel.contains(event.target) && 'panel');
    if (!side) return;
    event.preventDefault();
    if (side === 'canvas') cell = event.target.closest('td[data-element-id]')?.dataset.elementId ?? null;
    // What was written is taken up first, and both sides draw themselves anew.
    document.activeElement.blur();
    requestAnimationFrame(() => there[side]()?.focus());
  });
}
