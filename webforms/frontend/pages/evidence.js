// Evidence goes up at once, file by file, with its progress: chosen, taken with the camera, dropped or pasted.
const uploads = new WeakMap();
// Lines that the server knows nothing of: on their way, refused, or gathered for a form that has no case yet.
const lines = new Set();
// The files to go along with a form, by the id of their place: they outlive its being drawn again.
const gathered = new Map();

function zoneOf(form) {
  return form?.querySelector('[data-rd-files]');
}

function refusal(zone, file) {
  if (file.size > Number(zone.dataset.most)) return zone.dataset.large;
  const accepted = zone.querySelector('input[type=file]').accept.split(',');
  const ending = `.${file.name.split('.').pop().toLowerCase()}`;
  return accepted.includes(ending) || accepted.includes(file.type) ? '' : zone.dataset.kind;
}

export function button(words, act) {
  const made = Object.assign(document.createElement('button'), { type: 'button', textContent: words, className: 'btn btn-ghost-secondary btn-sm' });
  made.addEventListener('click', act);
  return made;
}

class Upload {
  constructor(zone, file) {
    this.zone = zone;
    this.form = zone.closest('form');
    this.file = file;
    this.line = document.createElement('li');
    this.line.className = 'rd-upload';
  }

  // The form may have been drawn again meanwhile: the list is looked up each time.
  get list() {
    return document.getElementById(this.zone.id)?.querySelector('.rd-attachments');
  }

  show(...parts) {
    this.line.replaceChildren(document.createTextNode(`${this.file.name} `), ...parts);
    lines.add(this);
    this.stay();
  }

  stay() {
    if (!this.line.isConnected) this.list?.append(this.line);
  }

  gone() {
    lines.delete(this);
    this.line.remove();
  }

  refused(words, again = false) {
    const why = Object.assign(document.createElement('span'), { className: 'rd-error', textContent: words });
    why.setAttribute('role', 'alert');
    const ways = again ? [button(this.zone.dataset.again, () => this.start())] : [];
    this.show(why, ...ways, this.away(() => this.gone()));
  }

  away(act) {
    const made = button('×', act);
    made.setAttribute('aria-label', `${this.zone.dataset.cancel} ${this.file.name}`);
    return made;
  }

  going(...ways) {
    this.bar = Object.assign(document.createElement('progress'), { max: 1, value: 0 });
    this.bar.setAttribute('aria-label', this.file.name);
    this.show(this.bar, ...ways);
  }

  // Chosen, and waiting for its form to be sent; `why` says what came between when it was.
  waiting(why = '') {
    const words = Object.assign(document.createElement('span'), { className: 'rd-error', textContent: why });
    this.show(...(why ? [words] : []), this.away(() => {
      const own = gathered.get(this.zone.id);
      own.splice(own.indexOf(this), 1);
      this.gone();
      fill(this.zone.id);
    }));
  }

  start() {
    const wrong = refusal(this.zone, this.file);
    if (wrong) return this.refused(wrong);
    const body = new FormData();
    body.append('csrf_token', this.form.elements.csrf_token.value);
    body.append('file', this.file);
    this.request = new XMLHttpRequest();
    this.request.upload.addEventListener('progress', ({ loaded, total }) => { this.bar.value = loaded / total; });
    this.request.addEventListener('load', () => this.answered());
    this.request.addEventListener('error', () => this.over(() => this.refused(this.zone.dataset.failed, true)));
    this.request.addEventListener('abort', () => this.over(() => this.gone()));
    this.request.open('POST', this.zone.dataset.upload);
    this.request.setRequestHeader('HX-Request', 'true');
    pending(this.form).add(this);
    this.going(button(this.zone.dataset.cancel, () => this.request.abort()));
    this.request.send(body);
  }

