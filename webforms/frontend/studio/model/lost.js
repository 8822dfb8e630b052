// The drawing's model drops what it has no place for (comments, instructions, references to nothing), says some things in words
// of its own (30.0 as 30) and adds others. What a mere opening and writing would do to a file is remembered, and undone whenever
// the drawing is written, wherever it still stands as it was.
const BLANK = /^\s*$/;
const keyed = (element) => element.getAttribute('id') ?? element.getAttribute('bpmnElement');
const sort = (element) => `${element.namespaceURI} ${element.localName}`;
const plain = (element) => !element.firstElementChild && element.textContent.trim();
const known = (element) => `${sort(element)} ${keyed(element) ?? plain(element)}`;
const isWords = (node) => node.nodeType === Node.TEXT_NODE || node.nodeType === Node.CDATA_SECTION_NODE;
const hasWords = (element) => [...element.childNodes].some((node) => isWords(node) && !BLANK.test(node.data));
const own = (element) => [...element.attributes].filter(({ name }) => !name.startsWith('xmlns'));

export const parsed = (xml) => new DOMParser().parseFromString(xml, 'application/xml');

// A bare carriage return would be read as a line's end.
export const serialized = (document) => new XMLSerializer().serializeToString(document).replaceAll('\r', '&#13;');

// Where an element stands: below the nearest element with an id, the how manieth of its like at each step.
function place(element) {
  const steps = [];
  for (let at = element; at.parentElement; at = at.parentElement) {
    if (at.getAttribute('id')) return { id: at.getAttribute('id'), steps };
    const like = [...at.parentElement.children].filter((other) => known(other) === known(at));
    steps.unshift({ known: known(at), nth: like.indexOf(at) });
  }
  return { id: null, steps };
}

class Places {
  constructor(document) {
    this.root = document.documentElement;
    this.byId = new Map([...document.querySelectorAll('[id]')].map((element) => [element.getAttribute('id'), element]));
  }

  find({ id, steps }) {
    const start = id === null ? this.root : this.byId.get(id);
    return steps.reduce((at, step) => at && [...at.children].filter((child) => known(child) === step.known)[step.nth], start);
  }
}

// [namespace, name, value before or null, value after or null] of each attribute that is not the same.
function attributesChanged(before, after) {
  const names = new Map([...own(before), ...own(after)].map(({ namespaceURI, localName, name }) => [`${namespaceURI} ${localName}`, [namespaceURI, localName, name]]));
  const changed = [...names.values()]
    .map(([space, local, name]) => [space, local, name, before.getAttributeNS(space, local), after.getAttributeNS(space, local)])
    .filter(([, , , from, to]) => from !== to);
  return changed.length ? [{ kind: 'attributes', place: place(after), changed }] : [];
}

// Pairs the children of both by what they are called, in their order; what is left over has been added.
function pairs(before, after) {
  const left = Map.groupBy([...after.children], known);
  const paired = new Map([...before.children].map((child) => [child, left.get(known(child))?.shift()]));
  return { paired, added: [...left.values()].flat() };
}

function below(before, after, found) {
  const { paired, added } = pairs(before, after);
  found.push(...attributesChanged(before, after));
  if (hasWords(before)) {
    if (before.childNodes.length > 1 && before.innerHTML !== after.innerHTML) found.push({ kind: 'content', place: place(after), words: before.textContent, nodes: [...before.childNodes] });
    return;
  }
  added.forEach((node) => found.push({ kind: 'added', place: place(after), node }));
  let previous = null;
  [...before.childNodes].filter((node) => !isWords(node)).forEach((node) => {
    const other = node.nodeType === Node.ELEMENT_NODE ? paired.get(node) : null;
    if (other) below(node, other, found);
    else found.push({ kind: 'lost', place: place(after), previous, node });
    previous = other ? place(other) : node;
  });
}

// What became of the one document in the other.
export function lostBetween(before, after) {
  const found = [];
  const around = [...before.childNodes], root = around.indexOf(before.documentElement);
  around.forEach((node, at) => at !== root && node.nodeType !== Node.DOCUMENT_TYPE_NODE && found.push({ kind: 'around', first: at < root, node }));
  below(before.documentElement, after.documentElement, found);
  return found;
}

const wordsOf = (text) => text.split(/\s+/).filter(Boolean).sort().join(' ');

const UNDO = {
  around(document, element, put, { first, node }) {
    const copy = document.importNode(node, true);
    if (first) document.insertBefore(copy, document.documentElement);
    else document.append(copy);
  },
  attributes(document, element, put, { changed }) {
    changed.filter(([space, local, , , to]) => element.getAttributeNS(space, local) === to).forEach(([space, local, name, from]) => {
      if (from === null) element.removeAttributeNS(space, local);
      else element.setAttributeNS(space, name, from);
    });
  },
  content(document, element, put, { words, nodes }) {
    // The model keeps what stands among words, and not where among them.
    if (wordsOf(element.textContent) === wordsOf(words)) element.replaceChildren(...nodes.map((node) => document.importNode(node, true)));
  },
  added(document, element, put, { node }) {
    [...element.children].find((child) => child.isEqualNode(node))?.remove();
  },
  lost(document, element, put, { previous, node }) {
    const copy = document.importNode(node, true);
    put.set(node, copy);
    if (previous?.parentNode === element) previous.after(copy);
    else element.prepend(copy);
  },
};

// The written drawing as it would be had nothing been changed but what was drawn.
export function putBack(xml, changes) {
  if (!changes.length) return xml;
  const document = parsed(xml);
  const places = new Places(document), put = new Map();
  // All are found before the first is undone: afterwards they are called otherwise.
  const found = changes.map((change) => ({
    ...change, element: change.place && places.find(change.place),
    before: change.previous && !(change.previous instanceof Node) ? places.find(change.previous) : null,
  }));
  const order = (change) => (change.kind === 'added' ? 0 : 1);
  found.filter(({ place: stood, element }) => element || !stood).sort((one, other) => order(one) - order(other)).forEach((change) => {
    const previous = change.previous instanceof Node ? put.get(change.previous) : change.before;
    UNDO[change.kind](document, change.element, put, { ...change, previous });
  });
  return serialized(document);
}
