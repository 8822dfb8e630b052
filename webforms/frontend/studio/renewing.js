// A list that is told anew is not taken from under a hand: what is the same stays, and a press is let go first.
const shown = new WeakMap();
let pressed = null, waiting = new Map();

function bringIn(list, rows) {
  const focused = list.contains(document.activeElement) && document.activeElement.textContent;
  list.replaceChildren(...rows);
  if (focused) [...list.querySelectorAll('button, a')].find(({ textContent }) => textContent === focused)?.focus({ preventScroll: true });
}

function letGo() {
  pressed = null;
  // The click that this press was belongs to what was pressed.
  setTimeout(() => {
    waiting.forEach((rows, list) => bringIn(list, rows));
    waiting = new Map();
  });
}

document.addEventListener('pointerdown', ({ target }) => { pressed = target; }, true);
['pointerup', 'pointercancel'].forEach((kind) => document.addEventListener(kind, letGo, true));

// `about` is what the rows were made of: rows that look alike and are about the same need not be shown again.
export function renew(list, rows, about) {
  const told = JSON.stringify([about, rows.map(({ outerHTML }) => outerHTML)]);
  if (shown.get(list) === told) return;
  shown.set(list, told);
  if (pressed && list.contains(pressed)) waiting.set(list, rows);
  else bringIn(list, rows);
}