  answered() {
    const { status, responseText } = this.request;
    this.over(() => {
      if (status !== 200) return this.refused(responseText || this.zone.dataset.failed, !responseText);
      this.gone();
      this.list?.insertAdjacentHTML('beforeend', responseText);
      this.list?.lastElementChild.querySelector('input').dispatchEvent(new Event('input', { bubbles: true }));
    });
  }

  over(tell) {
    const waiting = pending(this.form);
    waiting.delete(this);
    tell();
    if (waiting.size === 0 && waiting.then) {
      const submitter = waiting.then;
      waiting.then = null;
      this.form.requestSubmit(submitter.isConnected ? submitter : undefined);
    }
  }
}

function pending(form) {
  if (!uploads.has(form)) uploads.set(form, new Set());
  return uploads.get(form);
}

function take(zone, files) {
  if (!files.length) return;
  if (zone.dataset.upload) [...files].forEach((file) => new Upload(zone, file).start());
  else addTo(zone, [...files]);
}

// A call has no case yet that a file could be put to: what is gathered goes along when the form is sent.
function addTo(zone, files) {
  const own = gathered.get(zone.id) ?? [];
  gathered.set(zone.id, own);
  files.forEach((file) => {
    const upload = new Upload(zone, file);
    const wrong = refusal(zone, file);
    if (wrong) return upload.refused(wrong);
    own.push(upload);
    upload.waiting();
  });
  fill(zone.id);
}

function fill(id) {
  const input = document.getElementById(id)?.querySelector('input[type=file]');
  if (!input) return;
  const all = new DataTransfer();
  gathered.get(id).forEach(({ file }) => all.items.add(file));
  input.files = all.files;
}

function chosen({ target }) {
  const zone = target.matches('[data-rd-files] input[type=file]') && target.closest('[data-rd-files]');
  if (!zone) return;
  const files = [...target.files];
  target.value = '';
  take(zone, files);
}

function dropped(event) {
  const zone = event.target.closest?.('[data-rd-files]');
  if (!zone || !event.dataTransfer?.types.includes('Files')) return;
  event.preventDefault();
  zone.toggleAttribute('data-over', event.type === 'dragover');
  if (event.type === 'drop') take(zone, event.dataTransfer.files);
}

function pasted(event) {
  const files = [...(event.clipboardData?.files ?? [])];
  const zone = event.target.closest?.('[data-rd-files]') ?? zoneOf(event.target.closest?.('form')) ?? zoneOf(document);
  if (!files.length || !zone) return;
  event.preventDefault();
  take(zone, files);
}

function held(event) {
  const waiting = uploads.get(event.target);
  if (!waiting?.size) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  waiting.then = event.submitter;
  const status = event.target.querySelector('[data-rd-draft-status]');
  if (status) status.textContent = zoneOf(event.target).dataset.waits;
}

// What goes along with the form, in the order in which it goes up.
export function gatheredIn(form) {
  return [...form.querySelectorAll('[data-rd-files]')].flatMap((zone) => gathered.get(zone.id) ?? []);
}

// A page or a part of it is drawn again without the files, which would go up each time.
export function leaveFiles(body) {
  const names = new Set([...body].filter(([, value]) => value instanceof File).map(([name]) => name));
  names.forEach((name) => {
    const words = body.getAll(name).filter((value) => !(value instanceof File));
    body.delete(name);
    words.forEach((value) => body.append(name, value));
  });
}

function drawnAgain() {
  lines.forEach((upload) => upload.stay());
  gathered.forEach((_, id) => fill(id));
}

export function takeEvidence(page) {
  page.documentElement.classList.add('rd-drops');
  page.addEventListener('change', chosen, true);
  ['dragover', 'dragleave', 'drop'].forEach((kind) => page.addEventListener(kind, dropped));
  page.addEventListener('paste', pasted);
  page.addEventListener('submit', held, true);
  page.addEventListener('htmx:config:request', ({ detail }) => leaveFiles(detail.ctx.request.body));
  ['htmx:after:swap', 'rd:drawn'].forEach((kind) => page.addEventListener(kind, drawnAgain));
}
