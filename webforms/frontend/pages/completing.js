// Expressions with completion on pages: fields by key or name and functions, from the list that the page carries.
const WORD = /[\p{L}_][\p{L}\p{N}_]*$/u;
const MOST = 8;

function fitting(word, names) {
  const low = word.toLowerCase();
  const starts = names.filter(({ value }) => value.toLowerCase().startsWith(low));
  const others = names.filter((one) => !starts.includes(one) && `${one.value} ${one.label}`.toLowerCase().includes(low));
  return [...starts, ...others].slice(0, MOST);
}

// A function is entered with its brackets, the cursor between them.
const cursorIn = (value) => (/\((""|)\)$/.test(value) ? value.length - (value.endsWith('"")') ? 2 : 1) : value.length);

class Completion {
  constructor(field) {
    Object.assign(this, { field, at: 0, found: [], names: JSON.parse(document.getElementById(field.dataset.rdFeel).textContent) });
    this.list = Object.assign(document.createElement('ul'), { className: 'rd-complete', id: `${field.id}-choices`, role: 'listbox', hidden: true });
    this.list.ariaLabel = field.labels[0]?.textContent ?? '';
    field.after(this.list);
    Object.entries({ role: 'combobox', 'aria-controls': this.list.id, 'aria-expanded': 'false', 'aria-autocomplete': 'list' }).forEach(([name, value]) => field.setAttribute(name, value));
    this.list.addEventListener('mousedown', (event) => {
      event.preventDefault();
      const one = event.target.closest('li');
      if (one) this.pick(this.found[Number(one.dataset.at)]);
    });
  }

  look(always) {
    const { field } = this;
    const word = WORD.exec(field.value.slice(0, field.selectionStart))?.[0] ?? '';
    this.from = field.selectionStart - word.length;
    const found = word || always ? fitting(word, this.names) : [];
    this.show(found.length === 1 && found[0].value === word ? [] : found);
  }

  show(found) {
    this.found = found;
    this.list.hidden = !found.length;
    this.list.replaceChildren(...found.map(({ value, label }, at) => {
      const one = Object.assign(document.createElement('li'), { id: `${this.list.id}-${at}`, role: 'option' });
      one.dataset.at = at;
      one.append(Object.assign(document.createElement('code'), { textContent: value }), ' ', Object.assign(document.createElement('small'), { textContent: label }));
      return one;
    }));
    this.field.setAttribute('aria-expanded', String(Boolean(found.length)));
    this.move(0);
  }

  move(at) {
    this.at = at;
    [...this.list.children].forEach((one, place) => one.setAttribute('aria-selected', String(place === at)));
    if (this.found.length) this.field.setAttribute('aria-activedescendant', `${this.list.id}-${at}`);
    else this.field.removeAttribute('aria-activedescendant');
  }

  pick({ value }) {
    this.field.setRangeText(value, this.from, this.field.selectionStart, 'end');
    const cursor = this.from + cursorIn(value);
    this.field.setSelectionRange(cursor, cursor);
    this.show([]);
    this.field.dispatchEvent(new Event('input', { bubbles: true }));
    this.show([]);
  }

  key(event) {
    const { length } = this.found;
    const keys = {
      ArrowDown: () => this.move((this.at + 1) % length), ArrowUp: () => this.move((this.at + length - 1) % length),
      Enter: () => this.pick(this.found[this.at]), Tab: () => this.pick(this.found[this.at]), Escape: () => this.show([]),
    };
    if (event.ctrlKey && event.code === 'Space') this.look(true);
    else if (length && keys[event.key]) keys[event.key]();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }
}

const known = new WeakMap();
const completionOf = (target) => {
  if (!target.dataset?.rdFeel || !document.getElementById(target.dataset.rdFeel)) return null;
  // The page may have been drawn again around the field.
  if (!known.get(target)?.list.isConnected) known.set(target, new Completion(target));
  return known.get(target);
};

export function completeExpressions(page) {
  page.addEventListener('input', ({ target }) => completionOf(target)?.look(false));
  page.addEventListener('keydown', (event) => completionOf(event.target)?.key(event), true);
  page.addEventListener('focusout', ({ target }) => known.get(target)?.show([]));
}
