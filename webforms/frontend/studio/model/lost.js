// The drawing's model drops what it has no place for: comments, instructions, references to nothing. What a mere opening and
// writing would lose is remembered, and put back where it stood whenever the drawing is written.
const BLANK = /^\s*$/;
const keyed = (element) => element.getAttribute('id') ?? element.getAttribute('bpmnElement');
const sort = (element) => `${element.namespaceURI} ${element.localName}`;
const plain = (element) => !element.firstElementChild && element.textContent.trim();
const known = (element) => `${sort(element)} ${keyed(element) ?? plain(element)}`;

export const parsed = (xml) => new DOMParser().parseFromString(xml, 'application/xml');

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

const isWords = (node) => node.nodeType === Node.TEXT_NODE || node.nodeType === Node.CDATA_SECTION_NODE;
const hasWords = (element) => [...element.childNodes].some((node) => isWords(node) && !BLANK.test(node.data));

function attributesLost(before, after) {
  const lost = [...before.attributes].filter(({ name, namespaceURI, localName }) => !name.startsWith('xmlns') && !after.hasAttributeNS(namespaceURI, localName));
  return lost.length ? [{ kind: 'attributes', place: place(before), attributes: lost.map(({ namespaceURI, name, value }) => [namespaceURI, name, value]) }] : [];
}

// Pairs the children of both by what they are called, in their order.
function pairs(before, after) {
  const left = Map.groupBy([...after.children], known);
  return new Map([...before.children].map((child) => [child, left.get(known(child))?.shift()]));
}

function below(before, after, found) {
  found.push(...attributesLost(before, after));
  const paired = pairs(before, after);
  if (hasWords(before)) {
    if (before.childNodes.length > 1 && before.innerHTML !== after.innerHTML) found.push({ kind: 'content', place: place(before), words: before.textContent, nodes: [...before.childNodes] });
    return;
  }
  let previous = null;
  [...before.childNodes].filter((node) => !isWords(node)).forEach((node) => {
    const other = node.nodeType === Node.ELEMENT_NODE ? paired.get(node) : null;
    if (other) below(node, other, found);
    else found.push({ kind: 'node', parent: place(before), previous, node });
    previous = other ? place(node) : node;
  });
}

// What stands in the one document and is missing in the other.
export function lostBetween(before, after) {
  const found = [];
  const around = [...before.childNodes];
  const root = around.indexOf(before.documentElement);
  around.forEach((node, at) => at !== root && node.nodeType !== Node.DOCUMENT_TYPE_NODE && found.push({ kind: 'around', first: at < root, node }));
  below(before.documentElement, after.documentElement, found);
  return found;
}

const PUT = {
  around(document, places, put, { first, node }) {
    const copy = document.importNode(node, true);
    if (first) document.insertBefore(copy, document.documentElement);
    else document.append(copy);
  },
  attributes(document, places, put, loss) {
    const element = places.find(loss.place);
    loss.attributes.filter(([, name]) => element && !element.hasAttribute(name)).forEach(([space, name, value]) => element.setAttributeNS(space, name, value));
  },
  content(document, places, put, loss) {
    const element = places.find(loss.place);
    if (element?.textContent === loss.words) element.replaceChildren(...loss.nodes.map((node) => document.importNode(node, true)));
  },
  node(document, places, put, { parent, previous, node }) {
    const holder = places.find(parent);
    if (!holder) return;
    const copy = document.importNode(node, true);
    const before = previous instanceof Node ? put.get(previous) : previous && places.find(previous);
    put.set(node, copy);
    if (before?.parentNode === holder) before.after(copy);
    else holder.prepend(copy);
  },
};

// The written drawing with everything put back whose place is still there.
export function putBack(xml, losses) {
  if (!losses.length) return xml;
  const document = parsed(xml);
  const places = new Places(document), put = new Map();
  losses.forEach((loss) => PUT[loss.kind](document, places, put, loss));
  return new XMLSerializer().serializeToString(document);
}
