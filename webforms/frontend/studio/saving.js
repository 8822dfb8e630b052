// What is drawn goes to the server by itself; what cannot get there waits in this browser, and nothing is lost on the way.
const QUIET_MS = 1200;
const AGAIN_MS = 5000;

// Whoever has signed in again, in another window, has another token; their own page tells it.
async function tokenOfNow() {
  const page = await fetch(window.location.href, { headers: { Accept: 'text/html' } }).then((answer) => answer.text());
  return new DOMParser().parseFromString(page, 'text/html').querySelector('[data-token]')?.dataset.token;
}

export class Saving {
  // `write` gives the XML and is set once it is opened; `tell(state, detail)` is told saved, waiting, saving, offline or refused.
  constructor({ address, token, digest, place, tell, saved }) {
    Object.assign(this, { address, token, digest, place, tell, saved });
    this.dirty = false;
    this.running = null;
    // Two tabs with the same drawing do not clear away each other's changes.
    this.tab = `${Date.now()}-${Math.random()}`;
    window.addEventListener('online', () => this.dirty && this.now());
    window.addEventListener('beforeunload', (event) => this.dirty && event.preventDefault());
    document.addEventListener('visibilitychange', () => document.hidden && this.dirty && this.now());
  }

  // What this browser holds of the file that never reached the server; current when it was made from what the server has now.
  kept() {
    const { digest, xml, tab } = this.stored();
    this.of = tab;
    return { kept: xml, current: Boolean(xml) && digest === this.digest };
  }

  stored() {
    return JSON.parse(localStorage.getItem(this.place) ?? '{}');
  }

  forget() {
    if ([this.tab, this.of].includes(this.stored().tab)) localStorage.removeItem(this.place);
  }

  changed() {
    this.dirty = true;
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
    const xml = await this.write();
    this.dirty = false;
    this.tell('saving');
    try {
      let answer = await this.post(xml, takeOver);
      if ([400, 401].includes(answer.status) && await this.isBack()) answer = await this.post(xml, takeOver);
      await this.judge(answer, xml);
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
      this.keep(xml);
      this.tell('offline');
      this.timer = setTimeout(() => this.now(), AGAIN_MS);
    }
  }

  post(xml, takeOver) {
    return fetch(this.address + (takeOver ? '?take_over=1' : ''), {
      method: 'POST', body: xml,
      headers: { 'Content-Type': 'application/octet-stream', 'X-CSRFToken': this.token, 'If-Match': this.digest, Accept: 'application/json' },
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

  async judge(answer, xml) {
    const isOurs = answer.headers.get('Content-Type')?.startsWith('application/json');
    if (answer.status >= 500) throw new TypeError('the server is away');
    const said = isOurs ? await answer.json() : {};
    if (!said.digest) {
      this.keep(xml);
      this.tell(isOurs ? 'refused' : 'signedOut', said);
      return;
    }
    this.digest = said.digest;
    this.forget();
    this.tell('saved', said);
    this.saved(said);
  }

  keep(xml) {
    this.dirty = true;
    localStorage.setItem(this.place, JSON.stringify({ digest: this.digest, tab: this.tab, xml }));
  }
}
