// A row that somebody has taken or finished stays where it is and says so; claiming and putting back happen without leaving the page.
const kept = new WeakMap();

export function say(page, words) {
  const line = page.querySelector('[data-rd-say]');
  if (line) line.textContent = words;
}

export function markGone(page, row, words) {
  const actions = row.querySelector('.rd-inbox-row__actions');
  const said = actions.querySelector('.rd-inbox-row__gone');
  if (said?.textContent === words) return;
  if (!kept.has(row)) kept.set(row, [...actions.childNodes]);
  const inside = actions.contains(page.activeElement);
  const note = page.createElement('span');
  note.className = 'rd-inbox-row__gone';
  note.textContent = words;
  actions.replaceChildren(note);
  row.classList.add('rd-inbox-row--gone');
  const box = row.querySelector('[name=item]');
  if (box) untick(box);
  if (inside) row.querySelector('[data-rd-open]').focus({ preventScroll: true });
  say(page, `${row.querySelector('.rd-id').textContent} ${words}`);
}

export function markHere(row) {
  if (!kept.has(row)) return;
  row.querySelector('.rd-inbox-row__actions').replaceChildren(...kept.get(row));
  kept.delete(row);
  row.classList.remove('rd-inbox-row--gone');
  const box = row.querySelector('[name=item]');
  if (box) box.disabled = false;
}

function untick(box) {
  const was = box.checked;
  box.checked = false;
  box.disabled = true;
  if (was) box.dispatchEvent(new Event('change', { bubbles: true }));
}

export function takeInPlace(page, list, askNow) {
  list.addEventListener('submit', async (event) => {
    const form = event.target;
    const row = form.closest('[data-rd-item]');
    if (!row || form.method !== 'post') return;
    event.preventDefault();
    const said = await post(form);
    delete form.dataset.rdSent;
    // What cannot be said here is said by a page of its own.
    if (said === null) return form.submit();
    if (row.contains(page.activeElement)) row.querySelector('[data-rd-open]').focus({ preventScroll: true });
    markGone(page, row, said);
    askNow();
  });
}

async function post(form) {
  const headers = { 'HX-Request': 'true', Accept: 'application/json' };
  try {
    const response = await fetch(form.action, { method: 'POST', body: new URLSearchParams(new FormData(form)), headers });
    return (await response.json()).said ?? null;
  } catch {
    return null;
  }
}
