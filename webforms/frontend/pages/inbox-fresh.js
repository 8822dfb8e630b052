// Asks every few seconds, while the page is looked at, what is new: counts everywhere, and on the inbox what became of each row.
import { markGone, markHere, say } from './inbox-rows.js';

const EVERY = 8000;
const COUNT_IN_TITLE = /^\(\d+\+?\) /;

export function keepFresh(page) {
  const list = page.querySelector('[data-rd-inbox]');
  const address = list?.dataset.rdInbox ?? page.documentElement.dataset.rdFresh;
  if (!address) return () => {};
  const state = { page, list, address, known: null, timer: null, asking: false, over: false };
  const ask = () => askOnce(state);
  page.addEventListener('visibilitychange', () => (page.hidden ? clearTimeout(state.timer) : ask()));
  window.addEventListener('online', ask);
  state.timer = setTimeout(ask, EVERY);
  return ask;
}

async function askOnce(state) {
  if (state.over || state.asking || state.page.hidden) return;
  clearTimeout(state.timer);
  state.asking = true;
  try {
    await take(state, await fetch(asked(state), { headers: headers(state), cache: 'no-store', redirect: 'error' }));
  } catch {
    lost(state);
  }
  state.asking = false;
  if (!state.over) state.timer = setTimeout(() => askOnce(state), EVERY);
}

function asked({ list, address }) {
  if (!list) return address;
  const ids = [...list.querySelectorAll('[data-rd-item]')].map((row) => row.dataset.rdItem);
  return ids.length ? `${address}&ids=${ids.join('.')}` : address;
}

function headers({ known }) {
  const asking = { 'HX-Request': 'true', Accept: 'application/json' };
  return known ? { ...asking, 'If-None-Match': known } : asking;
}

async function take(state, response) {
  if (response.status === 401) return ended(state);
  if (response.status === 304) return found(state);
  if (!response.ok) return lost(state);
  const answer = await response.json();
  state.known = response.headers.get('ETag');
  found(state);
  showCounts(state.page, answer.counts);
  if (!state.list) return;
  showNews(state, answer.new);
  for (const [id, row] of Object.entries(answer.rows ?? {})) showRow(state, id, row);
}

function showCounts(page, counts) {
  for (const [name, count] of Object.entries(counts)) {
    for (const element of page.querySelectorAll(`[data-rd-count="${name}"]`)) {
      element.textContent = count;
      element.hidden = !count;
    }
  }
  page.querySelectorAll('[data-rd-late]').forEach((element) => element.classList.toggle('rd-count--late', Boolean(counts.late)));
  if (page.querySelector('[data-rd-inbox]')) {
    page.title = (counts.mine ? `(${counts.mine}) ` : '') + page.title.replace(COUNT_IN_TITLE, '');
  }
}

function showNews({ page }, words) {
  const line = page.querySelector('[data-rd-news]');
  if (line.dataset.rdSaid === words) return;
  line.dataset.rdSaid = words;
  line.replaceChildren(...(words ? [link(page, words, window.location.href)] : []));
}

function link(page, words, address) {
  const made = page.createElement('a');
  made.href = address;
  made.textContent = words;
  return made;
}

function showRow({ page, list }, id, row) {
  const shown = list.querySelector(`[data-rd-item="${CSS.escape(id)}"]`);
  if (!shown) return;
  if (row.gone) return markGone(page, shown, row.gone);
  markHere(shown);
  const due = shown.querySelector('.rd-due');
  if (due && row.left) {
    due.textContent = row.left;
    due.className = `rd-due rd-due--${row.tint}`;
  }
  shown.classList.toggle('rd-inbox-row--late', row.tint === 'late');
  const held = shown.querySelector('[data-rd-held]');
  if (held && row.held) held.textContent = row.held;
}

function lost({ page, list }) {
  if (!list || list.dataset.rdQuiet) return;
  const clock = new Date().toLocaleTimeString([], { hour: '2-digit', minute: '2-digit', hour12: false });
  list.dataset.rdQuiet = 'lost';
  page.querySelector('[data-rd-state]').textContent = list.dataset.rdLost.replace('{when}', clock);
}

function found({ page, list }) {
  if (!list?.dataset.rdQuiet) return;
  delete list.dataset.rdQuiet;
  page.querySelector('[data-rd-state]').textContent = '';
}

function ended(state) {
  const { page, list } = state;
  state.over = true;
  if (!list) return;
  const line = page.querySelector('[data-rd-state]');
  line.replaceChildren(`${list.dataset.rdEnded} `, link(page, list.dataset.rdSignIn, list.dataset.rdSignInAt));
  say(page, list.dataset.rdEnded);
}
