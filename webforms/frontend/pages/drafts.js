// Saves a form while it is being filled in, says so quietly, and loses nothing when the connection or the session does.
import htmx from 'htmx.org';
import { answersOf, forget, forgetAll, keep, kept, tidy } from './keeping.js';

const PAUSE = 1500;
const AGAIN = 5000;

class Draft {
  constructor(form) {
    this.form = form;
    this.address = form.dataset.rdDraft;
    this.dirty = this.offline = this.stopped = false;
  }

  get status() {
    return this.form.querySelector('[data-rd-draft-status]');
  }

  say(words, tone = '') {
    if (!this.status) return;
    this.status.textContent = words;
    this.status.dataset.tone = tone;
  }

  words(name) {
    return this.status?.dataset[name] ?? '';
  }

  touched() {
    this.dirty = true;
    if (!this.address || this.offline || this.stopped) keep(this.form);
    this.soon(PAUSE);
  }

  soon(pause) {
    clearTimeout(this.timer);
    if (this.address && !this.stopped) this.timer = setTimeout(() => this.save(), pause);
  }

  async save(keepalive = false) {
    if (!this.address || !this.dirty || this.saving || this.stopped || this.form.dataset.rdSent) return;
    clearTimeout(this.timer);
    this.dirty = false;
    this.saving = true;
    const answer = await this.send(keepalive);
    this.saving = false;
    if (answer?.ok) this.saved(await answer.json());
    else await this.failed(answer);
    if (this.dirty && !this.stopped) this.soon(this.offline ? AGAIN : PAUSE);
  }

  send(keepalive) {
    const body = new FormData();
    [['csrf_token', this.form.elements.csrf_token.value], ...answersOf(this.form)].forEach((pair) => body.append(...pair));
    return fetch(this.address, { method: 'POST', body, keepalive, headers: { 'HX-Request': 'true' } }).catch(() => null);
  }

  saved({ said }) {
    this.offline = false;
    if (!this.dirty) {
      delete this.form.dataset.rdTouched;
      forget(this.form);
    }
    this.say(said, 'fine');
  }

  async failed(answer) {
    this.dirty = true;
    keep(this.form);
    if (answer?.status === 409) return this.stop((await answer.json()).said);
    if (answer && answer.status < 500 && answer.status !== 429) return this.stop(this.words('ended'), true);
    this.offline = true;
    this.say(this.words('offline'), 'warning');
  }

  // There is no use in asking again: the task is gone, or somebody has to sign in first.
  stop(words, signIn = false) {
    this.stopped = true;
    this.say(words, 'warning');
    if (!signIn) return;
    const link = Object.assign(document.createElement('a'), { href: this.status.dataset.signIn, textContent: this.words('again') });
    link.addEventListener('click', () => delete this.form.dataset.rdTouched);
    this.status.append(' ', link);
  }

  // The next page may be drawn before this is saved, and what is under way may be cut off: so it is kept here as well.
  leave() {
    const open = this.dirty || this.saving;
    if (this.address && open && !this.stopped && !this.form.dataset.rdSent && !signingOut) keep(this.form);
    this.save(true);
  }

  // Whoever sends the form without a connection would see the browser's own page of regret instead of the form.
  held(event) {
    const cut = this.offline || !navigator.onLine;
    keep(this.form);
    if (!cut) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    this.say(this.words('offline'), 'warning');
    this.soon(0);
  }
}

const drafts = new WeakMap();
let signingOut = false;

function draftOf(target) {
  const form = target?.closest?.('form[data-rd-keep]');
  if (!form) return null;
  if (!drafts.has(form)) drafts.set(form, new Draft(form));
  return drafts.get(form);
}

// The server draws the form with what was kept, so that rows and questions stand as they stood.
async function bringBack(form, { fields }) {
  const body = new FormData();
  const own = [['csrf_token', form.elements.csrf_token.value], ['_update', '1']];
  [...own, ...fields.filter(([name]) => !/^_(update|add|remove|find|take|drop)$/.test(name))].forEach((pair) => body.append(...pair));
  const answer = await fetch(form.action, { method: 'POST', body }).catch(() => null);
  const page = answer?.ok && new DOMParser().parseFromString(await answer.text(), 'text/html');
  const drawn = page && page.querySelector('form[data-rd-keep]');
  if (!drawn) return;
  form.replaceWith(drawn);
  htmx.process(drawn);
  const draft = draftOf(drawn);
  draft.say(draft.words('restored'), 'fine');
  draft.dirty = true;
  draft.soon(0);
}

function offer(form, found) {
  const status = draftOf(form).status;
  const button = Object.assign(document.createElement('button'), { type: 'button', textContent: status.dataset.bring });
  button.className = 'btn btn-outline-secondary btn-sm';
  button.addEventListener('click', () => bringBack(form, found));
  status.append(' ', button);
}

// What the person has answered, without what the page itself has put into the form.
function alike(form, { fields }) {
  const own = new Set([...form.querySelectorAll('input[type=hidden]')].map(({ name }) => name));
  const said = (pairs) => JSON.stringify(pairs.filter(([name]) => !own.has(name)));
  return said(fields) === said(answersOf(form));
}

function look(form) {
  // What the server has just shown again is in the page and nowhere else.
  if ('rdTyped' in form.dataset) return draftOf(form).touched();
  const found = kept(form);
  if (!found) return;
  if (alike(form, found)) forget(form);
  else if (Date.parse(found.at) < Date.parse(form.dataset.rdDraftAt)) offer(form, found);
  else bringBack(form, found);
}

function lookAt(page) {
  page.querySelectorAll('form[data-rd-keep]').forEach(look);
}

export function keepDrafts(page) {
  tidy();
  lookAt(page);
  page.addEventListener('rd:drawn', () => lookAt(page));
  ['input', 'change'].forEach((kind) => page.addEventListener(kind, ({ target }) => draftOf(target)?.touched()));
  page.addEventListener('focusout', ({ target }) => draftOf(target)?.save());
  page.addEventListener('visibilitychange', () => page.hidden && leave(page));
  window.addEventListener('pagehide', () => leave(page));
  window.addEventListener('online', () => page.querySelectorAll('form[data-rd-keep]').forEach((form) => draftOf(form).soon(0)));
  page.addEventListener('submit', (event) => {
    if ('rdForget' in event.target.dataset) signOut();
    const draft = event.target.matches('form[data-rd-keep]') ? draftOf(event.target) : null;
    if (draft && !event.target.dataset.rdSent) draft.held(event);
  }, true);
}

function leave(page) {
  page.querySelectorAll('form[data-rd-keep]').forEach((form) => draftOf(form).leave());
}

function signOut() {
  signingOut = true;
  forgetAll();
}
