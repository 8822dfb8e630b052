// What is drawn goes to the server by itself; what cannot get there waits in this browser, and nothing is lost on the way.
import { Waiting } from './waiting.js';

// Short, as what is found is to be seen within a second of the last stroke.
const QUIET_MS = 350;
const AGAIN_MS = 5000;
// A server that says nothing for so long is away.
const PATIENCE_MS = 30000;

// Whoever has signed in again, in another window, has another token; their own page tells it.
async function tokenOfNow() {
  const page = await fetch(window.location.href, { headers: { Accept: 'text/html' } }).then((answer) => answer.text());
  return new DOMParser().parseFromString(page, 'text/html').querySelector('[data-token]')?.dataset.token;
}

const isAway = (error) => error instanceof TypeError || error.name === 'TimeoutError';

export class Saving {
  // `write` gives the XML and is set once it is opened; `tell(state, detail)` is told saved, waiting, saving, offline or refused.
  constructor({ address, token, digest, place, tell, saved }) {
    Object.assign(this, { address, token, digest, tell, saved });
    this.waiting = new Waiting(place);
    // Dirty until the server has said that it has what is drawn.
    this.dirty = false;
    this.strokes = 0;
    this.running = null;
    // What was sent and never answered: it may have arrived.
    this.unanswered = null;
    window.addEventListener('online', () => this.dirty && this.now());
    window.addEventListener('beforeunload', (event) => this.dirty && event.preventDefault());
    document.addEventListener('visibilitychange', () => this.dirty && !this.running && this.now());
  }

  // What this browser holds of the file that never reached the server; current when it was made from what the server has now.
  async kept() {
    const { digest, xml } = this.waiting.found(this.digest);
    const current = Boolean(xml) && digest === this.digest;
    if (!xml || current || !(await this.arrived(xml, digest))) return { kept: xml, current };
    this.forget();
    return { current: false };
  }

  // Whether the server has just that: its answer was lost, or its page was closed before it came.
  async arrived(xml, digest) {
    const answer = await this.post(xml, false, digest).catch(() => null);
    return answer?.ok ?? false;
  }

  forget() {
    this.waiting.drop();
  }

  // What was kept is what is drawn here now.
  takeUp() {
    this.waiting.takeUp();
    this.changed();
  }

  changed() {
    this.dirty = true;
    this.strokes += 1;
    this.tell('waiting');
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.now(), QUIET_MS);
  }

  async now(takeOver = false) {
    clearTimeout(this.timer);
    if (this.running) await this.running;
    this.running = this.send(takeOver).finally(() => { this.running = null; });
    return this.running;
  }

  async send(takeOver) {
    const { strokes } = this, xml = await this.write();
    this.dirty = true;
    const isKept = this.waiting.keep(xml, this.digest);
    this.tell('saving');
    try {
      const before = this.unanswered;
      if (before && before !== xml && !(await this.deliver(before, takeOver, null))) return;
      await this.deliver(xml, takeOver, strokes);
    } catch (error) {
      if (!isAway(error)) throw error;
      this.tell(isKept ? 'offline' : 'unkept');
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.now(), AGAIN_MS);
    }
  }

  // Whether it is there now; an error when the server is away. Without strokes it is but a step on the way to what is drawn now.
  async deliver(xml, takeOver, strokes) {
    this.unanswered = xml;
    let answer = await this.post(xml, takeOver);
    if ([400, 401].includes(answer.status) && await this.isBack()) answer = await this.post(xml, takeOver);
    if (answer.status >= 500) throw new TypeError('the server is away');
    this.unanswered = null;
    return this.judge(answer, strokes);
  }

  post(xml, takeOver, digest = this.digest) {
    return fetch(this.address + (takeOver ? '?take_over=1' : ''), {
      method: 'POST', body: xml, signal: AbortSignal.timeout(PATIENCE_MS),
      headers: { 'Content-Type': 'application/octet-stream', 'X-CSRFToken': this.token, 'If-Match': digest, Accept: 'application/json' },
    });
  }

  // Whether somebody is signed in again since this page was opened.
  async isBack() {
    const token = await tokenOfNow();
    if (!token) return false;
    this.token = token;
    document.querySelector('[data-token]').dataset.token = token;
    return true;
  }

  async judge(answer, strokes) {
    const isOurs = answer.headers.get('Content-Type')?.startsWith('application/json');
    const said = isOurs ? await answer.json() : {};
    if (!said.digest) {
      this.tell(isOurs ? 'refused' : 'signedOut', said);
      return false;
    }
    this.digest = said.digest;
    if (strokes === null) return true;
    this.dirty = this.strokes !== strokes;
    this.waiting.arrived();
    this.tell(this.dirty ? 'waiting' : 'saved', said);
    this.saved(said);
    return true;
  }
}
