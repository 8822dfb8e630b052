// A form with files that go along is sent with their progress; without an answer everything stays as it was chosen and typed.
import htmx from 'htmx.org';
import { button, gatheredIn, leaveFiles } from './evidence.js';
import { markIdle } from './forms.js';

// Buttons that show the form again; the files stay here meanwhile.
const REDRAWS = /^_(update|add|remove|find|take|drop|suggest)$/;

class Sending {
  constructor(form, submitter) {
    this.form = form;
    this.uploads = gatheredIn(form);
    this.words = this.uploads[0].zone.dataset;
    this.body = new FormData(form);
    if (submitter?.name) this.body.append(submitter.name, submitter.value);
    this.redraws = REDRAWS.test(submitter?.name ?? '');
    if (this.redraws) leaveFiles(this.body);
  }

  start() {
    const request = new XMLHttpRequest();
    request.upload.addEventListener('progress', ({ loaded, total }) => this.move(loaded / total));
    request.addEventListener('load', () => this.answered(request));
    request.addEventListener('error', () => this.stay(this.words.failed, this.words.lost));
    request.addEventListener('abort', () => this.stay());
    request.open('POST', this.form.action);
    request.setRequestHeader('RD-Progress', 'yes');
    if (!this.redraws) {
      this.uploads.forEach((upload) => upload.going());
      this.say(this.words.waits, '', button(this.words.cancel, () => request.abort()));
    }
    request.send(this.body);
  }

  // One stream carries all of them, one after the other.
  move(part) {
    if (this.redraws) return;
    let sent = part * this.uploads.reduce((sum, { file }) => sum + file.size, 0);
    this.uploads.forEach(({ bar, file }) => {
      bar.value = Math.min(1, Math.max(0, sent / (file.size || 1)));
      sent -= file.size;
    });
  }

  answered(request) {
    const here = request.responseURL === this.form.action;
    const onward = request.getResponseHeader('RD-Location') ?? (here ? '' : request.responseURL);
    if (onward) return window.location.assign(onward);
    const page = new DOMParser().parseFromString(request.responseText, 'text/html');
    const passing = request.status === 413 || request.status === 429 || request.status >= 500;
    // The page of such a refusal has no form: here is everything still.
    if (passing && !page.querySelector('form[data-rd-keep]')) return this.stay(this.words.failed, page.querySelector('h1')?.textContent);
    return show(page, this.uploads);
  }

  stay(why = '', words = '') {
    this.uploads.forEach((upload) => upload.waiting(why));
    markIdle(document);
    this.form.dataset.rdTouched = 'yes';
    this.say(words || why, why && 'warning');
  }

  say(words, tone, ...ways) {
    const status = this.form.querySelector('[data-rd-draft-status]');
    if (!status) return;
    status.replaceChildren(words, ' ', ...ways);
    status.dataset.tone = tone;
  }
}

// The page that answers takes the place of this one, as it would without a script; only what was chosen stays here.
function show(page, uploads) {
  document.title = page.title;
  document.body.replaceWith(page.body);
  htmx.process(document.body);
  uploads.forEach((upload) => upload.waiting());
  window.scrollTo(0, 0);
  document.dispatchEvent(new CustomEvent('rd:drawn'));
  if (document.activeElement === document.body) document.querySelector('[autofocus]')?.focus();
}

export function showSending(page) {
  page.addEventListener('submit', (event) => {
    const form = event.target;
    if (event.defaultPrevented || !gatheredIn(form).length) return;
    event.preventDefault();
    new Sending(form, event.submitter).start();
  });
}
