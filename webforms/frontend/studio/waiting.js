// What waits in this browser until the server has it, by file; every tab has a place of its own and writes over no other's.
const parsed = (place) => JSON.parse(localStorage.getItem(place) ?? '{}');

export class Waiting {
  constructor(place) {
    this.place = place;
    this.own = `${place}#${Date.now()}-${Math.random()}`;
    this.others = null;
    this.taken = null;
  }

  // What another tab, or this one before it was closed, has left: what was made from this state first, then the latest.
  found(digest) {
    const places = Object.keys(localStorage).filter((one) => one === this.place || one.startsWith(`${this.place}#`));
    const left = places.map((place) => ({ place, ...parsed(place) })).sort((one, other) => (other.at ?? 0) - (one.at ?? 0));
    const chosen = left.find((one) => one.digest === digest) ?? left[0] ?? {};
    this.others = chosen.place ?? null;
    return chosen;
  }

  // Whether this browser had room for it.
  keep(xml, digest) {
    try {
      localStorage.setItem(this.own, JSON.stringify({ digest, at: Date.now(), xml }));
      return true;
    } catch (error) {
      if (error.name !== 'QuotaExceededError') throw error;
      return false;
    }
  }

  // What was found is being worked on here: once the server has this tab's, it has that too.
  takeUp() {
    this.taken = this.others;
  }

  // The server has what this tab kept.
  arrived() {
    [this.own, this.taken].forEach((place) => place && localStorage.removeItem(place));
  }

  // What was found is not wanted.
  drop() {
    if (this.others) localStorage.removeItem(this.others);
  }
}
