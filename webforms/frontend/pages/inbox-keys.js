// The inbox by keyboard: j and k move, Enter opens, c claims, r puts back, x ticks, ? lists the keys. Never while somebody types.
const TYPING = 'input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable], summary';
const MOVES = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1 };

export function listenForKeys(page, list) {
  const dialog = page.querySelector('#keys');
  page.querySelectorAll('[data-rd-keys]').forEach((button) => {
    button.hidden = false;
    button.addEventListener('click', () => dialog.showModal());
  });
  page.addEventListener('keydown', (event) => {
    const plain = !(event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.defaultPrevented);
    if (!plain || dialog.open || event.target.closest(TYPING)) return;
    if (act(page, list, dialog, event.key)) event.preventDefault();
  });
}

function act(page, list, dialog, key) {
  if (key === '?') return dialog.showModal() ?? true;
  if (MOVES[key]) return move(page, list, MOVES[key], key.startsWith('Arrow'));
  const row = page.activeElement.closest('[data-rd-item]');
  if (!row) return false;
  if (key === 'c') return submit(row, '/claim');
  if (key === 'r') return submit(row, '/release');
  return key === 'x' && tick(row);
}

function move(page, list, by, arrow) {
  const rows = [...list.querySelectorAll('[data-rd-item]')];
  const at = rows.indexOf(page.activeElement.closest('[data-rd-item]'));
  // The arrows scroll the page as ever until a row has been chosen.
  if (!rows.length || (arrow && at < 0)) return false;
  const next = at < 0 ? rows[by > 0 ? 0 : rows.length - 1] : rows[Math.min(Math.max(at + by, 0), rows.length - 1)];
  next.querySelector('[data-rd-open]').focus();
  next.scrollIntoView({ block: 'nearest' });
  return true;
}

function submit(row, ending) {
  const form = row.querySelector(`form[action$="${ending}"]`);
  form?.requestSubmit();
  return Boolean(form);
}

function tick(row) {
  const box = row.querySelector('[name=item]');
  if (!box || box.disabled) return false;
  box.click();
  return true;
}
