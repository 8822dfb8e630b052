// The editors that save each change by itself: one after the other, told while it lasts, and nothing lost when it fails.
const AGAIN_MS = 5000;
// Who these answers turn away is asked to sign in, or told what happened, by the page that a plain posting brings; it carries what was typed.
const ASKED_ANEW = new Set([400, 401, 403, 404, 413]);

// What never got there stays in this browser, by the draft's file and the form: a closed tab loses nothing.
const PLACE = 'redress:page:';
const UNKEPT = new Set(['csrf_token', 'seen']);

const editor = () => document.getElementById('editor');
const formOf = ({ sourceElement }) => (sourceElement.matches('form') && editor()?.contains(sourceElement) ? sourceElement : null);
const savesItself = (form) => form.getAttribute('hx-trigger') === 'change';

function tell(name) {
  const status = editor()?.querySelector('[data-rd-editor-status]');
  if (!status) return;
  status.textContent = status.dataset[name];
  status.dataset.state = name;
}

// What waited for its turn goes on from what the one before it has left.
function bringUpToDate(form, body) {
  ['seen', 'csrf_token'].forEach((name) => form.elements[name] && body?.set(name, form.elements[name].value));
}

function postPlainly(form) {
  delete form.dataset.rdTouched;
  forget(form);
  HTMLFormElement.prototype.submit.call(form);
}

const value = (form, name) => form.querySelector(`input[type=hidden][name="${name}"]`)?.value ?? '';
const placeOf = (form) => `${PLACE}${form.getAttribute('action')}:${value(form, 'file')}:${value(form, 'about')}:${value(form, 'element')}`;

function keep(form) {
  const said = [...new FormData(form)].filter(([name, given]) => typeof given === 'string' && !UNKEPT.has(name));
  localStorage.setItem(placeOf(form), JSON.stringify({ action: form.getAttribute('action'), file: value(form, 'file'), seen: value(form, 'seen'), said }));
}

const forget = (form) => localStorage.removeItem(placeOf(form));

const hidden = (name, given) => Object.assign(document.createElement('input'), { type: 'hidden', name, value: given });

// Sent as a plain form: the page that answers shows what became of it.
function sendKept(kept, place) {
  const token = editor().querySelector('[name=csrf_token]').value, seen = editor().querySelector('[name=seen]').value;
  const form = Object.assign(document.createElement('form'), { method: 'post', action: kept.action, hidden: true });
  form.append(...[...kept.said, ['csrf_token', token], ['seen', seen]].map(([name, given]) => hidden(name, given)));
  document.body.append(form);
  localStorage.removeItem(place);
  HTMLFormElement.prototype.submit.call(form);
}

// What waits here from before goes at once if the file is as it was then; else its maker decides.
function bringBack() {
  const file = editor()?.querySelector('[name=file]')?.value, seen = editor()?.querySelector('[name=seen]')?.value;
  const draft = window.location.pathname.match(/^\/procedure\/drafts\/[^/]+\//)?.[0];
  const notice = editor()?.querySelector('[data-rd-kept-here]');
  if (!file || !draft || !notice) return;
  const places = Object.keys(localStorage).filter((place) => place.startsWith(`${PLACE}${draft}`));
  const place = places.find((one) => JSON.parse(localStorage.getItem(one)).file === file);
  if (!place) return;
  const kept = JSON.parse(localStorage.getItem(place));
  if (kept.seen === seen) { sendKept(kept, place); return; }
  notice.hidden = false;
  notice.querySelector('[data-rd-kept-use]').addEventListener('click', () => sendKept(kept, place));
  notice.querySelector('[data-rd-kept-drop]').addEventListener('click', () => { localStorage.removeItem(place); notice.hidden = true; });
}

// The words stay where they were typed; leaving the page warns, and a while later it is tried again.
function wait(form) {
  tell('away');
  if (!savesItself(form)) return;
  form.dataset.rdTouched = 'yes';
  keep(form);
  clearTimeout(form.rdAgain);
  form.rdAgain = setTimeout(() => form.isConnected && form.dispatchEvent(new Event('change')), AGAIN_MS);
}

function refused(form, ctx) {
  if (ctx.response.status < 500 && !ASKED_ANEW.has(ctx.response.status)) return;
  ctx.hx.reswap = 'none';
  if (ctx.response.status < 500) postPlainly(form);
  else wait(form);
}

// A button pressed while something is still being saved waits for it: it means the page as it will stand then.
class Turn {
  constructor() {
    this.underWay = 0;
    this.pressed = null;
  }

  waits(event) {
    const form = event.target;
    const isPlain = editor()?.contains(form) && (savesItself(form) || !form.hasAttribute('hx-post'));
    if (!this.underWay || !isPlain) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    this.pressed ??= { form, submitter: event.submitter };
  }

  // What was refused is told on the page; pressing once more is its reader's choice.
  done(response) {
    this.underWay = Math.max(0, this.underWay - 1);
    if (this.underWay || !this.pressed) return;
    const { form, submitter } = this.pressed;
    this.pressed = null;
    // What a form that saves itself has just saved need not be saved once more.
    if (response?.status >= 400 || !response || !form.isConnected || (savesItself(form) && !submitter?.name)) return;
    // What the answer has left stands on the page only once it was swapped in.
    setTimeout(() => form.requestSubmit(submitter?.isConnected ? submitter : null));
  }
}

export function saveByThemselves(page) {
  const turn = new Turn();
  const on = (kind, act) => page.addEventListener(kind, ({ detail: { ctx } }) => {
    const form = ctx && formOf(ctx);
    if (form) act(form, ctx);
  });
  // Before anything marks the form as sent.
  window.addEventListener('submit', (event) => turn.waits(event), true);
  on('htmx:config:request', () => { turn.underWay += 1; });
  on('htmx:finally:request', (form, { response }) => turn.done(response));
  on('htmx:before:request', (form, ctx) => { bringUpToDate(form, ctx.request.body); tell('saving'); });
  on('htmx:response:error', refused);
  on('htmx:error', wait);
  on('htmx:after:swap', (form, { response }) => {
    if (response?.status >= 400) return;
    delete form.dataset.rdTouched;
    forget(form);
  });
  bringBack();
}
