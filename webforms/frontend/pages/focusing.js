// The keyboard goes on where it was: at the button that sent a form, when the page or its part comes back, or at what is to be
// mended; Escape folds what lies over it.
const PLACE = 'rd-pressed';
const OVER = 'details.rd-menu[open], details[data-rd-over][open]';
const LATEST_MS = 60_000;

function like({ name, value, words }) {
  return (one) => one.name === name && (one.value === value || !value) && one.textContent.trim() === words;
}

// Where the page was led to a row, the row's own button of the same name, or of a row that has none the row itself; one that
// cannot be pressed any more gives way to the next.
function found(document, pressed, led) {
  const inRow = led?.querySelector(pressed.name ? `button[name="${CSS.escape(pressed.name)}"]` : '.rd-mend button');
  const row = !pressed.name && led?.matches('[tabindex="-1"]') && led;
  const same = inRow || row || [...document.querySelectorAll('main button')].find(like(pressed));
  if (!same?.disabled) return same;
  return [...same.parentElement.querySelectorAll('button:not(:disabled)')][0];
}

const said = ({ name, value, textContent, dataset }) => ({ name, value, words: (dataset.rdWords ?? textContent).trim() });

export function remember(pressed) {
  sessionStorage.setItem(PLACE, JSON.stringify({ page: location.pathname, at: Date.now(), ...pressed }));
}

// A button pressed by key, as it was before its words told of what is under way.
export const pressedByKey = (button) => (button?.matches(':focus-visible') ? said(button) : null);

function takeUp(document) {
  const pressed = JSON.parse(sessionStorage.getItem(PLACE) ?? 'null');
  sessionStorage.removeItem(PLACE);
  const led = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  // The browser itself takes the focus to a row that can have it.
  const free = [document.body, led].includes(document.activeElement);
  if (pressed?.page !== location.pathname || Date.now() - pressed.at > LATEST_MS || !free) return;
  const faults = document.querySelector('main #faults');
  if (faults) faults.focus();
  else found(document, pressed, led)?.focus({ preventScroll: true });
}

export function keepFocus(document) {
  let byKey = false, latest = null;
  document.addEventListener('click', ({ detail }) => { byKey = detail === 0; }, true);
  document.addEventListener('submit', ({ submitter, defaultPrevented }) => {
    if (!byKey || defaultPrevented || !submitter?.closest('main')) return;
    remember(said(submitter));
  });
  // What htmx draws anew is there without the page: the button pressed may have moved, or be another of the same name.
  document.addEventListener('submit', ({ submitter }) => { latest = byKey && submitter?.closest('main') ? said(submitter) : null; }, true);
  document.addEventListener('htmx:after:swap', () => {
    const { activeElement: now, body } = document;
    if (latest && (now === body || now.disabled)) found(document, latest, null)?.focus();
    latest = null;
  });
  document.addEventListener('keydown', ({ key, target }) => {
    const open = key === 'Escape' && target.closest?.(OVER);
    if (!open) return;
    open.open = false;
    open.querySelector('summary').focus();
  });
  // The browser itself goes to the place in the address first, and leaves the focus nowhere.
  if (document.readyState === 'complete') takeUp(document);
  else window.addEventListener('load', () => setTimeout(() => takeUp(document)));
}
