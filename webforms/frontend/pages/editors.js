// The studio's editors that are pages: long lists narrowed by what is typed, pieces of a form dragged to their place.
const narrow = (box) => {
  const words = box.value.trim().toLowerCase().split(/\s+/);
  const list = document.getElementById(box.dataset.rdNarrows);
  list.querySelectorAll('[data-words]').forEach((one) => {
    one.hidden = !words.every((word) => one.dataset.words.toLowerCase().includes(word));
  });
};

const ready = (page) => {
  page.querySelectorAll('[data-rd-narrows]').forEach((box) => { box.hidden = false; });
  page.querySelectorAll('[data-rd-outline] > [data-ref]').forEach((row) => { row.draggable = !row.querySelector('.rd-piece'); });
};

// To a line of the text, from the finding about it.
const toLine = (link) => {
  const text = document.getElementById('text');
  const lines = text.value.split('\n');
  const start = lines.slice(0, link.dataset.rdLine - 1).join('\n').length + (link.dataset.rdLine > 1 ? 1 : 0);
  text.focus();
  text.setSelectionRange(start, start + (lines[link.dataset.rdLine - 1] ?? '').length);
  text.scrollTop = (link.dataset.rdLine - 5) * (text.scrollHeight / lines.length);
};

const hidden = (name, value) => Object.assign(document.createElement('input'), { type: 'hidden', name, value });

const place = (form, ref, target) => {
  const holds = target.dataset.kind === 'group';
  const said = { do: 'place', element: ref, inside: holds ? target.dataset.ref : target.dataset.inside, before: holds ? '' : target.dataset.ref };
  const former = form.querySelector('[name="element"]');
  if (former) former.remove();
  form.append(...Object.entries(said).map(([name, value]) => hidden(name, value)));
  form.requestSubmit();
};

const rowOf = (event) => event.target.closest?.('[data-rd-outline] > [data-ref]');

const drag = (page) => {
  let held = null;
  const over = (row) => page.querySelectorAll('.rd-outline__row--over').forEach((one) => one !== row && one.classList.remove('rd-outline__row--over'));
  page.addEventListener('dragstart', (event) => { held = rowOf(event)?.dataset.ref ?? null; });
  page.addEventListener('dragover', (event) => {
    const row = rowOf(event);
    if (!held || !row) return;
    event.preventDefault();
    over(row);
    row.classList.add('rd-outline__row--over');
  });
  page.addEventListener('dragend', () => { held = null; over(null); });
  page.addEventListener('drop', (event) => {
    const row = rowOf(event);
    if (!held || !row || row.dataset.ref === held) return;
    event.preventDefault();
    place(document.getElementById('moves'), held, row);
  });
};

// A page that refuses what was sent says so where it was written, which may be far below.
const toFault = (page) => {
  const fault = page.querySelector('#editor .rd-error');
  if (!fault || page.activeElement !== page.body) return;
  const field = fault.parentElement.querySelector('[aria-invalid], input:not([type=hidden]), select, textarea, button');
  fault.scrollIntoView({ block: 'center' });
  field?.focus({ preventScroll: true });
};

export const editors = (page) => {
  ready(page);
  toFault(page);
  drag(page);
  page.addEventListener('input', (event) => event.target.matches?.('[data-rd-narrows]') && narrow(event.target));
  page.addEventListener('click', (event) => {
    const link = event.target.closest?.('[data-rd-line]');
    if (link && document.getElementById('text')) { event.preventDefault(); toLine(link); }
  });
  page.addEventListener('htmx:after:swap', () => ready(page));
};
