// The places of a comparison one after the other: those of the file that is shown are gone to on the page, others by their address.
const TYPED = 'input, textarea, select, [contenteditable]';
const STEPS = { j: 1, k: -1 };

const sameAs = (one) => (other) => one.dataset.rdFile === other.dataset.rdFile && one.dataset.rdAt === other.dataset.rdAt;

// One link a place: several changes may be about the same row.
export function placesOf(page) {
  const links = [...page.querySelectorAll('[data-rd-changed] [data-rd-at]')];
  return links.filter((link, number) => links.findIndex(sameAs(link)) === number);
}

function current(places, sheet) {
  const at = sheet.dataset.rdFirst;
  return at ? places.findIndex((one) => one.dataset.rdFile === sheet.dataset.rdShown && one.dataset.rdAt === at) : -1;
}

function step(places, sheet, by) {
  const here = current(places, sheet);
  if (here >= 0) return places[here + by];
  const first = places.findIndex((one) => one.dataset.rdFile === sheet.dataset.rdShown);
  return places[by > 0 ? Math.max(first, 0) : first - 1];
}

function shownHere(page, sheet, link) {
  const [at, places] = [link.dataset.rdAt, placesOf(page)];
  sheet.dataset.rdFirst = at;
  page.querySelectorAll('[data-rd-changed] [data-rd-at]').forEach((one) => one.toggleAttribute('aria-current', sameAs(link)(one)));
  page.querySelectorAll('[data-rd-changed] [data-rd-at][aria-current]').forEach((one) => one.setAttribute('aria-current', 'true'));
  link.scrollIntoView({ block: 'nearest' });
  window.history.replaceState(null, '', link.href);
  return current(places, sheet);
}

// `show` brings a place of the file that is shown into view; false where only the server can show it.
export function walkThrough(page, sheet, show) {
  const go = (link) => {
    if (!link) return;
    if (link.dataset.rdFile !== sheet.dataset.rdShown || !show(link)) return window.location.assign(link.href);
    shownHere(page, sheet, link);
  };
  page.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.target.closest(TYPED)) return;
    const by = STEPS[event.key];
    if (by) go(step(placesOf(page), sheet, by));
  });
  page.addEventListener('click', (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    const [link, by] = [event.target.closest('[data-rd-at]'), event.target.closest('[data-rd-step]')?.dataset.rdStep];
    const next = link ?? (by && step(placesOf(page), sheet, Number(by)));
    if (!next) return;
    event.preventDefault();
    go(next);
  });
}
