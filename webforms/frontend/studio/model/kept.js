// What the model does not know is carried through an edit in a namespace of its own, where nothing drops it.
import { serialized } from './lost.js';
import spiff from './spiff.json';

const KEPT = `${spiff.uri}#kept`;
const KNOWN = new Set(spiff.types.map(({ name }) => name[0].toLowerCase() + name.slice(1)));

function parse(xml) {
  const document = new DOMParser().parseFromString(xml, 'application/xml');
  if (document.querySelector('parsererror')) throw new Error('not well-formed');
  return document;
}

// An element cannot change its namespace: another takes its place.
function moved(element, namespace, prefix) {
  const other = element.ownerDocument.createElementNS(namespace, `${prefix}:${element.localName}`);
  [...element.attributes].forEach((attribute) => other.setAttributeNS(attribute.namespaceURI, attribute.name, attribute.value));
  other.append(...element.childNodes);
  element.replaceWith(other);
  return other;
}

function moveAll(document, from, to, prefix, chosen) {
  [...document.getElementsByTagNameNS(from, '*')].filter(chosen).forEach((element) => moved(element, to, prefix));
}

// The XML as the editor may read it.
export function hideUnknown(xml) {
  const document = parse(xml);
  const unknown = ({ localName }) => !KNOWN.has(localName);
  const below = (element) => unknown(element) || (element.parentElement && element.parentElement.namespaceURI === spiff.uri && below(element.parentElement));
  moveAll(document, spiff.uri, KEPT, 'kept', below);
  return serialized(document);
}

// The XML as it is saved.
export function showUnknown(xml) {
  if (!xml.includes(KEPT)) return xml;
  const document = parse(xml);
  moveAll(document, KEPT, spiff.uri, 'spiffworkflow', () => true);
  return serialized(document).replaceAll(` xmlns:kept="${KEPT}"`, '');
}
