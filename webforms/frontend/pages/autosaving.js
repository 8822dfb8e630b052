// The editors that save each change by itself: one after the other, told while it lasts, and nothing lost when it fails.
const AGAIN_MS = 5000;
// Who these answers turn away is asked to sign in, or told what happened, by the page that a plain posting brings; it carries what was typed.
const ASKED_ANEW = new Set([400, 401, 403, 404, 413]);

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
  HTMLFormElement.prototype.submit.call(form);
}

// The words stay where they were typed; leaving the page warns, and a while later it is tried again.
function wait(form) {
  tell('away');
  if (!savesItself(form)) return;
  form.dataset.rdTouched = 'yes';
  clearTimeout(form.rdAgain);
  form.rdAgain = setTimeout(() => form.isConnected && form.dispatchEvent(new Event('change')), AGAIN_MS);
}

function refused(form, ctx) {
  if (ctx.response.status < 500 && !ASKED_ANEW.has(ctx.response.status)) return;
  ctx.hx.reswap = 'none';
  if (ctx.response.status < 500) postPlainly(form);
  else wait(form);
}

export function saveByThemselves(page) {
  const on = (kind, act) => page.addEventListener(kind, ({ detail: { ctx } }) => {
    const form = ctx && formOf(ctx);
    if (form) act(form, ctx);
  });
  on('htmx:before:request', (form, ctx) => { bringUpToDate(form, ctx.request.body); tell('saving'); });
  on('htmx:response:error', refused);
  on('htmx:error', wait);
  on('htmx:after:swap', (form, { response }) => response?.status < 400 && delete form.dataset.rdTouched);
}
