// The keyboard goes on where it was: at the button that sent a form, when the page comes back; Escape folds what lies over it.
const PLACE = 'rd-pressed';
const OVER = 'details.rd-menu[open], details[data-rd-over][open]';
const LATEST_MS = 20_000;

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

function takeUp(document) {
  const pressed = JSON.parse(sessionStorage.getItem(PLACE) ?? 'null');
  sessionStorage.removeItem(PLACE);
  const led = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  // The browser itself takes the focus to a row that can have it.
  const free = [document.body, led].includes(document.activeElement);
  if (pressed?.page !== location.pathname || Date.now() - pressed.at > LATEST_MS || !free) return;
  found(document, pressed, led)?.focus({ preventScroll: true });
}

export function keepFocus(document) {
  let byKey = false;
  document.addEventListener('click', ({ detail }) => { byKey = detail === 0; }, true);
  document.addEventListener('submit', ({ submitter, defaultPrevented }) => {
    if (!byKey || defaultPrevented || !submitter?.closest('main')) return;
    const { name, value, textContent } = submitter;
    sessionStorage.setItem(PLACE, JSON.stringify({ page: location.pathname, at: Date.now(), name, value, words: textContent.trim() }));
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
