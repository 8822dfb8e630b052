// What is drawn goes to the server by itself; what cannot get there waits in this browser, and nothing is lost on the way.
const QUIET_MS = 1200;
const AGAIN_MS = 5000;

export class Saving {
  // `write` gives the XML; `tell(state, detail)` is told saved, waiting, saving, offline or refused.
  constructor({ address, token, digest, place, write, tell, saved }) {
    Object.assign(this, { address, token, digest, place, write, tell, saved });
    this.dirty = false;
    this.running = null;
    window.addEventListener('online', () => this.dirty && this.now());
    window.addEventListener('beforeunload', (event) => this.dirty && event.preventDefault());
    document.addEventListener('visibilitychange', () => document.hidden && this.dirty && this.now());
  }

  // What this browser holds of the file that never reached the server, if it was made from what the server has now.
  kept() {
    const text = localStorage.getItem(this.place);
    const found = text && JSON.parse(text);
    return found && found.digest === this.digest ? found.xml : null;
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
      const answer = await fetch(this.address + (takeOver ? '?take_over=1' : ''), {
        method: 'POST', body: xml,
        headers: { 'Content-Type': 'application/octet-stream', 'X-CSRFToken': this.token, 'If-Match': this.digest, Accept: 'application/json' },
      });
      await this.judge(answer, xml);
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
      this.keep(xml);
      this.tell('offline');
      this.timer = setTimeout(() => this.now(), AGAIN_MS);
    }
  }

  async judge(answer, xml) {
    const said = answer.headers.get('Content-Type')?.startsWith('application/json') ? await answer.json() : {};
    if (!answer.ok) {
      this.keep(xml);
      this.tell('refused', said);
      return;
    }
    this.digest = said.digest;
    localStorage.removeItem(this.place);
    this.tell('saved', said);
    this.saved(said);
  }

  keep(xml) {
    this.dirty = true;
    localStorage.setItem(this.place, JSON.stringify({ digest: this.digest, xml }));
  }
}
